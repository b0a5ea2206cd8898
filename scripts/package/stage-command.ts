/**
 * Puts together the command `hopscope` with everything that it needs, its own Node.js too, in
 * dist/command/PLATFORM-ARCH: what the Debian package of the command has under /usr/lib/hopscope, and every desktop
 * package beside its app. `npm run package:command`.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePrograms } from '../build.mjs';
import { findProgram } from '../set-up/find-program.mjs';
import { LICENSE, NAME, ROOT, VERSION } from './identity.ts';

/** Node.js under the command: the line that the tests run on, and the first with `node:sqlite` without a warning. */
const NODE_LINE = 24;

/** What of out/main is started; the desktop app and the library, and what only they import, stay behind. */
const STARTED = ['cli.js', 'session-worker.js'];

const LAUNCHER = `#!/bin/sh
# What other Node.js programs are started with (a debugger, mostly) is not meant for this one.
unset NODE_OPTIONS
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/node" "$here/out/main/cli.js" "$@"
`;

const WINDOWS_LAUNCHER = `@echo off\r
setlocal\r
rem What other Node.js programs are started with (a debugger, mostly) is not meant for this one.\r
set NODE_OPTIONS=\r
"%~dp0node.exe" "%~dp0out\\main\\cli.js" %*\r
`;

/** Where it is put. */
export function commandFolder(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  return join(ROOT, 'dist/command', `${platform}-${arch}`);
}

/**
 * Stages the command for this platform.
 * @returns its folder.
 * @throws an error with a sentence when a part is missing.
 */
export function stageCommand(): string {
  if (Number(process.versions.node.split('.')[0]) !== NODE_LINE) {
    throw new Error(
      `The package brings the Node.js that makes it, which must be ${NODE_LINE}, and this is ${process.versions.node}.`,
    );
  }
  if (!ensurePrograms()) throw new Error('The programs could not be built; the reason is above.');
  const folder = commandFolder();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  stageNode(folder);
  stagePrograms(folder);
  stageLicenses(folder);
  if (process.platform === 'win32') {
    writeFileSync(join(folder, `${NAME}.cmd`), WINDOWS_LAUNCHER);
  } else {
    writeFileSync(join(folder, NAME), LAUNCHER);
    chmodSync(join(folder, NAME), 0o755);
  }
  return folder;
}

function stageNode(folder: string): void {
  const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  stripSymbols(node);
}

/** Takes away what only debuggers read, a seventh of Node.js; what addons link to stays. */
function stripSymbols(program: string): void {
  if (process.platform !== 'linux') return;
  const strip = findProgram(['strip']);
  if (strip === null) throw new Error('Missing: strip (on Debian it is in: binutils).');
  const stripped = spawnSync(strip, ['--strip-unneeded', program], { encoding: 'utf8' });
  if (stripped.status !== 0) throw new Error(`strip failed: ${stripped.stderr}`);
}

function stagePrograms(folder: string): void {
  // Without the name `hopscope` nothing below it would be an ES module.
  const manifest = { name: NAME, version: VERSION, license: LICENSE, type: 'module' };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const built = join(ROOT, 'out/main');
  const needed = importedFrom(built, STARTED);
  cpSync(built, join(folder, 'out/main'), {
    recursive: true,
    filter: (path) => isShipped(path) && (!path.endsWith('.js') || needed.has(relative(built, path))),
  });
  for (const part of ['out/renderer', 'resources/scenarios']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: isShipped });
  }
  // It is not run by its name here, but by the Node.js beside it.
  const cli = join(folder, 'out/main/cli.js');
  writeFileSync(cli, readFileSync(cli, 'utf8').replace(/^#!.*\n/, ''));
  chmodSync(cli, 0o644);
  const addons = readdirSync(join(folder, 'out/main'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.node'),
  );
  for (const addon of addons) stripSymbols(join(folder, 'out/main', addon));
  if (addons.length === 0) throw new Error('There is no native addon in out/main: run npm run build.');
}

function isShipped(path: string): boolean {
  return !path.endsWith('.map') && basename(path) !== 'licenses.md';
}

/** Programs below a folder that some of them import, at once or late, and those themselves; as paths in it. */
function importedFrom(folder: string, started: readonly string[]): ReadonlySet<string> {
  const found = new Set(started);
  for (const path of found) {
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, imported = ''] of text.matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g)) {
      const target = join(dirname(path), imported);
      if (existsSync(join(folder, target))) found.add(target);
    }
  }
  return found;
}

/** The terms of what is in it: our own, those of the libraries in our programs, Node's. */
function stageLicenses(folder: string): void {
  const licenses = join(folder, 'licenses');
  mkdirSync(licenses);
  copyFileSync(join(ROOT, 'LICENSE'), join(licenses, 'hopscope.txt'));
  copyFileSync(join(ROOT, 'out/main/licenses.md'), join(licenses, 'program-libraries.md'));
  copyFileSync(join(ROOT, 'out/renderer/licenses.md'), join(licenses, 'page-libraries.md'));
  const above = dirname(process.execPath);
  const found = [above, dirname(above)].map((place) => join(place, 'LICENSE')).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`The licence of Node.js is not beside ${process.execPath}.`);
  copyFileSync(found, join(licenses, 'node.txt'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(stageCommand());
