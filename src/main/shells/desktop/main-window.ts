import type { BrowserWindow, BrowserWindowConstructorOptions, RenderProcessGoneDetails } from 'electron';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { type Handlers, serve } from '../../../contract/serve.ts';
import { type MonotonicMilliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { APP_URL, isAppUrl } from './app-protocol.ts';
import { acceptPageLinks } from './ipc-link.ts';
import { LEAST_SIZE } from './window-place.ts';

/** The page's background before it is drawn, so that opening the window does not flash. */
const BACKGROUND = { light: '#ffffff', dark: '#1a1b1e' } as const;

/** A page whose process dies again so soon after it was loaded anew would go on dying. */
const CRASH_LOOP_TIME = seconds(60);

/** What a window's page needs from the app behind it. */
export interface MainWindowDeps {
  readonly handlers: Handlers<HopscopeContract>;
  readonly onBug: (error: unknown) => string;
  /** Told that the page cannot be kept alive, with a sentence for the person. */
  readonly onPageLost: (error: Error) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a window of the app is made with. The page gets no Node, runs in the sandbox, and sees only what the preload exposes. */
export function mainWindowOptions(from: {
  readonly preload: string;
  readonly isDark: boolean;
  readonly hasDevTools: boolean;
}): BrowserWindowConstructorOptions {
  return {
    title: 'Hopscope',
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
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
export async function fillMainWindow(deps: MainWindowDeps, window: BrowserWindow): Promise<void> {
  const links = acceptPageLinks(window.webContents, isAppUrl, (link) => {
    serve({ onBug: deps.onBug }, contract, deps.handlers, link);
  });
  window.once('closed', () => links[Symbol.dispose]());
  window.once('ready-to-show', () => window.show());
  reviveCrashedPage(deps, window);
  try {
    await window.loadURL(APP_URL);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}

/** Loads the page anew when its process has died: without that the window stays blank. */
function reviveCrashedPage({ clock, logger, onPageLost }: MainWindowDeps, window: BrowserWindow): void {
  let revivedAt: MonotonicMilliseconds | null = null;
  window.webContents.on('render-process-gone', (_event, details: RenderProcessGoneDetails) => {
    if (details.reason === 'clean-exit') return; // the window is closing
    logger.error('the process of the page is gone', { reason: details.reason, exitCode: details.exitCode });
    if (revivedAt !== null && clock.now() - revivedAt < CRASH_LOOP_TIME) {
      onPageLost(new Error(`The page of the app stopped working twice within a minute (${details.reason}).`));
      return;
    }
    revivedAt = clock.now();
    // A reload within this event brings the whole app down (electron/electron#51900).
    clock.after(milliseconds(0), () => {
      if (!window.isDestroyed()) window.webContents.reload();
    });
  });
}
