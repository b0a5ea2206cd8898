/**
 * `npm run check:desktop`: what can be seen of the desktop packages without Electron. The configuration is held against
 * electron-builder's own schema for every system; on Linux the app is packed into a stand-in for Electron's folder, and
 * what is in it is listed and judged; the metadata is held against AppStream's rules; the scripts of the Linux packages
 * run in a bare Debian when this is root.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms as ensureBuild } from '../../build.mjs';
import { ensurePrograms } from '../../set-up/packages.mjs';
import { publisher, ROOT } from '../identity.ts';
import { judgeAddon, libraryNeeds } from '../library-needs.ts';
import { commandFolder, stageCommand } from '../stage-command.ts';
import { desktopConfiguration, MADE } from './desktop-configuration.ts';
import { judgePacked, listPacked } from './packed-app.ts';
import { ensurePackagingTools, prepareDesktop, TOOLS } from './prepare-desktop.ts';

const load = createRequire(join(TOOLS, 'package.json'));
const configuration = desktopConfiguration({ publisher: publisher(process.env), isNotarised: false });

/** electron-builder's own judgement of a configuration: null, or what it says. */
async function refusal(candidate: object): Promise<string | null> {
  const { validateConfiguration } = load('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = load('builder-util');
  try {
    await validateConfiguration(candidate, new DebugLogger(false));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function checkSchema(): Promise<string> {
  const refused = await refusal(structuredClone(configuration));
  if (refused !== null) throw new Error(refused);
  // A judge that lets everything pass would say the same.
  if ((await refusal({ ...configuration, asarUnpacked: [] })) === null) throw new Error('A wrong key is not refused.');
  return 'accepted; one with a wrong key is refused';
}

function checkPacked(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-check-desktop-'));
  try {
    const files = listPacked(configuration, folder);
    const faults = judgePacked(files, process);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return `${files.archived.length} files in app.asar, ${files.unpacked.length} beside it: ${files.unpacked.join(', ')}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** That the addon of the app, and that of the command, load on the systems that the packages are for. */
function checkAddons(): string {
  const addon = `out/main/prebuilds/${process.platform}-${process.arch}/hopscope.node`;
  const isAhead = process.env.HOPSCOPE_ADDONS !== undefined;
  const said = [ROOT, commandFolder()].map((folder) => judgeAddon(libraryNeeds(join(folder, addon)), isAhead));
  return `app: ${said[0]}; command: ${said[1]}`;
}

function checkMetainfo(): string {
  const file = join(ROOT, MADE, 'linux/metainfo.xml');
  const said = spawnSync('appstreamcli', ['validate', '--no-net', file], { encoding: 'utf8' });
  if (said.status !== 0) throw new Error(`${said.stdout}${said.stderr}`);
  return said.stdout.trim().split('\n').at(-1) ?? '';
}

function checkSyntax(): string {
  for (const script of ['after-install.tpl', 'after-remove.tpl']) {
    const said = spawnSync('bash', ['-n', join(ROOT, MADE, 'linux', script)], { encoding: 'utf8' });
    if (said.status !== 0) throw new Error(`${script}: ${said.stderr}`);
    const text = readFileSync(join(ROOT, MADE, 'linux', script), 'utf8');
    if (/\bsetcap\b/.test(text)) throw new Error(`${script} gives a program capabilities.`);
  }
  return 'bash reads them; no program is given capabilities';
}

const missing =
  process.platform === 'linux'
    ? ensurePrograms([
        { program: 'appstreamcli', debianPackage: 'appstream' },
        { program: 'objdump', debianPackage: 'binutils' },
      ])
    : null;
if (missing !== null) {
  console.error(missing);
  process.exit(1);
}
if (!ensureBuild()) process.exit(1);
ensurePackagingTools();
stageCommand();
prepareDesktop();
const checks: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['the configuration against electron-builder’s schema', checkSchema],
  ['what is packed', checkPacked],
  ...(process.platform === 'linux'
    ? ([
        ['which Linux the addons load on', checkAddons],
        ['AppStream metadata', checkMetainfo],
        ['scripts of the Linux packages', checkSyntax],
      ] as const)
    : []),
];
for (const [name, check] of checks) {
  try {
    console.log(`held    ${name}\n        ${await check()}`);
  } catch (error) {
    console.log(`FAILED  ${name}\n        ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
