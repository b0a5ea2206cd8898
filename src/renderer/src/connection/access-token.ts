import { TOKEN_PARAMETER } from '../../../contract/web-access.ts';

/** Where the token is kept: in the storage of this page's origin, to which its port belongs. A cookie would go to every port. */
const STORAGE_KEY = 'hopscope-token';

/** The parts of a browser's window that the token passes through. */
export type TokenPage = Pick<Window, 'addEventListener' | 'history' | 'localStorage' | 'location'>;

/** The secret that lets this page in, for as long as the page lives. */
export interface AccessToken {
  /** As last given, to this page or to another one of this origin; null when none was. */
  read(): string | null;
}

/**
 * Takes the token out of the address bar, now and whenever a new one is put there, and keeps it for a reload and for
 * further tabs. Where storage is refused it lasts as long as the page.
 * @param onChange called when there is another token, in this page or in another tab
 */
export function keepAccessToken(page: TokenPage, onChange: () => void): AccessToken {
  /** The token that could not be stored. */
  let unstored: string | null = null;
  /** Whether the address bar had one. */
  const take = (): boolean => {
    const { hash, pathname, search } = page.location;
    const token = new URLSearchParams(hash.slice(1)).get(TOKEN_PARAMETER);
    if (token === null) return false;
    unstored = store(page, token) ? null : token;
    page.history.replaceState(page.history.state, '', `${pathname}${search}`);
    return true;
  };
  take();
  // Another fragment of the same address does not load the page anew.
  page.addEventListener('hashchange', () => {
    if (take()) onChange();
  });
  page.addEventListener('storage', ({ key }) => {
    if (key === STORAGE_KEY) onChange();
  });
  return { read: () => unstored ?? stored(page) };
}

function store(page: TokenPage, token: string): boolean {
  try {
    page.localStorage.setItem(STORAGE_KEY, token);
    return true;
  } catch {
    return false; // refused by the browser's settings, or full
  }
}

function stored(page: TokenPage): string | null {
  try {
    return page.localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
