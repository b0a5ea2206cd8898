import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { type Handlers, serve } from '../../../contract/serve.ts';
import { APP_URL, isAppUrl } from './app-protocol.ts';
import { acceptPageLinks } from './ipc-link.ts';

/** The page's background before it is drawn, so that opening the window does not flash. */
const BACKGROUND = { light: '#ffffff', dark: '#1a1b1e' } as const;

/** What a window of the app is made with. The page gets no Node, runs in the sandbox, and sees only what the preload exposes. */
export function mainWindowOptions(from: {
  readonly preload: string;
  readonly isDark: boolean;
  readonly hasDevTools: boolean;
}): BrowserWindowConstructorOptions {
  return {
    title: 'Hopscope',
    width: 1_180,
    height: 760,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: from.isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: from.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: from.hasDevTools,
    },
  };
}

/**
 * Joins a window's page to the engine, loads it, and shows the window once there is something to see. Rejects when the
 * page cannot be loaded, unless the window was closed meanwhile.
 */
export async function fillMainWindow(
  deps: { readonly handlers: Handlers<HopscopeContract>; readonly onBug: (error: unknown) => string },
  window: BrowserWindow,
): Promise<void> {
  const links = acceptPageLinks(window.webContents, isAppUrl, (link) => {
    serve({ onBug: deps.onBug }, contract, deps.handlers, link);
  });
  window.once('closed', () => links[Symbol.dispose]());
  window.once('ready-to-show', () => window.show());
  try {
    await window.loadURL(APP_URL);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}
