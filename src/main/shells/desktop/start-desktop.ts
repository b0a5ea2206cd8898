import { app, dialog, protocol, session } from 'electron';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/serve.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { createBugNotice } from '../bug-notice.ts';
import { loadRendererAssets } from '../renderer-assets.ts';
import { APP_ID, DESKTOP_NAME } from './app-identity.ts';
import { APP_SCHEME, serveApp } from './app-protocol.ts';
import { DesktopShell } from './desktop-shell.ts';
import { openPackagedUpdater } from './packaged-updater.ts';
import { restrictNavigation, restrictPermissions } from './restrictions.ts';

/** What stands behind the window. */
export interface DesktopEngine extends Disposable {
  readonly handlers: Handlers<HopscopeContract>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether rules of alerts may run programs. */
  readonly programs: { give(isGiven: boolean): void };
}

export interface DesktopOptions {
  /** Makes the engine; asked once, and only by the one instance that runs. */
  readonly openEngine: () => Promise<DesktopEngine>;
  /** Where the built renderer is. */
  readonly rendererDirectory: string;
  /** The built preload, one CommonJS file. */
  readonly preload: string;
  /** Where the pictures for the tray are. */
  readonly trayIcons: string;
}

/** Starts the desktop app, or hands over to the instance that already runs. Call it in the entry's first turn. */
export function startDesktop(options: DesktopOptions): void {
  // Both only count before Electron is ready.
  protocol.registerSchemesAsPrivileged([APP_SCHEME]);
  app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  process.on('uncaughtException', fail);
  // What Windows and Linux know the installed app by, for its notifications and its badge.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  if (process.platform === 'linux') app.setDesktopName(`${DESKTOP_NAME}.desktop`);
  restrictNavigation(app);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app
    .whenReady()
    .then(() => open(options))
    .catch(fail);
}

async function open(options: DesktopOptions): Promise<void> {
  const engine = await options.openEngine();
  app.once('will-quit', () => engine[Symbol.dispose]());
  const assets = loadRendererAssets(engine, options.rendererDirectory);
  if (assets === null)
    throw new Error('The page of the app is missing. Run "npm run build", or install the app again.');
  const onBug = createBugNotice(engine);
  serveApp(session.defaultSession.protocol, assets);
  restrictPermissions(session.defaultSession);

  const { handlers, clock, logger, programs } = engine;
  const { preload, trayIcons } = options;
  const updater = await openPackagedUpdater(logger);
  const own = { handlers, clock, logger, programs, onBug, onPageLost: fail, updater, preload, trayIcons };
  const shell = new DesktopShell(own);
  // The engine ends last.
  app.prependOnceListener('will-quit', () => shell[Symbol.dispose]());
  shell.showWindow();
  // The way back for who has closed the window and sees no tray.
  app.on('second-instance', () => shell.showWindow());
  // macOS keeps an app without windows; a click on its icon wants one.
  app.on('activate', () => shell.showWindow());
}

/** The end of the app when it cannot go on: a person is told, and the trace goes to the terminal. */
function fail(error: unknown): void {
  console.error(error);
  dialog.showErrorBox(
    'Hopscope cannot go on',
    `${error instanceof Error ? error.message : String(error)}\n\nThe app ends now. Nothing on this machine was changed.`,
  );
  app.exit(1);
}
