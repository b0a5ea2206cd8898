import type { Settings } from '../../../contract/settings.ts';
import type { SettingsStore } from './settings-store.ts';

/** Where the page notes the theme of last time, so that it does not begin in the wrong one before the engine has told. */
const STORAGE_KEY = 'hopscope-color-scheme';

type Scheme = 'light' | 'dark' | 'auto';

/** What the UI kit asks of whoever remembers its colour scheme. */
export interface ThemeManager {
  readonly get: (otherwise: Scheme) => Scheme;
  readonly set: (scheme: Scheme) => void;
  readonly subscribe: (update: (scheme: Scheme) => void) => void;
  readonly unsubscribe: () => void;
  readonly clear: () => void;
}

/** The theme of the settings as the UI kit's colour scheme: a choice made here is a setting, and a setting shows here. */
export function followTheme(store: SettingsStore, page: Pick<Window, 'localStorage'>): ThemeManager {
  let stop = () => {};
  return {
    get: (otherwise) => {
      const told = store.getState();
      return told === null ? (noted(page) ?? otherwise) : schemeOf(told.settings.theme);
    },
    set: (scheme) => {
      note(page, scheme);
      const told = store.getState();
      // The kit also sets what it has just been told.
      if (told !== null && schemeOf(told.settings.theme) === scheme) return;
      void store.change({ theme: scheme === 'auto' ? null : scheme });
    },
    subscribe: (update) => {
      let shown: Scheme | null = null;
      stop = store.subscribe(() => {
        const scheme = schemeOf(store.getSettings().theme);
        if (scheme === shown) return;
        shown = scheme;
        note(page, scheme);
        update(scheme);
      });
    },
    unsubscribe: () => stop(),
    clear: () => {},
  };
}

function schemeOf(theme: Settings['theme']): Scheme {
  return theme === 'system' ? 'auto' : theme;
}

function noted(page: Pick<Window, 'localStorage'>): Scheme | null {
  try {
    const scheme = page.localStorage.getItem(STORAGE_KEY);
    return scheme === 'light' || scheme === 'dark' || scheme === 'auto' ? scheme : null;
  } catch {
    return null; // refused by the browser's settings
  }
}

function note(page: Pick<Window, 'localStorage'>, scheme: Scheme): void {
  try {
    page.localStorage.setItem(STORAGE_KEY, scheme);
  } catch {
    // Refused or full: the next page may begin in the wrong theme for a moment.
  }
}
