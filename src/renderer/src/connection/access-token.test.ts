import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAccessToken, type TokenPage } from './access-token.ts';

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
});

/** What the page that was opened last hears. */
let events = new EventTarget();

/** A page of this origin as the browser opened it; those of earlier tests hear nothing any more. */
function openAt(address: string, page: Partial<TokenPage> = {}) {
  history.replaceState(null, '', address);
  events = new EventTarget();
  const addEventListener = events.addEventListener.bind(events);
  const whole = Object.defineProperties(
    { addEventListener, history, location, localStorage },
    Object.getOwnPropertyDescriptors(page),
  ) as TokenPage;
  const changes: (string | null)[] = [];
  const token = keepAccessToken(whole, () => changes.push(token.read()));
  return { token, changes, shown: () => `${location.pathname}${location.search}${location.hash}` };
}

/** As a person puts another fragment into the address bar of an open page. */
function enterFragment(fragment: string): void {
  history.replaceState(null, '', `/${fragment}`);
  events.dispatchEvent(new HashChangeEvent('hashchange'));
}

describe('the token of a page in a browser', () => {
  it('is taken out of the address bar, and of nothing else there', () => {
    const { token, shown } = openAt('/?view=1#token=abc-_123');
    expect([token.read(), shown()]).toEqual(['abc-_123', '/?view=1']);
  });

  it('is there after a reload and in another tab of this origin, and never in a cookie', () => {
    openAt('/#token=abc');
    const { token, shown } = openAt('/');
    expect([token.read(), shown(), document.cookie]).toEqual(['abc', '/', '']);
  });

  it('is none in a page that was opened without it', () => {
    expect(openAt('/').token.read()).toBeNull();
    expect(openAt('/#other=1').token.read()).toBeNull();
  });

  it('is replaced by the one of the next start, also in a page that is open', () => {
    const { token, changes, shown } = openAt('/#token=old');
    enterFragment('#token=new');
    expect([token.read(), changes, shown()]).toEqual(['new', ['new'], '/']);
    enterFragment('#elsewhere');
    expect([changes, shown()]).toEqual([['new'], '/#elsewhere']);
  });

  it('is heard of when another tab is given one', () => {
    const { changes } = openAt('/');
    localStorage.setItem('hopscope-token', 'from-there');
    events.dispatchEvent(new StorageEvent('storage', { key: 'hopscope-token' }));
    events.dispatchEvent(new StorageEvent('storage', { key: 'hopscope-color-scheme' }));
    expect(changes).toEqual(['from-there']);
  });

  it('lasts as long as the page where storage is refused', () => {
    localStorage.setItem('hopscope-token', 'old');
    const refused = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(openAt('/#token=abc').token.read()).toBe('abc');
    refused.mockRestore();
  });

  it('is none where storage cannot even be looked at', () => {
    const page = {
      get localStorage(): Storage {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    expect(openAt('/', page).token.read()).toBeNull();
  });
});
