import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import {
  bearsToken,
  createAccessToken,
  isLoopback,
  isOwnHost,
  isOwnOrigin,
  isSameSecret,
  offersToken,
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
});

describe('the subprotocols of a WebSocket', () => {
  it.each([
    ['hopscope, good', true],
    ['hopscope,good', true],
    ['hopscope, bad', false],
    ['hopscope, good, more', false],
    ['hopscope, bad, good', false],
    ['good, hopscope', false],
    ['other, good', false],
    ['hopscope', false],
    ['good', false],
    ['hopscope, ', false],
    ['', false],
    [undefined, false],
  ])('%j open the door: %j', (header, opens) => {
    expect(offersToken(header, 'good')).toBe(opens);
  });
});

describe('the Authorization header', () => {
  it.each([
    ['Bearer good', true],
    ['bearer good', true],
    ['Bearer bad', false],
    ['Bearer good more', false],
    ['Basic good', false],
    ['good', false],
    ['Bearer', false],
    ['', false],
    [undefined, false],
  ])('%j has the token: %j', (header, has) => {
    expect(bearsToken(header, 'good')).toBe(has);
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
