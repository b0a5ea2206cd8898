import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { multiping, NameLookupError, ping, traceroute } from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';
import { inject } from '../lab/inject.ts';
import { withFirewall } from '../lab/lab.ts';
import { firstRouter, modes, pick, rejectionOf, secondRouter, silent, target } from './icmp-modes.ts';
import { icmp4, icmpMessage } from './icmp-packets.ts';

const quick = { interval: 0.01, timeout: 0.3 };

describe.each(modes)('ping ($name)', (mode) => {
  const { privileged } = mode;

  it('measures a host that answers', async () => {
    const host = await ping(mode.loopback, { ...quick, privileged });
    expect(host).toMatchObject({
      address: mode.loopback,
      packetsSent: 4,
      packetsReceived: 4,
      packetLoss: 0,
      errors: [],
    });
    expect(host.rtts.every((rtt) => rtt > 0 && rtt < 50)).toBe(true);
  });

  it('counts what is not answered as loss', async () => {
    const host = await ping(pick(mode, silent), { ...quick, privileged, count: 2 });
    expect(host).toMatchObject({ packetsSent: 2, packetsReceived: 0, packetLoss: 1, isAlive: false, errors: [] });
  });

  it('keeps the errors, and is not loss-free when nothing could be sent', async () => {
    const host = await ping(pick(mode, addresses.noRoute), { ...quick, privileged, count: 2 });
    expect(host).toMatchObject({ packetsSent: 0, packetLoss: 1 });
    expect(host.errors).toMatchObject([{ code: 'ENETUNREACH' }, { code: 'ENETUNREACH' }]);
    const unreachable = await ping(pick(mode, addresses.noRouteAtFirstRouter), { ...quick, privileged, count: 1 });
    expect(unreachable).toMatchObject({ packetsSent: 1, packetsReceived: 0, packetLoss: 1 });
    expect(unreachable.errors).toMatchObject([{ reply: { source: pick(mode, firstRouter) } }]);
  });

  it('ends when it is aborted', async () => {
    const signal = AbortSignal.timeout(50);
    const start = performance.now();
    const error = await rejectionOf(ping(pick(mode, silent), { privileged, signal, timeout: 5 }));
    expect(error).toBe(signal.reason);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('pauses between two requests, and says so when it is aborted then', async () => {
    const start = performance.now();
    await ping(mode.loopback, { privileged, count: 3, interval: 0.1 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(199);
    const signal = AbortSignal.timeout(50);
    expect(await rejectionOf(ping(mode.loopback, { privileged, signal, interval: 5 }))).toBe(signal.reason);
  });
});

describe.each(modes)('traceroute ($name)', (mode) => {
  const { privileged } = mode;
  const options = { ...quick, privileged };

  it('finds every hop on the way, and tells each as soon as it is known', async () => {
    const told: number[] = [];
    const hops = await traceroute(pick(mode, target), { ...options, onHop: ({ distance }) => told.push(distance) });
    expect(
      hops.map(({ distance, address, packetsSent, packetsReceived }) => [
        distance,
        address,
        packetsSent,
        packetsReceived,
      ]),
    ).toEqual([
      [1, pick(mode, firstRouter), 2, 2],
      [2, pick(mode, secondRouter), 2, 2],
      [3, pick(mode, target), 2, 2],
    ]);
    expect(told).toEqual([1, 2, 3]);
  });

  it('lists hops where nobody answers, and ends at maxHops', async () => {
    const hops = await traceroute(pick(mode, silent), { ...options, count: 1, maxHops: 4 });
    expect(hops.map(({ address, isAlive, packetLoss }) => [address, isAlive, packetLoss])).toEqual([
      [pick(mode, firstRouter), true, 0],
      [pick(mode, secondRouter), true, 0],
      ['*', false, 1],
      ['*', false, 1],
    ]);
  });

  it('ends where somebody says that the destination is unreachable', async () => {
    const hops = await traceroute(pick(mode, addresses.noRouteAtFirstRouter), options);
    expect(hops.map(({ address }) => address)).toEqual([pick(mode, firstRouter)]);
    expect(hops[0]?.errors.map(({ name }) => name)).toEqual(
      new Array(2).fill(mode.family === 4 ? 'ICMPv4DestinationUnreachable' : 'ICMPv6DestinationUnreachable'),
    );
  });

  it('ends at once when nothing can be sent', async () => {
    const hops = await traceroute(pick(mode, addresses.noRoute), options);
    expect(hops).toMatchObject([{ address: '*', packetsSent: 0, packetLoss: 1 }]);
  });
});

describe('multiping', () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;

  it('pings hosts of both families in the order given, one bad name included, over two sockets', async () => {
    const hosts = await multiping([target.v4, 'no-such-name.invalid', '::1', silent.v4, target.v4, target.v6], quick);
    expect(hosts.map(({ address, packetsReceived }) => [address, packetsReceived])).toEqual([
      [target.v4, 2],
      ['no-such-name.invalid', 0],
      ['::1', 2],
      [silent.v4, 0],
      [target.v4, 2],
      [target.v6, 2],
    ]);
    expect(hosts[1]?.errors[0]).toBeInstanceOf(NameLookupError);
    expect(hosts[1]?.packetLoss).toBe(1);
  });

  it('opens one socket for many hosts, and closes it', async () => {
    const before = descriptors();
    const hosts = Array.from({ length: 200 }, (_, index) => `127.0.1.${index}`);
    const running = multiping(hosts, { ...quick, privileged: false, concurrentTasks: 100 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    // The descriptor of the socket itself, and those that its receive thread waits with.
    expect(descriptors() - before).toBeGreaterThan(0);
    expect(descriptors() - before).toBeLessThan(6);
    expect((await running).every(({ packetsReceived }) => packetsReceived === 2)).toBe(true);
    expect(descriptors()).toBeLessThanOrEqual(before);
  });

  it('gives an empty list for no hosts', async () => {
    expect(await multiping([])).toEqual([]);
  });

  it('refuses a single address, which would be taken letter by letter', async () => {
    expect(await rejectionOf(multiping('127.0.0.1'))).toBeInstanceOf(TypeError);
  });

  it('fails when the socket cannot be opened', async () => {
    const rejection = await rejectionOf(multiping(['127.0.0.1'], { source: '192.0.2.99' }));
    expect(rejection).toMatchObject({ name: 'SocketAddressError' });
  });

  it('has closed every socket when it rejects, and opens none afterwards', async () => {
    const before = descriptors();
    const hosts = Array.from({ length: 100 }, (_, index) => `127.0.1.${index}`);
    // An IPv4 source will do for all hosts but one.
    const running = multiping([...hosts, '::1', ...hosts], { ...quick, count: 3, source: '127.0.0.1' });
    expect(await rejectionOf(running)).toMatchObject({ name: 'SocketAddressError' });
    expect(descriptors()).toBeLessThanOrEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(descriptors()).toBeLessThanOrEqual(before);
  });
});

it('a reply with another payload, of a program with the same identifier, is not taken for ours', async () => {
  const rules = `chain input { type filter hook input priority 0; icmp type echo-request drop; }`;
  await withFirewall(null, rules, async () => {
    const running = ping('127.0.0.1', { count: 1, timeout: 0.4, id: 0x2b2b });
    await new Promise((resolve) => setTimeout(resolve, 50));
    inject(icmp4('127.0.0.1', '127.0.0.1', icmpMessage(0, 0, 0x2b2b, 0, Buffer.alloc(56, 'x'))));
    expect(await running).toMatchObject({ packetsSent: 1, packetsReceived: 0 });
  });
});
