import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import {
  cookieValueFor,
  createAccessToken,
  hasCookie,
  isLoopback,
  isOwnHost,
  isOwnOrigin,
  isSameSecret,
  urlHost,
} from './access.ts';

describe('the access token', () => {
  it('has 256 bits, is fit for a URL as it is, and differs each time', () => {
    const random = new SeededRandom(7);
    const [first, second] = [createAccessToken(random), createAccessToken(random)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(first).not.toBe(second);
  });

  it('is told apart from another of any length', () => {
    expect([
      isSameSecret('abc', 'abc'),
      isSameSecret('abd', 'abc'),
      isSameSecret('', 'abc'),
      isSameSecret('abcd', 'abc'),
    ]).toEqual([true, false, false, false]);
  });

  it('cannot be read from its cookie, and another token has another cookie', () => {
    expect(cookieValueFor('abc')).not.toContain('abc');
    expect(cookieValueFor('abc')).toMatch(/^[\w-]{43}$/);
    expect(cookieValueFor('abc')).not.toBe(cookieValueFor('abd'));
  });
});

describe('the cookie header', () => {
  it.each([
    ['h-1=good', true],
    ['a=b; h-1=good; c=d', true],
    ['h-1=bad; h-1=good', true],
    ['h-1=bad', false],
    ['xh-1=good', false],
    ['h-1', false],
    ['h-1=', false],
    ['', false],
    [undefined, false],
  ])('%j opens the door: %j', (header, opens) => {
    expect(hasCookie(header, 'h-1', 'good')).toBe(opens);
  });
});

describe('the Host header', () => {
  it.each([
    // header, local address, bound to, expected
    ['127.0.0.1:7377', '127.0.0.1', '127.0.0.1', true],
    ['localhost:7377', '127.0.0.1', '127.0.0.1', true],
    ['LOCALHOST:7377', '127.0.0.1', '127.0.0.1', true],
    ['[::1]:7377', '::1', '::1', true],
    ['localhost:7377', '::1', '::1', true],
    ['127.0.0.1:7377', '::ffff:127.0.0.1', '::', true],
    ['192.0.2.7:7377', '192.0.2.7', '0.0.0.0', true],
    ['probe-box:7377', '192.0.2.7', 'probe-box', true],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', false],
    ['127.0.0.1:80', '127.0.0.1', '127.0.0.1', false],
    ['localhost:7377', '192.0.2.7', '0.0.0.0', false],
    ['evil.example:7377', '127.0.0.1', '127.0.0.1', false],
    ['127.0.0.1.evil.example:7377', '127.0.0.1', '127.0.0.1', false],
    ['127.0.0.1:7377.evil.example', '127.0.0.1', '127.0.0.1', false],
    ['', '127.0.0.1', '127.0.0.1', false],
    [undefined, '127.0.0.1', '127.0.0.1', false],
  ])('%j on a connection to %s of a host bound to %s is ours: %j', (header, localAddress, boundHost, own) => {
    expect(isOwnHost(header, localAddress, boundHost, 7377)).toBe(own);
  });

  it('may leave the port out when it is the port of http', () => {
    expect([
      isOwnHost('127.0.0.1', '127.0.0.1', '127.0.0.1', 80),
      isOwnHost('evil.example', '127.0.0.1', '127.0.0.1', 80),
    ]).toEqual([true, false]);
  });
});

describe('the Origin header', () => {
  it.each([
    ['http://127.0.0.1:7377', true],
    ['https://127.0.0.1:7377', false],
    ['http://127.0.0.1:7378', false],
    ['http://evil.example', false],
    ['null', false],
    [undefined, false],
  ])('%j is ours: %j', (origin, own) => {
    expect(isOwnOrigin(origin, '127.0.0.1:7377')).toBe(own);
  });
});

describe('an address', () => {
  it('is loopback in 127.0.0.0/8 and at ::1, also as IPv4 in IPv6', () => {
    expect(
      ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '128.0.0.1', '::2', '0.0.0.0'].map(isLoopback),
    ).toEqual([true, true, true, true, false, false, false]);
  });

  it('is written in a URL with brackets when it is IPv6', () => {
    expect(['127.0.0.1', '::1', '::ffff:192.0.2.1', 'Probe-Box'].map(urlHost)).toEqual([
      '127.0.0.1',
      '[::1]',
      '192.0.2.1',
      'probe-box',
    ]);
  });
});
