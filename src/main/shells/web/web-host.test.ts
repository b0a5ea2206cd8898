import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestHost, type TestHost, TOKEN } from './test-host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startTestHost();
});
afterEach(() => host[Symbol.asyncDispose]());

describe('the browser host over HTTP', () => {
  it('exchanges the token for a strict cookie, moves on to the bare address, and then serves the page', async () => {
    const first = await host.get(`/?token=${TOKEN}`);
    expect({ status: first.status, location: first.headers.location }).toEqual({ status: 303, location: '/' });
    expect(first.headers['set-cookie']?.[0]).toMatch(/^hopscope-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const page = await host.get('/', { Cookie: host.cookie });
    expect({ status: page.status, isPage: page.body.includes('the page') }).toEqual({ status: 200, isPage: true });
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('goes on from a page of its own when another site started the visit, since a redirect would lose the cookie', async () => {
    const first = await host.get(`/?token=${TOKEN}`, { 'Sec-Fetch-Site': 'cross-site' });
    expect({ status: first.status, goesOn: first.body.includes('http-equiv="refresh" content="0; url=/"') }).toEqual({
      status: 200,
      goesOn: true,
    });
    expect(first.headers['set-cookie']?.[0]).toContain(host.cookie);
  });

  it.each([
    ['no token and no cookie', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['an empty token', '/?token=', {}],
    ['a wrong cookie', '/', { Cookie: 'hopscope-1=x' }],
    ['a file without the cookie', '/index.html', {}],
  ])('tells a visitor with %s to open the printed URL', async (_case, path, headers) => {
    const answer = await host.get(path, headers as Record<string, string>);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('open the URL printed in the terminal');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('does not take the wrong token from one who has the cookie either', async () => {
    expect((await host.get('/?token=wrong', { Cookie: host.cookie })).status).toBe(403);
  });

  it('refuses a foreign Host even with the token, so that a rebound name reads nothing', async () => {
    const answer = await host.get(`/?token=${TOKEN}`, { Host: `evil.example:${host.port}`, Cookie: host.cookie });
    expect({ status: answer.status, cookie: answer.headers['set-cookie'] }).toEqual({ status: 421, cookie: undefined });
  });

  it('is reached as localhost too', async () => {
    expect((await host.get('/', { Host: `localhost:${host.port}`, Cookie: host.cookie })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not answer %s', async (method) => {
    const answer = await host.get('/', { Cookie: host.cookie }, method);
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  it.each(['/../../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd'])(
    'serves no file outside the renderer: %s',
    async (path) => {
      expect((await host.get(path, { Cookie: host.cookie })).status).toBe(404);
    },
  );

  it('refuses a request for an absolute URL, as a proxy would get it', async () => {
    expect((await host.get('http://evil.example/', { Cookie: host.cookie })).status).toBe(400);
  });
});

describe('the life of the browser host', () => {
  it('prints a URL with its token, and says that only this machine reaches it', () => {
    expect({ url: host.running.url, isLoopback: host.running.isLoopback }).toEqual({
      url: `http://127.0.0.1:${host.port}/?token=${TOKEN}`,
      isLoopback: true,
    });
  });

  it('fails with the port when that is taken, and takes any other when it may', async () => {
    expect(await host.startAnother({ port: host.port })).toEqual({
      ok: false,
      failure: { kind: 'port-in-use', host: '127.0.0.1', port: host.port },
    });
    const other = await host.startAnother({ port: host.port, isPortNegotiable: true });
    expect(other).toMatchObject({ ok: true });
    if (!other.ok) return;
    expect(other.value.port).not.toBe(host.port);
    await other.value.close();
  });

  it('fails with the host when that is not of this machine', async () => {
    // 192.0.2.0/24 is for documentation (RFC 5737): no machine has an address in it.
    const started = await host.startAnother({ host: '192.0.2.1' });
    expect(started).toEqual({ ok: false, failure: { kind: 'host-not-local', host: '192.0.2.1' } });
  });

  it('fails with the directory when the renderer was not built', async () => {
    const started = await host.startAnother({ rendererDirectory: join(host.directory, 'none') });
    expect(started).toEqual({
      ok: false,
      failure: { kind: 'renderer-not-built', directory: join(host.directory, 'none') },
    });
  });

  it('says goodbye to its pages when it closes, and frees the port', async () => {
    const { closed } = await host.join();
    await host.running.close();
    expect(await closed).toBe(1001);
    await expect(host.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
