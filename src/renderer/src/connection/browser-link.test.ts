import { describe, expect, it } from 'vitest';
import { openBrowserLink } from './browser-link.ts';
import type { SocketLike } from './web-socket-link.ts';

/** A host with a secret: its WebSockets open with that, and so does its question. Unreachable, it does nothing. */
function setUp(given: string | null, host: { secret: string; isReachable: boolean } | null) {
  const offered: string[][] = [];
  const asked: string[] = [];
  const held = { current: given };
  const deps = {
    token: { read: () => held.current },
    openSocket: (protocols: string[]) => {
      offered.push(protocols);
      const socket = Object.assign(new EventTarget(), { readyState: 0, bufferedAmount: 0, send() {}, close() {} });
      const opens = host?.isReachable === true && protocols[1] === host.secret;
      queueMicrotask(() => socket.dispatchEvent(new Event(opens ? 'open' : 'close')));
      return socket as unknown as SocketLike;
    },
    fetch: (async (path: string, { headers }: { headers: { Authorization: string } }) => {
      asked.push(`${path} ${headers.Authorization}`);
      if (host?.isReachable !== true) throw new TypeError('Failed to fetch');
      return new Response(null, { status: headers.Authorization === `Bearer ${host.secret}` ? 204 : 403 });
    }) as unknown as typeof fetch,
  };
  return { deps, offered, asked, held, open: () => openBrowserLink(deps) };
}

describe('the link of a page in a browser', () => {
  it('is opened with the token as the second subprotocol, behind our own', async () => {
    const { open, offered, asked } = setUp('abc', { secret: 'abc', isReachable: true });
    expect(await open()).toMatchObject({ send: expect.any(Function) });
    expect([offered, asked]).toEqual([[['hopscope', 'abc']], []]);
  });

  it.each([
    ['no token', null],
    ['a token that no host makes', 'a b'],
    ['an empty token', ''],
  ])('is refused with %s, and nothing is sent anywhere', async (_case, given) => {
    const { open, offered, asked } = setUp(given, { secret: 'abc', isReachable: true });
    expect([await open(), offered, asked]).toEqual(['refused', [], []]);
  });

  it('is refused with the token of an earlier start', async () => {
    const { open, asked } = setUp('old', { secret: 'abc', isReachable: true });
    expect([await open(), asked]).toEqual(['refused', ['/link Bearer old']]);
  });

  it('is opened all the same when the right token was put there meanwhile', async () => {
    const { open, offered, held } = setUp('old', { secret: 'abc', isReachable: true });
    const opening = open();
    held.current = 'abc';
    expect(await opening).toMatchObject({ send: expect.any(Function) });
    expect(offered.map(([, token]) => token)).toEqual(['old', 'abc']);
  });

  it('is not to be had, but not refused either, while the host is away or has no room', async () => {
    expect(await setUp('abc', null).open()).toBeNull();
    const { deps } = setUp('abc', null);
    const full = (async () => new Response(null, { status: 204 })) as unknown as typeof fetch;
    expect(await openBrowserLink({ ...deps, fetch: full })).toBeNull();
  });
});
