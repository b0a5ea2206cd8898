import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AsyncSocket, ICMPRequest, type ICMPv4Socket } from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';
import { inject, injectMeanwhile } from '../lab/inject.ts';
import {
  blockThread,
  echo,
  ipv4Modes,
  ipv6Modes,
  modes,
  nextId,
  openSocket,
  pick,
  rejectionOf,
  silent,
  thrownBy,
} from './icmp-modes.ts';
import { icmp4, icmp6, icmpMessage } from './icmp-packets.ts';

const UNAVAILABLE = {
  name: 'SocketUnavailableError',
  message: 'The socket can no longer be used after its closure',
};

describe.each(modes)('AsyncSocket ($name)', (mode) => {
  function silentRequest(): ICMPRequest {
    return new ICMPRequest(pick(mode, silent), nextId(), 1);
  }

  function loopbackRequest(sequence = 1): ICMPRequest {
    return new ICMPRequest(mode.loopback, nextId(), sequence);
  }

  it('82. receive is a promise and leaves the event loop free', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const request = silentRequest();
    socket.send(request);
    let ticks = 0;
    const ticker = setInterval(() => ticks++, 10);
    const start = performance.now();
    const promise = socket.receive(request, 1);
    expect(promise).toBeInstanceOf(Promise);
    expect(await rejectionOf(promise)).toMatchObject({ name: 'TimeoutExceeded' });
    clearInterval(ticker);
    expect(performance.now() - start).toBeGreaterThanOrEqual(999);
    expect(ticks).toBeGreaterThan(50);
  });

  it('82. waits 2 seconds unless told otherwise', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const start = performance.now();
    expect(await rejectionOf(socket.receive(silentRequest()))).toMatchObject({
      message: 'The timeout has been reached (2s)',
    });
    expect(performance.now() - start).toBeGreaterThanOrEqual(1_999);
  });

  it('83. gives the same errors as the synchronous socket', async () => {
    const socket = new AsyncSocket(openSocket(mode));
    expect(await rejectionOf(socket.receive(null, 0))).toMatchObject({
      name: 'TimeoutExceeded',
      message: 'The timeout has been reached (0s)',
    });
    expect(await rejectionOf(socket.receive(null, -1))).toBeInstanceOf(RangeError);
    expect(await rejectionOf(socket.receive(null, Number.NaN))).toBeInstanceOf(TypeError);
    const unroutable = new ICMPRequest(pick(mode, addresses.noRoute), nextId(), 1);
    expect(thrownBy(() => socket.send(unroutable))).toMatchObject({ name: 'ICMPSocketError', code: 'ENETUNREACH' });
    socket.close();
    expect(await rejectionOf(socket.receive())).toMatchObject(UNAVAILABLE);
    expect(thrownBy(() => socket.send(loopbackRequest()))).toMatchObject(UNAVAILABLE);
  });

  it('84. a reply has its source', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const request = loopbackRequest();
    socket.send(request);
    expect((await socket.receive(request)).source).toBe(mode.loopback);
  });

  it('55. a reply that arrived in time is returned though the event loop was blocked past the deadline', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const request = loopbackRequest();
    socket.send(request);
    const promise = socket.receive(request, 0.1);
    blockThread(300);
    const reply = await promise;
    expect(reply.time - request.time).toBeLessThan(0.05);
  });

  it('55. a reply that arrived after the deadline is not, though it is read at the same moment', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const request = silentRequest();
    socket.send(request);
    const message = icmpMessage(mode.echoReply, 0, request.id, 1, Buffer.alloc(56));
    const reply = mode.family === 4 ? icmp4(silent.v4, '127.0.0.1', message) : icmp6(silent.v6, '::1', message);
    const injection = injectMeanwhile({ waitMs: 300 }, reply);
    const promise = rejectionOf(socket.receive(request, 0.1));
    blockThread(600);
    expect(await promise).toMatchObject({ name: 'TimeoutExceeded' });
    await injection;
    // Late replies are not lost: the next receive gets them.
    expect((await socket.receive(request, 0.5)).source).toBe(pick(mode, silent));
  });

  it('85. detach gives the very socket back, which then works as before', async () => {
    const inner = openSocket(mode);
    const socket = new AsyncSocket(inner);
    const pending = rejectionOf(socket.receive(silentRequest()));
    expect(socket.detach()).toBe(inner);
    expect(await pending).toMatchObject(UNAVAILABLE);
    expect([socket.isClosed, inner.isClosed]).toEqual([true, false]);
    expect(echo(inner, mode.loopback).reply.source).toBe(mode.loopback);
    expect(socket.detach()).toBeNull();
    expect(thrownBy(() => socket.address)).toMatchObject(UNAVAILABLE);
    expect(thrownBy(() => socket.send(loopbackRequest()))).toMatchObject(UNAVAILABLE);
    expect(await rejectionOf(socket.receive())).toMatchObject(UNAVAILABLE);
    socket.close();
    expect(inner.isClosed).toBe(false);
    inner.close();
  });

  it('86. close closes wrapper and socket', () => {
    const inner = openSocket(mode);
    const socket = new AsyncSocket(inner);
    socket.close();
    socket.close();
    expect([socket.isClosed, inner.isClosed]).toEqual([true, true]);
  });

  it('87. isClosed becomes true when the socket is closed directly, and what waits ends', async () => {
    const inner = openSocket(mode);
    const socket = new AsyncSocket(inner);
    const pending = rejectionOf(socket.receive());
    inner.close();
    expect(socket.isClosed).toBe(true);
    expect(await pending).toMatchObject(UNAVAILABLE);
    expect(thrownBy(() => new AsyncSocket(inner))).toMatchObject(UNAVAILABLE);
  });

  it('88. blocking can be set through the wrapper', () => {
    const inner = openSocket(mode);
    using socket = new AsyncSocket(inner);
    expect(socket.blocking).toBe(false);
    socket.blocking = true;
    expect([socket.blocking, inner.blocking]).toEqual([true, true]);
  });

  it('89. 100 receives at once each get their own reply', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const requests = Array.from({ length: 100 }, (_, sequence) => loopbackRequest(sequence));
    const promises = requests.map((request) => socket.receive(request, 1));
    for (const request of requests.toReversed()) socket.send(request);
    const replies = await Promise.all(promises);
    expect(replies.map(({ sequence }) => sequence)).toEqual(requests.map(({ sequence }) => sequence));
  });

  it('66. 90. close while receiving rejects at once and releases the descriptor', async () => {
    const openDescriptors = () => readdirSync('/proc/self/fd').length;
    // The first socket of all makes what every later one shares.
    openSocket(mode).close();
    const before = openDescriptors();
    const socket = new AsyncSocket(openSocket(mode));
    const pending = [socket.receive(silentRequest()), socket.receive()].map(rejectionOf);
    await sleep(20);
    expect(openDescriptors()).toBeGreaterThan(before);
    const start = performance.now();
    socket.close();
    expect(await Promise.all(pending)).toMatchObject([UNAVAILABLE, UNAVAILABLE]);
    expect(performance.now() - start).toBeLessThan(50);
    expect(openDescriptors()).toBeLessThanOrEqual(before);
  });

  it('90. an abort rejects with its reason and leaves the socket usable', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const controller = new AbortController();
    const pending = rejectionOf(socket.receive(silentRequest(), 2, { signal: controller.signal }));
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    expect(await pending).toBe(reason);
    expect(await rejectionOf(socket.receive(null, 2, { signal: controller.signal }))).toBe(reason);
    const request = loopbackRequest();
    socket.send(request);
    expect((await socket.receive(request)).sequence).toBe(1);
  });

  it('67. the receive that named the request has precedence over one that takes anything', async () => {
    using socket = new AsyncSocket(openSocket(mode));
    const request = loopbackRequest(5);
    const any = socket.receive(null, 1);
    const own = socket.receive(request, 1);
    socket.send(request);
    expect((await own).sequence).toBe(5);
    const message = icmpMessage(mode.echoReply, 0, request.id, 6);
    inject(mode.family === 4 ? icmp4('127.0.0.1', '127.0.0.1', message) : icmp6('::1', '::1', message));
    expect((await any).sequence).toBe(6);
  });
});

it.each(ipv4Modes)('88. broadcast can be set through the wrapper ($name)', (mode) => {
  const inner = openSocket(mode) as ICMPv4Socket;
  using socket = new AsyncSocket(inner);
  socket.broadcast = true;
  expect([socket.broadcast, inner.broadcast]).toEqual([true, true]);
});

it.each(ipv6Modes)('20. the wrapper of an ICMPv6 socket has no broadcast either ($name)', (mode) => {
  using socket = new AsyncSocket(openSocket(mode));
  expect(thrownBy(() => socket.broadcast)).toBeInstanceOf(TypeError);
});
