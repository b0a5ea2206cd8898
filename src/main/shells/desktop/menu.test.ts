import type { MenuItemConstructorOptions } from 'electron';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { shellCommandSchema } from '../../../contract/shell.ts';
import { VIEWS } from '../../../contract/views.ts';
import { menuTemplate } from './menu.ts';

const PLATFORMS = ['linux', 'win32', 'darwin'] as const;

/** The items of a menu and its sub-menus, and everything that they did. */
function openMenu(platform: NodeJS.Platform) {
  const did: unknown[] = [];
  const note =
    (name: string) =>
    (what?: unknown): void =>
      void did.push([name, what]);
  const template = menuTemplate(
    platform,
    { keepInTray: false, notifications: true, stayAwake: false, programs: false },
    {
      command: note('command'),
      pauseAll: note('pause'),
      resumeAll: note('resume'),
      showAbout: note('about'),
      prefer: note('prefer'),
      notify: note('notify'),
    },
  );
  const flatten = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  const items = flatten(template);
  return {
    items,
    did,
    click: (id: string, checked = false) => {
      const item = items.find((one) => one.id === id);
      item?.click?.({ checked } as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
    },
  };
}

describe('the menu', () => {
  it.each(PLATFORMS)('on %s lets text be edited and made larger, and reloads nothing', (platform) => {
    const roles = openMenu(platform).items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['editMenu', 'zoomIn', 'zoomOut', 'resetZoom', 'quit']));
    for (const unwanted of ['viewMenu', 'reload', 'forceReload', 'toggleDevTools', 'help']) {
      expect(roles).not.toContain(unwanted);
    }
  });

  it.each(PLATFORMS)('on %s leads to every view, with a key of its own', (platform) => {
    const { items, click, did } = openMenu(platform);
    for (const { id } of VIEWS) click(`view-${id}`);
    expect(did).toEqual(VIEWS.map(({ id }) => ['command', { kind: 'go', view: id }]));
    const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives the page commands that the contract knows', () => {
    const { items, click, did } = openMenu('linux');
    for (const { id } of items) if (id !== undefined) click(id);
    const commands = did.flatMap((one) => (Array.isArray(one) && one[0] === 'command' ? [one[1]] : []));
    expect(commands.length).toBeGreaterThan(VIEWS.length);
    for (const command of commands) expect(v.is(shellCommandSchema, command)).toBe(true);
  });

  it('hands on what is ticked', () => {
    const { click, did } = openMenu('linux');
    click('keep-in-tray', true);
    click('notifications', false);
    click('stay-awake', true);
    expect(did).toEqual([
      ['prefer', { keepInTray: true }],
      ['notify', false],
      ['prefer', { stayAwake: true }],
    ]);
  });

  it('does not offer macOS what it does anyway: to go on without a window', () => {
    expect(openMenu('darwin').items.some(({ id }) => id === 'keep-in-tray')).toBe(false);
  });
});
