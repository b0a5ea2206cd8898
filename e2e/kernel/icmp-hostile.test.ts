import { describe, expect, it } from 'vitest';
import { ICMPRequest, type ICMPv4Socket } from '../../src/main/icmp.ts';
import { inject } from '../lab/inject.ts';
import {
  echo,
  ipv4Modes,
  ipv6Modes,
  type Mode,
  modes,
  neighbours,
  nextId,
  openSocket,
  pick,
  silent,
  thrownBy,
} from './icmp-modes.ts';
import { icmp4, icmp6, icmpMessage, ipv4Packet, ipv6Packet, sealed4 } from './icmp-packets.ts';

const UDP = 17;
/** No operation, three times, and the end of the options (RFC 791 §3.1). */
const IPV4_OPTIONS = Buffer.from([1, 1, 1, 0]);
/** A hop-by-hop header with padding only, before ICMPv6 (RFC 8200 §4.3). */
const HOP_BY_HOP = Buffer.from([58, 0, 1, 4, 0, 0, 0, 0]);

/** An ICMP message to the loopback of the mode's family, from there or from elsewhere. */
function packet({ family, loopback }: Mode, message: Buffer, source = loopback): Buffer {
  return family === 4 ? icmp4(source, loopback, message) : icmp6(source, loopback, message);
}

/** The request as an error would quote it, without its payload. */
function quoted({ family, loopback }: Mode, request: ICMPRequest, options?: Buffer): Buffer {
  const echoRequest = icmpMessage(family === 4 ? 8 : 128, 0, request.id, request.sequence);
  const { destination } = request;
  if (family === 6) return ipv6Packet({ source: loopback, destination, payload: echoRequest });
  const payload = sealed4(echoRequest);
  return ipv4Packet({ source: loopback, destination, payload, ...(options === undefined ? {} : { options }) });
}

describe.each(modes)('hostile and odd packets ($name)', (mode) => {
  const timeExceeded = mode.family === 4 ? 11 : 3;
  const portUnreachable = mode.family === 4 ? { type: 3, code: 3 } : { type: 1, code: 4 };

  /** Sends a request that nobody answers, then lets the packets about it arrive. */
  function disturbed(packetsAbout: (request: ICMPRequest) => Buffer[]) {
    const socket = openSocket(mode);
    const request = new ICMPRequest(pick(mode, silent), nextId(), 0x1234);
    socket.send(request);
    inject(...packetsAbout(request));
    return { socket, request, [Symbol.dispose]: () => socket.close() };
  }

  it('58. a reply of a host that was not asked is not returned for the request', () => {
    // ::1 did not receive the request either; IPv6 has no second loopback address to send from.
    const stranger = mode.family === 4 ? '127.0.0.9' : '::1';
    using scene = disturbed(({ id, sequence }) => [
      packet(mode, icmpMessage(mode.echoReply, 0, id, sequence, Buffer.alloc(56)), stranger),
    ]);
    expect(thrownBy(() => scene.socket.receive(scene.request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
    // It did arrive: who asks for any message gets it.
    expect(scene.socket.receive(null, 0.2)).toMatchObject({ source: stranger, sequence: 0x1234, rtt: null });
  });

  it('58. an error that quotes a request to another host is not returned for the request', () => {
    using scene = disturbed((request) => {
      const other = new ICMPRequest(mode.family === 4 ? '10.71.3.78' : 'fd71:3::78', request.id, request.sequence);
      return [packet(mode, icmpMessage(timeExceeded, 0, 0, 0, quoted(mode, other)))];
    });
    expect(thrownBy(() => scene.socket.receive(scene.request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('59. an echo request whose payload imitates an error about the request never matches', () => {
    using scene = disturbed((request) => {
      const imitation = quoted(mode, request);
      return [packet(mode, icmpMessage(mode.family === 4 ? 8 : 128, 0, 0x6666, 0x6666, imitation))];
    });
    expect(thrownBy(() => scene.socket.receive(scene.request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('60. an error about a UDP packet whose length and checksum are id and sequence never matches', () => {
    using scene = disturbed(({ id, sequence, destination }) => {
      const udp = Buffer.alloc(8);
      // The source port is what stands where ICMP has type and code.
      udp[0] = mode.family === 4 ? 8 : 128;
      udp.writeUInt16BE(id, 4);
      udp.writeUInt16BE(sequence, 6);
      const about = { source: mode.loopback, destination, payload: udp };
      const quote =
        mode.family === 4 ? ipv4Packet({ ...about, protocol: UDP }) : ipv6Packet({ ...about, nextHeader: UDP });
      return [packet(mode, icmpMessage(portUnreachable.type, portUnreachable.code, 0, 0, quote))];
    });
    expect(thrownBy(() => scene.socket.receive(scene.request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('60. an error about the request itself does match', () => {
    using scene = disturbed((request) => [
      packet(mode, icmpMessage(portUnreachable.type, portUnreachable.code, 0, 0, quoted(mode, request))),
    ]);
    expect(scene.socket.receive(scene.request, 0.5)).toMatchObject({ ...portUnreachable, source: mode.loopback });
  });

  it('62. runts are ignored without an exception', () => {
    using scene = disturbed(({ id, sequence }) => {
      const whole = icmpMessage(timeExceeded, 0, 0, 0, Buffer.alloc(2));
      const reply = icmpMessage(mode.echoReply, 0, id, sequence);
      return [whole.subarray(0, 1), whole.subarray(0, 7), reply.subarray(0, 7), whole].map((runt) =>
        mode.family === 4
          ? ipv4Packet({
              source: '127.0.0.1',
              destination: '127.0.0.1',
              payload: runt.length < 4 ? runt : sealed4(runt),
            })
          : icmp6('::1', '::1', runt.length < 4 ? Buffer.concat([runt, Buffer.alloc(3)]) : runt),
      );
    });
    expect(thrownBy(() => scene.socket.receive(scene.request, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
    // The socket goes on working.
    expect(echo(scene.socket, mode.loopback).reply.bytesReceived).toBe(64);
  });

  it('62. a message with a wrong checksum is discarded', () => {
    using scene = disturbed(({ id, sequence }) => {
      const reply = packet(mode, icmpMessage(mode.echoReply, 0, id, sequence, Buffer.alloc(56)));
      // The checksum is at the third byte of ICMP.
      const at = (mode.family === 4 ? 20 : 40) + 2;
      reply[at] = (reply[at] ?? 0) ^ 0xff;
      return [reply];
    });
    expect(thrownBy(() => scene.socket.receive(null, 0.2))).toMatchObject({ name: 'TimeoutExceeded' });
  });

  it('64. a second copy of a reply is returned by a second receive, marked as duplicate', () => {
    using socket = openSocket(mode);
    const { request, reply } = echo(socket, mode.loopback);
    const { id, sequence, payload } = request;
    inject(packet(mode, icmpMessage(mode.echoReply, 0, id, sequence, Buffer.from(payload))));
    const second = socket.receive(request);
    expect([reply.isDuplicate, second.isDuplicate, second.source]).toEqual([false, true, mode.loopback]);
  });
});

describe.each(ipv4Modes)('odd headers ($name)', (mode) => {
  it('58. for a broadcast any source is returned', () => {
    using socket = openSocket(mode) as ICMPv4Socket;
    socket.broadcast = true;
    const request = new ICMPRequest(neighbours.broadcast, nextId(), 9);
    socket.send(request);
    inject(packet(mode, icmpMessage(0, 0, request.id, 9), '127.0.0.9'));
    const sources = [1, 2, 3].map(() => socket.receive(request, 0.5).source);
    expect(sources.sort()).toEqual(['10.71.9.2', '10.71.9.3', '127.0.0.9']);
  });

  it('61. a reply behind IPv4 options is matched', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(silent.v4, nextId(), 1);
    socket.send(request);
    const message = icmpMessage(0, 0, request.id, 1, Buffer.alloc(56));
    inject(icmp4(silent.v4, '127.0.0.1', message, IPV4_OPTIONS));
    expect(socket.receive(request, 0.5)).toMatchObject({ source: silent.v4, bytesReceived: 64, type: 0 });
  });

  it('61. an error that quotes IPv4 options is matched', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(silent.v4, nextId(), 1);
    socket.send(request);
    inject(icmp4('127.0.0.9', '127.0.0.1', icmpMessage(11, 0, 0, 0, quoted(mode, request, IPV4_OPTIONS))));
    expect(socket.receive(request, 0.5)).toMatchObject({ source: '127.0.0.9', type: 11, sequence: 1 });
  });
});

describe.each(ipv6Modes)('odd headers ($name)', (mode) => {
  it('58. for a multicast group any source is returned', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(neighbours.allNodes, nextId(), 9);
    socket.send(request);
    const sources = new Set([1, 2, 3].map(() => socket.receive(request, 1).source));
    // The two hosts and this one: every node answers.
    expect(sources.size).toBe(3);
    expect([...sources].every((source) => source.startsWith('fe80::') && source.endsWith('%b0'))).toBe(true);
  });

  it('61. an error that quotes a hop-by-hop header is matched', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(silent.v6, nextId(), 1);
    socket.send(request);
    const payload = Buffer.concat([HOP_BY_HOP, icmpMessage(128, 0, request.id, 1)]);
    const quote = ipv6Packet({ source: '::1', destination: silent.v6, payload, nextHeader: 0 });
    inject(icmp6('::1', '::1', icmpMessage(3, 0, 0, 0, quote)));
    expect(socket.receive(request, 0.5)).toMatchObject({ source: '::1', type: 3, sequence: 1 });
  });
});
