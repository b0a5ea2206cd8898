import { describe, expect, it } from 'vitest';
import { ICMPRequest, type ICMPv4Socket } from '../../src/main/icmp.ts';
import { inject, injectMeanwhile } from '../lab/inject.ts';
import {
  blockThread,
  durationOf,
  echo,
  ipv4Modes,
  type Mode,
  modes,
  neighbours,
  nextId,
  openSocket,
  pick,
  silent,
  target,
  thrownBy,
} from './icmp-modes.ts';
import { icmp4, icmp6, icmpMessage } from './icmp-packets.ts';

/** An echo reply from the loopback to itself. */
function strayReply({ family, echoReply }: Mode, id: number, sequence: number): Buffer {
  const message = icmpMessage(echoReply, 0, id, sequence, Buffer.alloc(56));
  return family === 4 ? icmp4('127.0.0.1', '127.0.0.1', message) : icmp6('::1', '::1', message);
}

describe.each(modes)('receive ($name)', (mode) => {
  /** Sends a request that nobody answers. */
  function sendIntoSilence(socket: ReturnType<typeof openSocket>): ICMPRequest {
    const request = new ICMPRequest(pick(mode, silent), nextId(), 1);
    socket.send(request);
    return request;
  }

  it('46. waits 2 seconds unless told otherwise', () => {
    using socket = openSocket(mode);
    const request = sendIntoSilence(socket);
    const duration = durationOf(() =>
      expect(thrownBy(() => socket.receive(request))).toMatchObject({
        name: 'TimeoutExceeded',
        message: 'The timeout has been reached (2s)',
      }),
    );
    expect(duration).toBeGreaterThanOrEqual(2_000);
    expect(duration).toBeLessThan(2_200);
  });

  it('47. the timeout may be a fraction', () => {
    using socket = openSocket(mode);
    const request = sendIntoSilence(socket);
    const duration = durationOf(() =>
      expect(thrownBy(() => socket.receive(request, 0.3))).toMatchObject({
        message: 'The timeout has been reached (0.3s)',
      }),
    );
    expect(duration).toBeGreaterThanOrEqual(300);
    expect(duration).toBeLessThan(350);
  });

  it('48. timeout 0 returns what waits and else is exceeded at once; what is no duration is refused', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    socket.send(request);
    blockThread(50);
    expect(socket.receive(request, 0).sequence).toBe(1);
    expect(thrownBy(() => socket.receive(request, 0))).toMatchObject({
      name: 'TimeoutExceeded',
      message: 'The timeout has been reached (0s)',
    });
    expect(thrownBy(() => socket.receive(request, -1))).toBeInstanceOf(RangeError);
    for (const timeout of [Number.NaN, null as unknown as number, '1' as unknown as number]) {
      expect(thrownBy(() => socket.receive(request, timeout))).toBeInstanceOf(TypeError);
    }
  });

  it('49. foreign packets do not lengthen the wait', async () => {
    using socket = openSocket(mode);
    const request = sendIntoSilence(socket);
    const stray = strayReply(mode, request.id, request.sequence + 1);
    const injection = injectMeanwhile({ waitMs: 800 }, stray);
    const duration = durationOf(() => thrownBy(() => socket.receive(request, 1)));
    await injection;
    expect(duration).toBeGreaterThanOrEqual(1_000);
    expect(duration).toBeLessThan(1_050);
    // It did arrive.
    expect(socket.receive(null, 0.5).sequence).toBe(request.sequence + 1);
  });

  it('50. an echo reply tells source, family, type, code, id, sequence and size', () => {
    using socket = openSocket(mode);
    const { request, reply } = echo(socket, mode.loopback);
    const { source, family, type, code, id, sequence, bytesReceived, ttl, localAddress } = reply;
    expect({ source, family, type, code, id, sequence, bytesReceived, ttl, localAddress }).toEqual({
      source: mode.loopback,
      family: mode.family,
      type: mode.echoReply,
      code: 0,
      id: request.id,
      sequence: 1,
      bytesReceived: 64,
      // What a Linux host gives its own packets.
      ttl: 64,
      localAddress: mode.loopback,
    });
    expect(reply.payload).toEqual(request.payload);
  });

  it('50. an echo reply has the traffic class of its request, as the kernel answers', () => {
    using socket = openSocket(mode);
    expect(echo(socket, mode.loopback, { trafficClass: 184 }).reply.trafficClass).toBe(184);
  });

  it('51. the family of a reply is readable', () => {
    using socket = openSocket(mode);
    expect(echo(socket, mode.loopback).reply.family).toBe(mode.family);
  });

  it('52. reply.time − request.time is a plausible round trip', () => {
    using socket = openSocket(mode);
    const { request, reply } = echo(socket, mode.loopback);
    expect(reply.time - request.time).toBeGreaterThan(0);
    expect(reply.time - request.time).toBeLessThan(0.05);
    // Epoch seconds in a double are good to a quarter of a microsecond.
    expect(Math.abs((reply.time - request.time) * 1_000 - (reply.rtt ?? Number.NaN))).toBeLessThan(0.001);
  });

  it('53. a reply read half a second late has the same round trip', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    socket.send(request);
    blockThread(500);
    expect(socket.receive(request).time - request.time).toBeLessThan(0.05);
  });

  it('56. receive without a request returns any ICMP packet, but never our own echo request', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    socket.send(request);
    const expired = new ICMPRequest(pick(mode, target), nextId(), 2, { ttl: 1 });
    socket.send(expired);
    inject(strayReply(mode, request.id, 0x7777));
    const received = [1, 2, 3].map(() => socket.receive());
    const timeExceeded = mode.family === 4 ? 11 : 3;
    expect(received.map(({ type, sequence }) => [sequence, type]).sort()).toEqual(
      [
        [1, mode.echoReply],
        [2, timeExceeded],
        [0x7777, mode.echoReply],
      ].sort(),
    );
    expect(thrownBy(() => socket.receive(null, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('57. a wrong id or a wrong sequence is not returned to receive(request)', () => {
    using socket = openSocket(mode);
    const request = sendIntoSilence(socket);
    inject(strayReply(mode, request.id, request.sequence + 1), strayReply(mode, request.id ^ 1, request.sequence));
    expect(thrownBy(() => socket.receive(request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('65. a reply of 2008 bytes is received whole', () => {
    using socket = openSocket(mode);
    expect(echo(socket, mode.loopback, { payloadSize: 2_000 }).reply.bytesReceived).toBe(2_008);
  });

  it('66. receive on a closed socket is a SocketUnavailableError', () => {
    const socket = openSocket(mode);
    socket.close();
    expect(thrownBy(() => socket.receive())).toMatchObject({
      name: 'SocketUnavailableError',
      message: 'The socket can no longer be used after its closure',
    });
  });

  it('67. two receives for different requests succeed in any order', () => {
    using socket = openSocket(mode);
    const [first, second] = [1, 2].map((sequence) => new ICMPRequest(mode.loopback, nextId(), sequence));
    for (const request of [first, second]) socket.send(request as ICMPRequest);
    blockThread(50);
    expect([second, first].map((request) => socket.receive(request, 0.5).sequence)).toEqual([2, 1]);
  });
});

it.each(ipv4Modes)('63. a broadcast is answered by every host, one receive each ($name)', (mode) => {
  using socket = openSocket(mode) as ICMPv4Socket;
  socket.broadcast = true;
  const request = new ICMPRequest(neighbours.broadcast, nextId(), 1);
  socket.send(request);
  const replies = [socket.receive(request), socket.receive(request)];
  expect(replies.map(({ source }) => source).sort()).toEqual(neighbours.hosts.map(({ v4 }) => v4));
  expect(replies.map(({ isDuplicate }) => isDuplicate)).toEqual([false, false]);
  expect(thrownBy(() => socket.receive(request, 0.3))).toMatchObject({ name: 'TimeoutExceeded' });
});
