import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

/** What a desktop shows of an app around its windows. Nothing of it is drawn: it is recorded, and tests act in it. */

/** A picture by the bytes it was made of. */
interface Image {
  readonly representations: readonly { readonly scaleFactor: number; readonly buffer: Buffer }[];
}

export interface RecordedTray {
  image: Image;
  toolTip: string;
  menu: Menu | null;
  isDestroyed: boolean;
}

export interface RecordedDesktop {
  badgeCount: number;
  readonly trays: RecordedTray[];
  /** Notifications shown, the newest last; `emit('click')` is a person's click. */
  readonly notifications: (EventEmitter & { readonly title: string; readonly body: string })[];
  readonly clipboard: string[];
  /** Blockers of sleep that are in force, by their kind. */
  readonly blockers: Map<number, string>;
}

interface ItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly type?: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  readonly checked?: boolean;
  readonly click?: (item: object) => void;
  readonly submenu?: readonly ItemOptions[];
}

interface MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly checked: boolean;
  readonly submenu: Menu | null;
  click(): void;
}

interface Menu {
  readonly items: readonly MenuItem[];
  getMenuItemById(id: string): MenuItem | null;
}

export function createDesktop() {
  const recorded: RecordedDesktop = {
    badgeCount: 0,
    trays: [],
    notifications: [],
    clipboard: [],
    blockers: new Map(),
  };
  let applicationMenu: Menu | null = null;
  let nextBlocker = 1;

  /** `new Tray(image)`: a constructor may give back another object. */
  function Tray(image: Image): object {
    const state: RecordedTray = { image, toolTip: '', menu: null, isDestroyed: false };
    recorded.trays.push(state);
    return strict(
      'Tray',
      Object.assign(new EventEmitter(), {
        setImage: (next: Image) => {
          state.image = next;
        },
        setToolTip: (text: string) => {
          state.toolTip = text;
        },
        setContextMenu: (menu: Menu) => {
          state.menu = menu;
        },
        destroy: () => {
          state.isDestroyed = true;
        },
      }),
    );
  }

  function Notification({ title, body }: { readonly title: string; readonly body: string }): object {
    const notification = Object.assign(new EventEmitter(), { title, body });
    return strict(
      'Notification',
      Object.assign(notification, { show: () => void recorded.notifications.push(notification) }),
    );
  }
  Notification.isSupported = () => true;

  // One display, as large as a common one, with a bar at its top.
  const display = { id: 1, scaleFactor: 1, workArea: { x: 0, y: 30, width: 1_920, height: 1_050 } };
  const modules = {
    Tray: strict('Tray', Tray),
    Notification: strict('Notification', Notification),
    nativeImage: strict('nativeImage', { createEmpty: createImage }),
    Menu: strict('Menu', {
      buildFromTemplate: createMenu,
      setApplicationMenu: (menu: Menu) => {
        applicationMenu = menu;
      },
      getApplicationMenu: () => applicationMenu,
    }),
    screen: strict('screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] }),
    clipboard: strict('clipboard', { writeText: async (text: string) => void recorded.clipboard.push(text) }),
    // The double has no network; what asks for it is told so.
    net: strict('net', { isOnline: () => false }),
    powerSaveBlocker: strict('powerSaveBlocker', {
      start: (kind: string) => {
        recorded.blockers.set(nextBlocker, kind);
        return nextBlocker++;
      },
      stop: (id: number) => recorded.blockers.delete(id),
    }),
  };
  return { recorded, modules };
}

function createImage(): object {
  const representations: Image['representations'][number][] = [];
  return strict('NativeImage', {
    representations,
    addRepresentation: (one: Image['representations'][number]) => void representations.push(one),
    setTemplateImage: () => {},
    isEmpty: () => representations.length === 0,
  });
}

function createMenu(template: readonly ItemOptions[]): Menu {
  const items = template.map(createMenuItem);
  const find = (id: string, among: readonly MenuItem[]): MenuItem | null => {
    for (const item of among) {
      const found = item.id === id ? item : find(id, item.submenu?.items ?? []);
      if (found !== null) return found;
    }
    return null;
  };
  return strict('Menu', { items, getMenuItemById: (id: string) => find(id, items) });
}

function createMenuItem({ id, label = '', type, checked = false, click, submenu }: ItemOptions): MenuItem {
  let isChecked = checked;
  const item: MenuItem = strict('MenuItem', {
    id,
    label,
    get checked() {
      return isChecked;
    },
    submenu: submenu === undefined ? null : createMenu(submenu),
    // What a person's click does: a box is ticked first.
    click: () => {
      if (type === 'checkbox') isChecked = !isChecked;
      click?.(item);
    },
  });
  return item;
}
