import { arch, release } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, dialog, Menu, nativeTheme, net, screen } from 'electron';
import { createClient } from '../../../contract/client.ts';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { createLocalLinks } from '../../../contract/link.ts';
import { type Handlers, serve } from '../../../contract/serve.ts';
import type { ShellCommand } from '../../../contract/shell.ts';
import type { ViewId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore, onDispose } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import { aboutLines } from './about.ts';
import { AlertNotices } from './alert-notices.ts';
import { DesktopMemory, type DesktopPreferences } from './desktop-memory.ts';
import { areNoticesShown, StayAwake, showBadge, showNotice, TraySign } from './desktop-signs.ts';
import { FollowedSettings } from './followed-settings.ts';
import { fillMainWindow, mainWindowOptions } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { askAboutUpdate, tellOfUpdate } from './packaged-updater.ts';
import { ShellCommands } from './shell-commands.ts';
import { readTrayIcons, type TrayIcons } from './tray-icons.ts';
import { TroubleNotices } from './trouble-notices.ts';
import { type Updater, Updates } from './updates.ts';
import { WatchedTargets } from './watched-targets.ts';
import { fitWindow, followWindow } from './window-place.ts';

export interface DesktopShellDeps {
  readonly handlers: Handlers<HopscopeContract>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether rules of alerts may run programs. */
  readonly programs: { give(isGiven: boolean): void };
  readonly onBug: (error: unknown) => string;
  /** The end of the app when its page cannot be kept. */
  readonly onPageLost: (error: unknown) => void;
  /** Finds newer versions; null for an app that has no releases. */
  readonly updater: Updater | null;
  /** The built preload. */
  readonly preload: string;
  /** Where the pictures for the tray are. */
  readonly trayIcons: string;
}

/** The window with its menu, and what stands for it while it is not looked at: tray, badge and notifications. */
export class DesktopShell implements Disposable {
  readonly #deps: DesktopShellDeps;
  readonly #owned = new DisposableStore();
  readonly #commands = new ShellCommands();
  readonly #stayAwake = new StayAwake();
  readonly #memory: DesktopMemory;
  readonly #settings: FollowedSettings;
  readonly #targets: WatchedTargets;
  readonly #icons: TrayIcons;
  readonly #tray: TraySign;
  readonly #notices: TroubleNotices;
  readonly #alerts: AlertNotices;
  readonly #updates: Updates | null;
  #window: BrowserWindow | null = null;
  #isQuitting = false;

  constructor(deps: DesktopShellDeps) {
    this.#deps = deps;
    const { platform } = process;
    this.#memory = new DesktopMemory(join(app.getPath('userData'), 'desktop.json'), deps.logger);
    this.#icons = readTrayIcons(deps.trayIcons, platform);
    const client = this.#ownClient();
    this.#settings = this.#owned.add(new FollowedSettings(client));
    this.#owned.add(this.#settings.onChange.on(() => this.#heedSettings()));
    deps.programs.give(this.#memory.preferences.programs);
    this.#targets = this.#owned.add(new WatchedTargets(client));
    this.#tray = this.#owned.add(
      new TraySign(this.#icons, {
        showWindow: () => this.showWindow(),
        showPath: (pathId) => this.#lookAt(pathId),
        pauseAll: () => this.#targets.pauseAll(),
        resumeAll: () => this.#targets.resumeAll(),
        quit: () => app.quit(),
      }),
    );
    this.#notices = this.#owned.add(
      new TroubleNotices({
        clock: deps.clock,
        isNeedless: () => !this.#settings.notifications || this.#window?.isFocused() === true,
        show: (notice) => showNotice(notice, () => this.#lookAt(notice.pathId)),
      }),
    );
    this.#alerts = this.#owned.add(
      new AlertNotices({ client, show: (notice) => showNotice(notice, () => this.#lookAt(notice.pathId, 'alerts')) }),
    );
    const { clock, logger, updater } = deps;
    const isOnline = () => net.isOnline();
    this.#updates =
      updater === null
        ? null
        : this.#owned.add(new Updates({ clock, logger, updater, isOnline, ask: askAboutUpdate, tell: tellOfUpdate }));
    this.#owned.add(this.#targets.onChange.on(() => this.#heedTargets()));
    app.on('before-quit', () => {
      this.#isQuitting = true;
    });
    this.#heedSettings();
  }

  /** Brings the window to the front, wherever it is: minimised, hidden in the tray, or closed. */
  showWindow(): void {
    if (this.#window === null) {
      this.#open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  [Symbol.dispose](): void {
    this.#stayAwake.want(false);
    this.#owned[Symbol.dispose]();
  }

  #open(): void {
    const { handlers, preload, clock, logger, onBug, onPageLost } = this.#deps;
    const place = this.#memory.window;
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    const isDark = nativeTheme.shouldUseDarkColors;
    const window = new BrowserWindow({
      ...mainWindowOptions({ preload, isDark, hasDevTools: !app.isPackaged }),
      ...fitWindow(place, workAreas),
    });
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
    });
    window.on('close', (event) => {
      if (this.#isQuitting || process.platform === 'darwin' || !this.#memory.preferences.keepInTray) return;
      event.preventDefault();
      window.hide();
    });
    window.once('ready-to-show', () => {
      if (place?.isMaximized === true) window.maximize();
    });
    if (place !== null)
      window.webContents.once('did-finish-load', () => window.webContents.setZoomLevel(place.zoomLevel));
    followWindow({ clock, hasPositions: hasPositions(), keep: (now) => this.#memory.keepWindow(now) }, window);
    const own = { ...handlers, shell: this.#commands.handlers };
    fillMainWindow({ handlers: own, onBug, onPageLost, clock, logger }, window).catch(onPageLost);
    showBadge(this.#targets.paths, this.#icons, window);
  }

  #heedTargets(): void {
    const { paths, isActive } = this.#targets;
    this.#tray.show(paths);
    this.#notices.heed(paths);
    this.#stayAwake.want(isActive && this.#memory.preferences.stayAwake);
    showBadge(paths, this.#icons, this.#window);
  }

  #command(command: ShellCommand): void {
    this.#commands.give(command);
    this.showWindow();
  }

  #lookAt(pathId: string | null, view: ViewId = 'overview'): void {
    this.#command(pathId === null ? { kind: 'go', view } : { kind: 'choose-path', pathId });
  }

  #heedSettings(): void {
    this.#showMenu();
    this.#updates?.want(this.#settings.updates);
    this.#alerts.want(this.#settings.notifications && areNoticesShown());
  }

  #showMenu(): void {
    const { notifications } = this.#settings;
    const template = menuTemplate(
      process.platform,
      { ...this.#memory.preferences, notifications },
      {
        command: (command) => this.#command(command),
        pauseAll: () => this.#targets.pauseAll(),
        resumeAll: () => this.#targets.resumeAll(),
        showAbout: () => void showAbout(this.#window),
        prefer: (changed) => this.#prefer(changed),
        notify: (isWanted) => this.#settings.notify(isWanted),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  #prefer(changed: Partial<DesktopPreferences>): void {
    this.#memory.keepPreferences(changed);
    if (changed.programs !== undefined) this.#deps.programs.give(changed.programs);
    this.#heedTargets();
    if (changed.keepInTray === true && process.platform === 'linux') void explainTray(this.#window);
  }

  /** A client of the same handlers that a page gets, so that the shell knows no more than a page could. */
  #ownClient() {
    const { onBug, handlers } = this.#deps;
    const links = createLocalLinks();
    this.#owned.add(serve({ onBug }, contract, handlers, links.server));
    this.#owned.add(onDispose(() => links.close()));
    return createClient(contract, links.client);
  }
}

/** Wayland tells no window where it is. */
function hasPositions(): boolean {
  return process.platform !== 'linux' || process.env.XDG_SESSION_TYPE !== 'wayland';
}

async function showAbout(window: BrowserWindow | null): Promise<void> {
  const lines = aboutLines({
    version: app.getVersion(),
    versions: process.versions,
    platform: process.platform,
    osRelease: release(),
    architecture: arch(),
  });
  const copy = 1;
  const { response } = await showMessage(window, {
    type: 'info',
    title: 'About Hopscope',
    message: 'Hopscope',
    detail: `Shows where a connection hurts.\n\n${lines.join('\n')}`,
    buttons: ['OK', 'Copy'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === copy) await clipboard.writeText(lines.join('\n'));
}

/** Some Linux desktops show no tray, and then nothing of the app is to be seen. */
function explainTray(window: BrowserWindow | null) {
  return showMessage(window, {
    type: 'info',
    title: 'Hopscope',
    message: 'Hopscope goes on when you close its window',
    detail:
      'Its sign in the tray brings the window back. Where the desktop shows no tray (GNOME without the AppIndicator extension), start Hopscope again: that brings the window back too.',
    buttons: ['OK'],
  });
}

function showMessage(window: BrowserWindow | null, options: Electron.MessageBoxOptions) {
  return window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
}
