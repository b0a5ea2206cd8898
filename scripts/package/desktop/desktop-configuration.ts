import { APP_ID, DESKTOP_NAME } from '../../../src/main/shells/desktop/app-identity.ts';
import { FUSES } from '../fuses.mjs';
import type { Publisher } from '../identity.ts';
import { DESKTOP_PACKAGE, PRODUCT_NAME } from './app-identity.ts';

/** What differs from one packing to the next. */
export interface DesktopFacts {
  readonly publisher: Publisher;
  /** Whether there is an identity to notarise with: macOS then asks Apple. */
  readonly isNotarised: boolean;
}

/** Files that the packing makes below dist/package, from which the packages take them. */
export const MADE = 'dist/package';

/** Where zsh looks for the completions of packages: in Debian, and in Fedora and its relatives. */
const ZSH_FOLDERS = { deb: 'vendor-completions', rpm: 'site-functions' };

/** What of the Linux files goes where, beside the app itself. */
function linuxFiles(format: keyof typeof ZSH_FOLDERS): readonly string[] {
  const files = [
    ['hopscope.1.gz', '/usr/share/man/man1/hopscope.1.gz'],
    ['hopscope.bash', '/usr/share/bash-completion/completions/hopscope'],
    ['_hopscope', `/usr/share/zsh/${ZSH_FOLDERS[format]}/_hopscope`],
    ['hopscope.fish', '/usr/share/fish/vendor_completions.d/hopscope.fish'],
    ['90-hopscope.conf', '/usr/share/hopscope/90-hopscope.conf'],
    ['metainfo.xml', `/usr/share/metainfo/${APP_ID}.metainfo.xml`],
  ] as const;
  return files.map(([made, installed]) => `${MADE}/linux/${made}=${installed}`);
}

/** Below out and resources, the app's own; nothing else of the folder of the project, and no source map. */
export const PACKED_FILES: readonly string[] = [
  'package.json',
  'LICENSE',
  'out/main/**',
  'out/preload/**',
  'out/renderer/**',
  'resources/tray/**',
  'resources/scenarios/**',
  // The command and the library, which the app does not load.
  '!out/main/{cli,icmp}.js',
  '!**/*.map',
  // An optional dependency for the tests, with a whole Node.js, would be packed with them.
  '!node_modules/**',
];

/** The configuration of electron-builder 26 for every package of the desktop app. */
export function desktopConfiguration({ publisher, isNotarised }: DesktopFacts) {
  /** Either package of Linux has the command, so each takes the other's place. */
  const inPlaceOfCommand = ['conflicts', 'replaces', 'provides'].flatMap((word) => [`--${word}`, 'hopscope']);
  const linuxPackage = {
    packageName: DESKTOP_PACKAGE,
    maintainer: publisher.maintainer,
    afterInstall: `${MADE}/linux/after-install.tpl`,
    afterRemove: `${MADE}/linux/after-remove.tpl`,
  };
  return {
    appId: APP_ID,
    productName: PRODUCT_NAME,
    copyright: 'Copyright © 2026 Hopscope contributors',
    directories: { output: 'dist/desktop', buildResources: `${MADE}/build` },
    files: PACKED_FILES,
    asar: true,
    // A library is loaded by the system, which knows no archives (and Electron 44 gives no file descriptors of them).
    asarUnpack: ['**/*.node'],
    // The addon keeps to Node-API, so what was built for Node.js serves Electron too.
    npmRebuild: false,
    extraMetadata: {
      main: 'out/main/index.js',
      homepage: publisher.homepage,
      // Electron reads it before the app can tell: the badge's and the window's name on Linux.
      desktopName: `${DESKTOP_NAME}.desktop`,
    },
    // The command, with the Node.js that it runs on: the fuse below forbids the app to be one.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
    extraResources: [{ from: 'dist/command/${platform}-${arch}', to: 'command' }],
    electronFuses: { ...FUSES, resetAdHocDarwinSignature: true },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
    artifactName: 'hopscope-${version}-${os}-${arch}.${ext}',
    publish: publisher.releases === null ? null : { provider: 'github', ...publisher.releases, releaseType: 'draft' },
    linux: {
      target: ['deb', 'rpm', 'AppImage'],
      executableName: DESKTOP_PACKAGE,
      syncDesktopName: true,
      icon: `${MADE}/build/icons`,
      category: 'Network',
      synopsis: 'shows where a connection hurts',
      description: 'Live round trips, loss and failures of every hop, and a plain sentence on what is wrong.',
      desktop: {
        entry: {
          GenericName: 'Network Diagnosis',
          Categories: 'Network;Monitor;',
          Keywords: 'ping;traceroute;mtr;latency;loss;network;',
          // A second start only shows the window that is there.
          SingleMainWindow: 'true',
        },
      },
    },
    deb: {
      ...linuxPackage,
      packageCategory: 'net',
      fpm: [...inPlaceOfCommand, '--deb-suggests', 'procps', ...linuxFiles('deb')],
    },
    rpm: {
      ...linuxPackage,
      packageCategory: 'Applications/Internet',
      // Electron's own files bring links to build ids that several packages would share.
      fpm: [...inPlaceOfCommand, '--rpm-rpmbuild-define', '_build_id_links none', ...linuxFiles('rpm')],
    },
    // With this tool set the AppImage keeps Chromium's sandbox wherever the system allows one.
    toolsets: { appimage: '1.0.3' },
    win: {
      target: ['nsis', 'portable', 'zip'],
      icon: `${MADE}/build/icon.ico`,
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      // Windows finds the name of notifications by this shortcut.
      createStartMenuShortcut: true,
      shortcutName: PRODUCT_NAME,
      deleteAppDataOnUninstall: false,
      include: 'scripts/package/desktop/command-on-path.nsh',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
      artifactName: 'hopscope-${version}-win-${arch}-setup.${ext}',
    },
    portable: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
      artifactName: 'hopscope-${version}-win-${arch}-portable.${ext}',
    },
    mac: {
      target: ['dmg', 'zip'],
      icon: `${MADE}/build/icon.icns`,
      category: 'public.app-category.utilities',
      minimumSystemVersion: '13.0',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'scripts/package/desktop/entitlements.plist',
      entitlementsInherit: 'scripts/package/desktop/entitlements.plist',
      notarize: isNotarised,
      extendInfo: {
        NSLocalNetworkUsageDescription:
          'Hopscope sends echo requests to your router and to other devices of your network, to find where a connection hurts.',
      },
    },
  };
}
