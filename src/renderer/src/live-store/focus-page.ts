import { type Focus, formatFocus, parseFocus } from './focus.ts';

/** Where the focus and the span are between two starts: in the query of the page's address, else in its origin's storage. */
const FOCUS = { name: 'focus', storageKey: 'hopscope-focus' };
const SPAN = { name: 'span', storageKey: 'hopscope-span' };

/** The parts of a window that keep the focus. */
export type FocusPage = Pick<Window, 'history' | 'localStorage' | 'location'>;

/** What the screen is about, and what its timelines show: null where that follows from the focus. */
export interface KeptFocus {
  readonly focus: Focus;
  readonly span: Focus | null;
}

/** The focus as the address tells it, else as it was last; null without one. */
export function readFocus(page: FocusPage): KeptFocus | null {
  const told = fromAddress(page, FOCUS.name);
  if (told !== null) return { focus: told, span: fromAddress(page, SPAN.name) };
  const stored = fromStorage(page, FOCUS.storageKey);
  return stored === null ? null : { focus: stored, span: fromStorage(page, SPAN.storageKey) };
}

/** Puts the focus into the address, so that a reload and a copied address show the same, and keeps it for the next start. */
export function keepFocus(page: FocusPage, { focus, span }: KeptFocus): void {
  const { pathname, search, hash } = page.location;
  const query = new URLSearchParams(search);
  query.set(FOCUS.name, formatFocus(focus));
  if (span === null) query.delete(SPAN.name);
  else query.set(SPAN.name, formatFocus(span));
  page.history.replaceState(page.history.state, '', `${pathname}?${query}${hash}`);
  try {
    page.localStorage.setItem(FOCUS.storageKey, formatFocus(focus));
    if (span === null) page.localStorage.removeItem(SPAN.storageKey);
    else page.localStorage.setItem(SPAN.storageKey, formatFocus(span));
  } catch {
    // Refused by the browser's settings, or full: the address still has it.
  }
}

function fromAddress(page: FocusPage, name: string): Focus | null {
  return parseFocus(new URLSearchParams(page.location.search).get(name));
}

function fromStorage(page: FocusPage, key: string): Focus | null {
  try {
    return parseFocus(page.localStorage.getItem(key));
  } catch {
    return null;
  }
}
