import { app, Menu, Notification, powerSaveBlocker, Tray } from 'electron';
import type { TrayIcons } from './tray-icons.ts';
import { type TrayActions, trayMenuTemplate, trayTooltip } from './tray-menu.ts';
import { countTrouble, type Level, type Paths, worstLevel } from './trouble-level.ts';
import type { TroubleNotice } from './trouble-notices.ts';

/** What the desktop shows of the app outside of its window. */

/** A sign in the tray that says the worst state; a desktop without a tray shows nothing, so it is never the only way. */
export class TraySign implements Disposable {
  readonly #icons: TrayIcons;
  readonly #actions: TrayActions;
  readonly #tray: Tray;
  #level: Level = 'none';
  #shown = '';

  constructor(icons: TrayIcons, actions: TrayActions) {
    this.#icons = icons;
    this.#actions = actions;
    this.#tray = new Tray(icons.tray(this.#level));
    this.#tray.on('click', () => {
      // On macOS a click opens the menu.
      if (process.platform !== 'darwin') actions.showWindow();
    });
    this.show([]);
  }

  show(paths: Paths): void {
    const template = trayMenuTemplate(paths, this.#actions);
    const tooltip = trayTooltip(paths);
    const shown = JSON.stringify([tooltip, template.map(({ label }) => label)]);
    if (shown === this.#shown) return; // an open menu would close
    this.#shown = shown;
    const level = worstLevel(paths);
    if (level !== this.#level) this.#tray.setImage(this.#icons.tray(level));
    this.#level = level;
    this.#tray.setToolTip(tooltip);
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  [Symbol.dispose](): void {
    this.#tray.destroy();
  }
}

/** Writes the number of targets in trouble on the app's icon, or (Windows) lays their sign over the taskbar's button. */
export function showBadge(paths: Paths, icons: TrayIcons, window: Electron.BrowserWindow | null): void {
  const count = countTrouble(paths);
  if (process.platform !== 'win32') {
    app.setBadgeCount(count);
    return;
  }
  const level = worstLevel(paths);
  const isTrouble = level === 'losing' || level === 'down';
  const words = `${count} ${count === 1 ? 'target' : 'targets'} in trouble`;
  window?.setOverlayIcon(isTrouble ? icons.mark(level) : null, isTrouble ? words : '');
}

/** Notices that are shown; without a reference to them a click would be lost. */
const shownNotices = new Set<Notification>();

/** Whether this system shows notifications. */
export function areNoticesShown(): boolean {
  return Notification.isSupported();
}

export function showNotice({ title, body }: Pick<TroubleNotice, 'title' | 'body'>, onClick: () => void): void {
  if (!areNoticesShown()) return; // the tray and the badge say it as well
  const notification = new Notification({ title, body });
  shownNotices.add(notification);
  const gone = () => void shownNotices.delete(notification);
  notification.on('click', () => {
    gone();
    onClick();
  });
  notification.on('close', gone);
  notification.on('failed', gone);
  notification.show();
}

/** Keeps the computer from sleeping by itself, as long as it is wanted. The screen may go dark. */
export class StayAwake {
  #blocker: number | null = null;

  want(isWanted: boolean): void {
    if (isWanted === (this.#blocker !== null)) return;
    if (this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    else {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
