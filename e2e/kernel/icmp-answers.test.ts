import { describe, expect, it } from 'vitest';
import {
  DestinationUnreachable,
  ICMPError,
  ICMPRequest,
  ICMPv4DestinationUnreachable,
  ICMPv4TimeExceeded,
  ICMPv6DestinationUnreachable,
  ICMPv6TimeExceeded,
  TimeExceeded,
} from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';
import { firstRouter, modes, nextId, openSocket, pick, secondRouter, target, thrownBy } from './icmp-modes.ts';

const { noRouteAtFirstRouter, prohibitedAtFirstRouter, absentNeighbour, client } = addresses;

describe.each(modes)('answers that are errors ($name)', (mode) => {
  const isIpv4 = mode.family === 4;

  function answerOf(
    destination: { v4: string; v6: string },
    options: ConstructorParameters<typeof ICMPRequest>[3] = {},
    timeout = 2,
  ) {
    using socket = openSocket(mode, { dontFragment: options.payloadSize === undefined ? null : true });
    const request = new ICMPRequest(pick(mode, destination), nextId(), 0x0203, options);
    socket.send(request);
    return { request, reply: socket.receive(request, timeout) };
  }

  it('68. 69. a ttl of 1 is answered by the first router with Time Exceeded, in both modes of the socket', () => {
    const { request, reply } = answerOf(target, { ttl: 1 });
    expect(reply).toMatchObject({
      source: pick(mode, firstRouter),
      family: mode.family,
      type: isIpv4 ? 11 : 3,
      code: 0,
      id: request.id,
      sequence: 0x0203,
    });
    expect(reply.time - request.time).toBeGreaterThan(0);
    expect(reply.time - request.time).toBeLessThan(0.05);
    const error = thrownBy(() => reply.raiseForStatus());
    expect(error).toBeInstanceOf(isIpv4 ? ICMPv4TimeExceeded : ICMPv6TimeExceeded);
    expect(error).toBeInstanceOf(TimeExceeded);
    expect(error).toMatchObject({ message: isIpv4 ? 'Time to live exceeded' : 'Hop limit exceeded', reply });
  });

  it('68. 69. a ttl of 2 is answered by the second router, a ttl of 3 by the target', () => {
    const second = answerOf(target, { ttl: 2 }).reply;
    expect(second.source).toBe(pick(mode, secondRouter));
    expect(thrownBy(() => second.raiseForStatus())).toBeInstanceOf(TimeExceeded);
    const third = answerOf(target, { ttl: 3 }).reply;
    expect(third.source).toBe(pick(mode, target));
    expect(third.raiseForStatus()).toBeUndefined();
  });

  it('70. bytesReceived of an error is the whole message when raw, the quoted request when unprivileged', () => {
    // 8 bytes of ICMP, the IP header quoted, and the request of 64 bytes; a dgram socket is given the request only.
    const rawBytes = isIpv4 ? 8 + 20 + 64 : 8 + 40 + 64;
    expect(answerOf(target, { ttl: 1 }).reply.bytesReceived).toBe(mode.privileged ? rawBytes : 64);
  });

  it('71. a router without a route says so', () => {
    const error = thrownBy(() => answerOf(noRouteAtFirstRouter).reply.raiseForStatus());
    expect(error).toBeInstanceOf(isIpv4 ? ICMPv4DestinationUnreachable : ICMPv6DestinationUnreachable);
    expect(error).toMatchObject({ message: isIpv4 ? 'Destination network unreachable' : 'No route to destination' });
  });

  it('71. a router that forbids the way says so', () => {
    const error = thrownBy(() => answerOf(prohibitedAtFirstRouter).reply.raiseForStatus());
    expect(error).toBeInstanceOf(DestinationUnreachable);
    expect(error).toMatchObject({
      message: isIpv4 ? 'Packet filtered' : 'Communication with destination administratively prohibited',
    });
  });

  it('71. this host itself says that a neighbour is absent', () => {
    const { reply } = answerOf(absentNeighbour, {}, 5);
    expect(reply.source).toBe(pick(mode, client));
    expect(thrownBy(() => reply.raiseForStatus())).toMatchObject({
      message: isIpv4 ? 'Destination host unreachable' : 'Address unreachable',
    });
  });

  it('77. a packet too large for a link is answered with the size that fits', () => {
    const { reply } = answerOf(target, { payloadSize: 1_400 });
    expect(reply).toMatchObject({
      source: pick(mode, secondRouter),
      type: isIpv4 ? 3 : 2,
      code: isIpv4 ? 4 : 0,
      mtu: addresses.targetLinkMtu,
    });
    const error = thrownBy(() => reply.raiseForStatus());
    expect(error).toBeInstanceOf(ICMPError);
    expect(error).toMatchObject({ message: isIpv4 ? 'Fragmentation needed and DF set' : 'Error type: 2, code: 0' });
  });

  it('76. an error of the operating system carries code and errno', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(pick(mode, addresses.unreachableRoute), nextId(), 1);
    const ofSend = thrownBy(() => socket.send(request));
    const ofOpening = thrownBy(() => openSocket(mode, { interfaceName: 'no-such-link' }));
    expect([ofSend, ofOpening]).toMatchObject([
      { name: 'ICMPSocketError', code: 'EHOSTUNREACH', errno: 113, syscall: 'sendmsg' },
      { name: 'ICMPSocketError', code: 'ENODEV', errno: 19 },
    ]);
  });
});
