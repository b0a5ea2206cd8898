import { describe, expect, it } from 'vitest';
import { mainWindowOptions } from './main-window.ts';
import { menuTemplate } from './menu.ts';

describe('the main window', () => {
  it('gives its page no Node and no way out of the sandbox', () => {
    const { webPreferences } = mainWindowOptions({ preload: '/x/index.cjs', isDark: false, hasDevTools: false });
    expect(webPreferences).toEqual({
      preload: '/x/index.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('stays hidden until it is drawn, on the background of the theme', () => {
    const options = (isDark: boolean) => mainWindowOptions({ preload: '', isDark, hasDevTools: true });
    expect(options(false).show).toBe(false);
    expect(options(false).backgroundColor).not.toBe(options(true).backgroundColor);
  });
});

describe('the menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)(
    'on %s lets text be edited and made larger, and reloads nothing',
    (platform) => {
      const roles = menuTemplate(platform).flatMap(({ role, submenu }) => [
        role,
        ...(Array.isArray(submenu) ? submenu.map((item) => item.role) : []),
      ]);
      expect(roles).toEqual(expect.arrayContaining(['editMenu', 'zoomIn', 'zoomOut', 'resetZoom']));
      for (const unwanted of ['viewMenu', 'reload', 'forceReload', 'toggleDevTools', 'help']) {
        expect(roles).not.toContain(unwanted);
      }
    },
  );
});
