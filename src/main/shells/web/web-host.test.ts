import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestHost, type TestHost, TOKEN } from './test-host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await startTestHost();
});
afterEach(() => host[Symbol.asyncDispose]());

describe('the browser host over HTTP', () => {
  it('serves the page and its files to everybody who reaches it, without a cookie, a token or a share for other origins', async () => {
    const page = await host.get('/');
    expect({ status: page.status, isPage: page.body.includes('the page') }).toEqual({ status: 200, isPage: true });
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect((await host.get('/index.html')).status).toBe(200);
    for (const path of ['/', '/index.html', `/?token=${TOKEN}`]) {
      const { headers, body } = await host.get(path);
      expect([headers['set-cookie'], headers.location, body.includes(TOKEN)]).toEqual([undefined, undefined, false]);
    }
  });

  it.each([
    ['the right token', `Bearer ${TOKEN}`, 204],
    ['a wrong token', 'Bearer wrong', 403],
    ['an empty token', 'Bearer ', 403],
    ['no token', '', 403],
  ])('says to a page with %s whether that is why its WebSocket was refused', async (_case, authorization, status) => {
    const answer = await host.get('/link', { Authorization: authorization });
    expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-store']);
    expect(answer.body.includes('open the URL printed in the terminal')).toBe(status === 403);
  });

  it('refuses a foreign Host even with the token, so that a rebound name reads nothing', async () => {
    const headers = { Host: `evil.example:${host.port}`, Authorization: `Bearer ${TOKEN}` };
    expect((await host.get('/', headers)).status).toBe(421);
    expect((await host.get('/link', headers)).status).toBe(421);
  });

  it('is reached as localhost too', async () => {
    expect((await host.get('/', { Host: `localhost:${host.port}` })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not answer %s', async (method) => {
    const answer = await host.get('/', {}, method);
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  it.each(['/../../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd'])(
    'serves no file outside the renderer: %s',
    async (path) => {
      expect((await host.get(path)).status).toBe(404);
    },
  );

  it('refuses a request for an absolute URL, as a proxy would get it', async () => {
    expect((await host.get('http://evil.example/')).status).toBe(400);
  });
});

describe('the life of the browser host', () => {
  it('prints a URL with its token, and says that only this machine reaches it', () => {
    expect({ url: host.running.url, isLoopback: host.running.isLoopback }).toEqual({
      url: `http://127.0.0.1:${host.port}/#token=${TOKEN}`,
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
