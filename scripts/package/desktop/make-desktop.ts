/**
 * `npm run package:desktop`: the packages of the desktop app for the system that it runs on, into dist/desktop. What
 * follows after `npm run package:desktop --` is for electron-builder: `deb`, `--dir`. It downloads Electron and the tools of the formats.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publisher, ROOT } from '../identity.ts';
import { stageCommand } from '../stage-command.ts';
import { desktopConfiguration, MADE } from './desktop-configuration.ts';
import { ensurePackagingTools, prepareDesktop, TOOLS } from './prepare-desktop.ts';

/** Secrets that a workflow does not have come as empty texts, which electron-builder would take for certificates. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

ensurePackagingTools();
stageCommand();
prepareDesktop();
const isNotarised = environment.APPLE_API_KEY !== undefined;
const configuration = desktopConfiguration({ publisher: publisher(process.env), isNotarised });
const file = join(ROOT, MADE, 'electron-builder.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(configuration, null, 2)}\n`);
const built = spawnSync(
  process.execPath,
  [
    join(TOOLS, 'node_modules/electron-builder/cli.js'),
    '--config',
    file,
    '--publish',
    'never',
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, env: environment, stdio: 'inherit' },
);
process.exitCode = built.status ?? 1;
