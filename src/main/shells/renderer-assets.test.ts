import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../base/random.ts';
import { loadRendererAssets, type RendererAssets } from './renderer-assets.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hopscope-assets-'));
  mkdirSync(join(directory, 'renderer/assets'), { recursive: true });
  writeFileSync(join(directory, 'secret.txt'), 'outside');
  writeFileSync(join(directory, 'renderer/index.html'), '<!doctype html><html><head><title>x</title></head></html>');
  writeFileSync(join(directory, 'renderer/assets/index-abc.js'), 'export {};');
  symlinkSync(join(directory, 'secret.txt'), join(directory, 'renderer/link.txt'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function load(): RendererAssets {
  const assets = loadRendererAssets({ random: new SeededRandom(1) }, join(directory, 'renderer'));
  if (assets === null) throw new Error('the page was not found');
  return assets;
}

describe('the built renderer as it is served', () => {
  it('gives the page under / with a policy that names the nonce in it, another one each time', () => {
    const assets = load();
    const nonces = [1, 2].map(() => {
      const answer = assets.respond('GET', '/', "'self'");
      const nonce = /<head><meta property="csp-nonce" nonce="([^"]+)">/.exec(
        Buffer.from(answer.body ?? []).toString(),
      )?.[1];
      expect(answer.headers['Content-Security-Policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; ` +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(Buffer.from(nonce ?? '', 'base64')).toHaveLength(16);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('lets a file whose name carries its hash be kept, and the page not', () => {
    const assets = load();
    const script = assets.respond('GET', '/assets/index-abc.js', "'self'");
    expect({
      status: script.status,
      type: script.headers['Content-Type'],
      cache: script.headers['Cache-Control'],
    }).toEqual({
      status: 200,
      type: 'text/javascript; charset=utf-8',
      cache: 'private, max-age=31536000, immutable',
    });
    expect(assets.respond('GET', '/', "'self'").headers['Cache-Control']).toBe('no-store');
  });

  it('answers HEAD with the headers of GET and no body', () => {
    const assets = load();
    const got = assets.respond('GET', '/assets/index-abc.js', "'self'");
    expect(assets.respond('HEAD', '/assets/index-abc.js', "'self'")).toEqual({ ...got, body: null });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets',
    '/assets/',
    '/assets/index-abc.js\0.html',
    '/link.txt',
    '/__proto__',
    '',
  ])('has nothing under %j', (pathname) => {
    expect(load().respond('GET', pathname, "'self'")).toMatchObject({ status: 404, body: null });
  });

  it('refuses every method but GET and HEAD', () => {
    expect(load().respond('POST', '/', "'self'")).toMatchObject({
      status: 405,
      headers: { Allow: 'GET, HEAD' },
      body: null,
    });
  });

  it('sends the protective headers with every answer', () => {
    const assets = load();
    for (const answer of [
      assets.respond('GET', '/', ''),
      assets.respond('GET', '/none', ''),
      assets.respond('PUT', '/', ''),
    ]) {
      expect(answer.headers).toMatchObject({
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
      });
    }
  });

  it('is not there when nothing was built', () => {
    expect(loadRendererAssets({ random: new SeededRandom(1) }, join(directory, 'nowhere'))).toBeNull();
    expect(loadRendererAssets({ random: new SeededRandom(1) }, join(directory, 'renderer/assets'))).toBeNull();
  });
});
