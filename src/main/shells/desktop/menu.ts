import type { MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../../contract/shell.ts';
import { VIEWS } from '../../../contract/views.ts';
import type { DesktopPreferences } from './desktop-memory.ts';

/** What a menu can do. */
export interface MenuActions {
  command(command: ShellCommand): void;
  pauseAll(): void;
  resumeAll(): void;
  showAbout(): void;
  prefer(changed: Partial<DesktopPreferences>): void;
  /** Changes the setting of that name. */
  notify(isWanted: boolean): void;
}

/** What is ticked in the menu. */
export interface MenuTicks extends DesktopPreferences {
  readonly notifications: boolean;
}

type Items = MenuItemConstructorOptions[];

const SEPARATOR = { type: 'separator' } as const;

/**
 * The menu of the app. It is made here because Electron's own has entries that reload the page, open its tools and lead
 * to Electron's web site. What concerns the page is handed to it as a command.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  ticks: MenuTicks,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const about = { id: 'about', label: 'About Hopscope', click: () => actions.showAbout() };
  return [
    ...(isMac ? [appMenu(about)] : []),
    {
      label: '&File',
      submenu: [
        {
          id: 'add-target',
          label: 'Add Target…',
          accelerator: 'CommandOrControl+N',
          click: () => actions.command({ kind: 'add-target' }),
        },
        SEPARATOR,
        ...(isMac ? closeItems() : [...trayItems(ticks, actions), ...quitItems()]),
      ],
    },
    { role: 'editMenu' },
    { label: '&View', submenu: [...viewItems(actions), SEPARATOR, themeMenu(actions), SEPARATOR, ...sizeItems()] },
    { label: '&Monitor', submenu: monitorItems(ticks, actions) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      label: '&Help',
      submenu: [
        {
          id: 'shortcuts',
          label: 'Keyboard Shortcuts',
          click: () => actions.command({ kind: 'show-shortcuts' }),
        },
        { id: 'help-doctor', label: 'Doctor', click: () => actions.command({ kind: 'go', view: 'doctor' }) },
        ...(isMac ? [] : [SEPARATOR, about]),
      ],
    },
  ];
}

function appMenu(about: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      about,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function closeItems(): Items {
  return [{ role: 'close' }];
}

function quitItems(): Items {
  return [SEPARATOR, { role: 'quit', accelerator: 'CommandOrControl+Q' }];
}

function trayItems({ keepInTray }: DesktopPreferences, actions: MenuActions): Items {
  return [
    {
      id: 'keep-in-tray',
      label: 'Keep Running in the Tray When Closed',
      type: 'checkbox',
      checked: keepInTray,
      click: ({ checked }) => actions.prefer({ keepInTray: checked }),
    },
  ];
}

function viewItems(actions: MenuActions): Items {
  return VIEWS.map(({ id, name }, index) => ({
    id: `view-${id}`,
    label: name,
    // There are nine such keys.
    ...(index < 9 ? { accelerator: `CommandOrControl+${index + 1}` } : {}),
    click: () => actions.command({ kind: 'go', view: id }),
  }));
}

const THEME_LABELS = { light: 'Light', dark: 'Dark', auto: 'Like the System' } as const;

function themeMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'Theme',
    submenu: (['light', 'dark', 'auto'] as const).map((theme) => ({
      id: `theme-${theme}`,
      label: THEME_LABELS[theme],
      click: () => actions.command({ kind: 'set-theme', theme }),
    })),
  };
}

function sizeItems(): Items {
  return [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, SEPARATOR, { role: 'togglefullscreen' }];
}

function monitorItems({ notifications, stayAwake, programs }: MenuTicks, actions: MenuActions): Items {
  return [
    { id: 'pause-all', label: 'Pause All', click: () => actions.pauseAll() },
    { id: 'resume-all', label: 'Resume All', click: () => actions.resumeAll() },
    SEPARATOR,
    {
      id: 'go-live',
      label: 'Go Live',
      accelerator: 'CommandOrControl+L',
      click: () => actions.command({ kind: 'go-live' }),
    },
    SEPARATOR,
    {
      id: 'notifications',
      label: 'Notify of Trouble',
      type: 'checkbox',
      checked: notifications,
      click: ({ checked }) => actions.notify(checked),
    },
    {
      id: 'stay-awake',
      label: 'Keep the Computer Awake',
      type: 'checkbox',
      checked: stayAwake,
      click: ({ checked }) => actions.prefer({ stayAwake: checked }),
    },
    {
      id: 'programs',
      label: 'Let Alerts Run Programs',
      type: 'checkbox',
      checked: programs,
      click: ({ checked }) => actions.prefer({ programs: checked }),
    },
  ];
}
