import { describe, expect, it } from 'vitest';
import { DEFAULT_TYPED, readExchange, restoreTyped, type TypedExchange } from './exchange-form.ts';

const TYPED: TypedExchange = { ...DEFAULT_TYPED, destination: '192.0.2.7' };

/** What is told of each field that is wrong. */
function problemsOf(more: Partial<TypedExchange>) {
  const read = readExchange({ ...TYPED, ...more });
  return read.ok ? {} : read.problems;
}

function argsOf(more: Partial<TypedExchange>) {
  const read = readExchange({ ...TYPED, ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.args;
}

describe('the form of an exchange', () => {
  it('has the defaults of the classes', () => {
    expect(argsOf({})).toEqual({
      destination: '192.0.2.7',
      id: null,
      sequence: 1,
      payload: { kind: 'random', payloadSize: 56 },
      ttl: 64,
      trafficClass: 0,
      family: null,
      privileged: false,
      source: null,
      interfaceName: null,
      dontFragment: null,
      broadcast: false,
      timeoutMs: 2_000,
      receive: 'first',
      count: 1,
      intervalMs: 1_000,
    });
  });

  it('tells each field that is wrong what is allowed there', () => {
    expect(
      problemsOf({
        destination: ' ',
        id: '65536',
        sequence: '-1',
        payloadSize: '65528',
        ttl: '0',
        trafficClass: '1.5',
        source: 'eth0',
        timeout: '61',
        count: '101',
        interval: 'soon',
      }),
    ).toEqual({
      destination: 'Type an address or a name, such as 192.0.2.1.',
      id: 'A whole number from 0 to 65,535.',
      sequence: 'A whole number from 0 to 65,535.',
      payloadSize: 'A whole number from 0 to 65,527.',
      ttl: 'A whole number from 1 to 255.',
      trafficClass: 'A whole number from 0 to 255.',
      source: 'A numeric address of this machine, such as 192.0.2.2, or nothing.',
      timeout: 'A number of seconds from 0 to 60.',
      count: 'A whole number from 1 to 100.',
      interval: 'A number of seconds from 0.01 to 10.',
    });
  });

  it('takes numbers as hexadecimal too, and seconds with a point or a comma', () => {
    expect(argsOf({ id: '0xbeef', trafficClass: '0xB8', timeout: '0.5', interval: '0,25' })).toMatchObject({
      id: 0xbeef,
      trafficClass: 184,
      timeoutMs: 500,
      intervalMs: 250,
    });
  });

  it('makes bytes of text and of hexadecimal digits', () => {
    expect(argsOf({ payloadKind: 'text', payloadText: 'é!' }).payload).toEqual({ kind: 'bytes', hex: 'c3a921' });
    expect(argsOf({ payloadKind: 'hex', payloadHex: 'DE ad:be\nef' }).payload).toEqual({
      kind: 'bytes',
      hex: 'deadbeef',
    });
    expect(problemsOf({ payloadKind: 'hex', payloadHex: 'abc' })).toEqual({
      payloadHex: 'Two digits for each byte: one is missing.',
    });
    expect(problemsOf({ payloadKind: 'hex', payloadHex: 'xy' })).toEqual({
      payloadHex: 'Only 0 to 9, a to f and spaces.',
    });
  });

  it('asks nothing of a field that is not shown', () => {
    expect(problemsOf({ payloadKind: 'text', payloadSize: 'many' })).toEqual({});
  });

  it('wants addresses of one family, and no broadcast over IPv6', () => {
    expect(problemsOf({ family: '6' })).toEqual({ destination: 'This is an IPv4 address; the socket is to be IPv6.' });
    expect(problemsOf({ source: '2001:db8::1' })).toEqual({
      source: 'This is an IPv6 address; the socket is to be IPv4.',
    });
    expect(problemsOf({ destination: 'ff02::1%eth0', broadcast: true })).toHaveProperty('broadcast');
  });

  it('is remembered, but for what no field could hold', () => {
    const stored = { ...TYPED, ttl: '3', receive: 'nothing', broadcast: 'yes' };
    expect(restoreTyped(JSON.stringify(stored))).toEqual({ ...TYPED, ttl: '3' });
    expect([restoreTyped(''), restoreTyped('[]'), restoreTyped('null')]).toEqual(Array(3).fill(DEFAULT_TYPED));
  });
});
