import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../identity.ts';
import type { desktopConfiguration } from './desktop-configuration.ts';
import { TOOLS } from './prepare-desktop.ts';

/** What was packed, as paths in the app. */
export interface PackedFiles {
  /** In app.asar. */
  readonly archived: readonly string[];
  /** Beside it, in app.asar.unpacked. */
  readonly unpacked: readonly string[];
  /** In the folder of resources otherwise. */
  readonly resources: readonly string[];
}

/** Any version of Electron 45: its folder is a stand-in here. */
const ELECTRON_VERSION = '45.4.1';

/** A folder as Electron's archive for Linux has it, without Electron in it. */
function makeStandIn(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(folder, 'electron'), 0o755);
  for (const [name, text] of [
    ['chrome-sandbox', ''],
    ['version', ELECTRON_VERSION],
    ['LICENSE', ''],
    ['LICENSES.chromium.html', ''],
    ['locales/en-US.pak', ''],
  ] as const) {
    writeFileSync(join(folder, name), text);
  }
}

/**
 * Packs the app with electron-builder into a stand-in for Electron, below `folder`.
 * @throws an error with what electron-builder said when it fails.
 */
export function listPacked(configuration: ReturnType<typeof desktopConfiguration>, folder: string): PackedFiles {
  const standIn = join(folder, 'electron');
  makeStandIn(standIn);
  const file = join(folder, 'electron-builder.json');
  const checked = {
    ...configuration,
    directories: { ...configuration.directories, output: join(folder, 'made') },
    electronDist: standIn,
    electronVersion: ELECTRON_VERSION,
    // The stand-in has none to set.
    electronFuses: null,
    publish: null,
  };
  writeFileSync(file, JSON.stringify(checked));
  const built = spawnSync(
    process.execPath,
    [join(TOOLS, 'node_modules/electron-builder/cli.js'), '--linux', '--dir', '--config', file, '--publish', 'never'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (built.status !== 0) throw new Error(`electron-builder failed:\n${built.stdout}${built.stderr}`);
  // Its name has the processor in it where that is not x64.
  const packed = join(
    folder,
    'made',
    readdirSync(join(folder, 'made')).find((name) => name.endsWith('-unpacked')) ?? '',
  );
  const { listPackage } = createRequire(join(TOOLS, 'package.json'))('@electron/asar');
  const listed: readonly string[] = listPackage(join(packed, 'resources/app.asar'), { isPack: false });
  const unpacked = below(join(packed, 'resources/app.asar.unpacked'));
  const archived = listed.map((path) => path.slice(1).replaceAll('\\', '/')).filter((path) => !unpacked.includes(path));
  const resources = below(join(packed, 'resources')).filter((path) => !path.startsWith('app.asar'));
  return { archived, unpacked, resources };
}

/** Files below a folder, sorted. */
function below(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** Of what a package may consist. */
const MAY_BE_ARCHIVED = [
  /^(package\.json|LICENSE)$/,
  /^out\/(main|preload|renderer)(\/|$)/,
  /^out$/,
  /^resources(\/(tray|scenarios)(\/.*)?)?$/,
];
const MUST_BE_ARCHIVED = [
  'package.json',
  'out/main/index.js',
  'out/main/session-worker.js',
  'out/main/licenses.md',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/tray/color-fine-24.png',
  'resources/scenarios/isp-loss.json',
];
const MUST_BE_BESIDE = ['command/out/main/cli.js', 'command/out/renderer/index.html', 'command/licenses/node.txt'];

/** The system that a package is for, as `process` names it. */
export interface PackedFor {
  readonly platform: string;
  readonly arch: string;
}

/** The command's two programs, as that system names them. */
function programsOf({ platform }: PackedFor): readonly string[] {
  return platform === 'win32' ? ['command/hopscope.cmd', 'command/node.exe'] : ['command/hopscope', 'command/node'];
}

/** What is wrong with what was packed; empty when nothing is. */
export function judgePacked({ archived, unpacked, resources }: PackedFiles, system: PackedFor): readonly string[] {
  // Where the loader looks first, in the app as in the command.
  const addon = `out/main/prebuilds/${system.platform}-${system.arch}/hopscope.node`;
  const all = [...archived, ...unpacked, ...resources];
  return [
    ...archived
      .filter((path) => !MAY_BE_ARCHIVED.some((may) => may.test(path)))
      .map((path) => `does not belong: ${path}`),
    ...all
      .filter((path) => /\.(map|ts|tsx|cpp|h)$|\.test\.|node_modules/.test(path))
      .map((path) => `not to ship: ${path}`),
    ...archived.filter((path) => path.endsWith('.node')).map((path) => `cannot be loaded from an archive: ${path}`),
    ...unpacked.filter((path) => !path.endsWith('.node')).map((path) => `should be in the archive: ${path}`),
    ...(unpacked.includes(addon) ? [] : [`missing beside the archive: ${addon}`]),
    ...all
      .filter((path) => path.endsWith('.node') && !path.endsWith(addon))
      .map((path) => `an addon that nothing loads: ${path}`),
    ...MUST_BE_ARCHIVED.filter((path) => !archived.includes(path)).map((path) => `missing: ${path}`),
    ...[...MUST_BE_BESIDE, ...programsOf(system), `command/${addon}`]
      .filter((path) => !resources.includes(path))
      .map((path) => `missing: resources/${path}`),
  ];
}
