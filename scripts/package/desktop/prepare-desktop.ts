import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bashCompletion } from '../bash-completion.ts';
import { fishCompletion } from '../fish-completion.ts';
import { publisher, ROOT, sourceDay, VERSION } from '../identity.ts';
import { manPage } from '../man-page.ts';
import { sysctlFile } from '../sysctl-file.ts';
import { zshCompletion } from '../zsh-completion.ts';
import { MADE } from './desktop-configuration.ts';
import { ICON_FOLDER, ICON_SIZES, type IconSize, icnsFile, icoFile, iconFile } from './icon-files.ts';
import { afterInstall, afterRemove } from './linux-scripts.ts';
import { metainfoFile } from './metainfo.ts';

/** What only packaging needs: pinned, with every checksum, in a package of its own. */
export const TOOLS = join(import.meta.dirname, '../tools');

/** Installs electron-builder where it is not yet; about 95 MB in half a minute, which `npm ci` of the project is spared. */
export function ensurePackagingTools(): void {
  const lock = join(TOOLS, 'package-lock.json');
  const installed = join(TOOLS, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: TOOLS,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) throw new Error('electron-builder could not be installed; the reason is above.');
  copyFileSync(lock, installed);
}

/** Makes what the packages take besides the app: icons, and Linux' manual page, completions, metadata and scripts. */
export function prepareDesktop(): void {
  const made = join(ROOT, MADE);
  rmSync(made, { recursive: true, force: true });
  const linux = join(made, 'linux');
  const icons = join(made, 'build/icons');
  for (const folder of [linux, icons]) mkdirSync(folder, { recursive: true });
  for (const size of ICON_SIZES) copyFileSync(join(ICON_FOLDER, iconFile(size)), join(icons, iconFile(size)));
  const readPng = (size: IconSize) => readFileSync(join(ICON_FOLDER, iconFile(size)));
  writeFileSync(join(made, 'build/icon.ico'), icoFile(readPng));
  writeFileSync(join(made, 'build/icon.icns'), icnsFile(readPng));
  const facts = { version: VERSION, day: sourceDay(), publisher: publisher(process.env) };
  writeFileSync(join(linux, 'hopscope.1.gz'), gzipSync(manPage(facts), { level: 9 }));
  writeFileSync(join(linux, 'hopscope.bash'), bashCompletion());
  writeFileSync(join(linux, '_hopscope'), zshCompletion());
  writeFileSync(join(linux, 'hopscope.fish'), fishCompletion());
  writeFileSync(join(linux, '90-hopscope.conf'), sysctlFile());
  writeFileSync(join(linux, 'metainfo.xml'), metainfoFile(facts));
  const template = (name: string) =>
    readFileSync(join(TOOLS, 'node_modules/app-builder-lib/templates/linux', name), 'utf8');
  const script = (name: string) => readFileSync(join(import.meta.dirname, '../debian', name), 'utf8');
  writeFileSync(join(linux, 'after-install.tpl'), afterInstall(template('after-install.tpl'), script('postinst')));
  writeFileSync(join(linux, 'after-remove.tpl'), afterRemove(template('after-remove.tpl'), script('postrm')));
}
