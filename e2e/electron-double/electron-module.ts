import { registerHooks } from 'node:module';
import { createApp } from './app.ts';
import type { Chromium } from './chromium.ts';
import { createDesktop, type RecordedDesktop } from './desktop.ts';
import { createIpcMain } from './ipc.ts';
import { createProtocols } from './protocols.ts';
import { createSession } from './sessions.ts';
import { strict } from './strict.ts';
import { createWindows } from './windows.ts';

/** Where the module is found by the sources that the hooks below make up. */
const MODULE = Symbol.for('hopscope.electron-double');

/** What the app asked of the desktop and no headless browser can show; tests read it back. */
export interface Recorded {
  readonly errorBoxes: { readonly title: string; readonly content: string }[];
  readonly messageBoxes: object[];
  readonly opened: string[];
  readonly desktop: RecordedDesktop;
}

/** Everything that `electron` exports to a main process, as far as this app uses it. */
export async function createElectron(appFolder: string, userData: string, chromium: Chromium) {
  const desktop = createDesktop();
  const recorded: Recorded = { errorBoxes: [], messageBoxes: [], opened: [], desktop: desktop.recorded };
  const { app, becomeReady } = createApp(appFolder, userData, chromium.close, desktop.recorded);
  const protocols = await createProtocols(app.isReady);
  const { session, settlePermissions } = createSession(chromium.cdp, protocols);
  const ipcMain = createIpcMain('ipcMain');
  const { BrowserWindow, webContents } = createWindows({
    app,
    browser: chromium.cdp,
    ipcMain,
    protocols,
    session,
    settlePermissions,
  });
  const electron = {
    app,
    BrowserWindow,
    webContents,
    ipcMain,
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: protocols.registerSchemesAsPrivileged,
      handle: protocols.handle,
      isProtocolHandled: protocols.isProtocolHandled,
    }),
    session: strict('session', { defaultSession: session }),
    nativeTheme: strict('nativeTheme', { shouldUseDarkColors: false }),
    ...desktop.modules,
    dialog: strict('dialog', {
      showErrorBox: (title: string, content: string) => {
        recorded.errorBoxes.push({ title, content });
        console.error(`[dialog] ${title}: ${content}`);
      },
      // A person who presses the first button.
      showMessageBox: async (...args: object[]) => {
        recorded.messageBoxes.push(args.at(-1) ?? {});
        return { response: 0, checkboxChecked: false };
      },
    }),
    shell: strict('shell', {
      openExternal: async (url: string) => void recorded.opened.push(url),
    }),
  };
  Reflect.set(globalThis, MODULE, strict('electron', { ...electron, recorded }));
  return { exports: Object.keys(electron), app, becomeReady };
}

/** Makes `import … from 'electron'` and `require('electron')` give the stand-in. */
export function provideElectron(exports: readonly string[]): void {
  const found = `globalThis[Symbol.for('hopscope.electron-double')]`;
  const sources = {
    'electron-double:import': `const electron = ${found};\nexport default electron;\nexport const { ${exports.join(', ')} } = electron;`,
    'electron-double:require': `module.exports = ${found};`,
  } as const;
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== 'electron') return next(specifier, context);
      const how = context.conditions.includes('require') ? 'require' : 'import';
      return { url: `electron-double:${how}`, format: how === 'require' ? 'commonjs' : 'module', shortCircuit: true };
    },
    load: (url, context, next) => {
      const source = sources[url as keyof typeof sources];
      if (source === undefined) return next(url, context);
      return { source, format: url.endsWith('require') ? 'commonjs' : 'module', shortCircuit: true };
    },
  });
}
