import { type Focus, formatFocus, parseFocus } from './focus.ts';

/** Where the focus is between two starts: in the query of the page's address, else in the storage of its origin. */
const NAME = 'focus';
const STORAGE_KEY = 'hopscope-focus';

/** The parts of a window that keep the focus. */
export type FocusPage = Pick<Window, 'history' | 'localStorage' | 'location'>;

/** The focus as the address tells it, else as it was last; null without one. */
export function readFocus(page: FocusPage): Focus | null {
  return parseFocus(new URLSearchParams(page.location.search).get(NAME)) ?? parseFocus(stored(page));
}

/** Puts the focus into the address, so that a reload and a copied address show the same, and keeps it for the next start. */
export function keepFocus(page: FocusPage, focus: Focus): void {
  const { pathname, search, hash } = page.location;
  const query = new URLSearchParams(search);
  query.set(NAME, formatFocus(focus));
  page.history.replaceState(page.history.state, '', `${pathname}?${query}${hash}`);
  try {
    page.localStorage.setItem(STORAGE_KEY, formatFocus(focus));
  } catch {
    // Refused by the browser's settings, or full: the address still has it.
  }
}

function stored(page: FocusPage): string | null {
  try {
    return page.localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
