import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { loadRendererAssets, type RendererAssets } from '../renderer-assets.ts';
import { APP_SCHEME, APP_URL, isAppUrl, serveApp } from './app-protocol.ts';

let directory = '';
let handler: (request: Request) => Response | Promise<Response>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hopscope-app-'));
  writeFileSync(join(directory, 'index.html'), '<html><head></head><body>the page</body></html>');
  const assets = loadRendererAssets({ random: new SeededRandom(1) }, directory) as RendererAssets;
  serveApp(
    {
      handle: (scheme, given) => {
        expect(scheme).toBe('app');
        handler = given;
      },
    },
    assets,
  );
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the app scheme', () => {
  it('is standard and secure, and bypasses nothing', () => {
    expect(APP_SCHEME).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });

  it('serves the page with its policy, which lets it connect to nothing', async () => {
    const response = await handler(new Request(APP_URL));
    expect({ status: response.status, isPage: (await response.text()).includes('the page') }).toEqual({
      status: 200,
      isPage: true,
    });
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';.* connect-src 'none';/);
  });

  it.each(['app://bundle/../../etc/passwd', 'app://bundle/%2e%2e/x', 'app://other/', 'app://bundle.evil/'])(
    'has nothing at %s',
    async (url) => {
      expect((await handler(new Request(url))).status).toBe(404);
    },
  );

  it('answers GET and HEAD only', async () => {
    expect((await handler(new Request(APP_URL, { method: 'POST', body: 'x' }))).status).toBe(405);
    const head = await handler(new Request(APP_URL, { method: 'HEAD' }));
    expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' });
  });
});

describe('an address', () => {
  it.each([
    ['app://bundle/', true],
    ['app://bundle/index.html?x#y', true],
    ['app://bundle', true],
    ['app://bundle.evil.example/', false],
    ['app://evil/bundle', false],
    ['app://user@bundle.evil/', false],
    ['https://bundle/', false],
    ['file:///bundle/index.html', false],
    ['about:blank', false],
    ['null', false],
    ['', false],
  ])('%j is the app’s own: %j', (url, own) => {
    expect(isAppUrl(url)).toBe(own);
  });
});
