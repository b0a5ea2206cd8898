import { describe, expect, it } from 'vitest';
import { ICMPRequest, ICMPSocketError, type ICMPv4Socket, SocketBroadcastError } from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';
import { capture } from '../lab/capture.ts';
import { inNamespace, withFirewall } from '../lab/lab.ts';
import {
  client,
  durationOf,
  echo,
  firstRouter,
  ipv4Modes,
  ipv6Modes,
  modes,
  neighbours,
  nextId,
  openSocket,
  pick,
  silent,
  target,
  thrownBy,
} from './icmp-modes.ts';

const { noRoute, unreachableRoute, prohibitRoute, blackholeRoute } = addresses;

function request(destination: string, options: ConstructorParameters<typeof ICMPRequest>[3] = {}): ICMPRequest {
  return new ICMPRequest(destination, nextId(), 1, options);
}

describe.each(modes)('send ($name)', (mode) => {
  /** What a send to the address throws. */
  function refusalOf(destination: string, options: ConstructorParameters<typeof ICMPRequest>[3] = {}): unknown {
    using socket = openSocket(mode);
    return thrownBy(() => socket.send(request(destination, options)));
  }

  it('31. send returns before the reply exists, and returns nothing', () => {
    using socket = openSocket(mode);
    let returned: unknown = 'something';
    const duration = durationOf(() => {
      returned = socket.send(request(pick(mode, silent)));
    });
    expect(returned).toBeUndefined();
    expect(duration).toBeLessThan(50);
  });

  it('32. send on a closed socket is a SocketUnavailableError', () => {
    const socket = openSocket(mode);
    socket.close();
    expect(thrownBy(() => socket.send(request(mode.loopback)))).toMatchObject({
      name: 'SocketUnavailableError',
      message: 'The socket can no longer be used after its closure',
    });
  });

  it('35. a prohibiting route is an ICMPSocketError with code EACCES, not a SocketBroadcastError', () => {
    const error = refusalOf(pick(mode, prohibitRoute));
    expect(error).toMatchObject({ name: 'ICMPSocketError', code: 'EACCES', errno: 13 });
    expect(error).not.toBeInstanceOf(SocketBroadcastError);
  });

  it('36. without a route it is an ICMPSocketError with code ENETUNREACH, at once', () => {
    const duration = durationOf(() =>
      expect(refusalOf(pick(mode, noRoute))).toMatchObject({
        name: 'ICMPSocketError',
        message: '[Errno 101] Network is unreachable',
        code: 'ENETUNREACH',
        errno: 101,
      }),
    );
    expect(duration).toBeLessThan(100);
  });

  it('37. an unreachable route is errno 113, a blackhole 22', () => {
    expect(refusalOf(pick(mode, unreachableRoute))).toMatchObject({
      name: 'ICMPSocketError',
      message: '[Errno 113] No route to host',
      code: 'EHOSTUNREACH',
      errno: 113,
    });
    expect(refusalOf(pick(mode, blackholeRoute))).toMatchObject({ name: 'ICMPSocketError', code: 'EINVAL', errno: 22 });
  });

  it('39. what is no numeric address of the family is an ICMPSocketError, at once and without a lookup', () => {
    const otherFamily = mode.family === 4 ? '::1' : '127.0.0.1';
    const duration = durationOf(() => {
      expect(refusalOf(otherFamily)).toMatchObject({
        message: '[Errno -9] Address family for hostname not supported',
        code: 'EAI_ADDRFAMILY',
      });
      for (const destination of ['not an address', '256.1.1.1', '', 'localhost']) {
        const error = refusalOf(destination);
        expect(error).toBeInstanceOf(ICMPSocketError);
        expect(error).toMatchObject({
          name: 'ICMPSocketError',
          message: '[Errno -2] Name or service not known',
          code: 'EAI_NONAME',
          errno: -2,
        });
      }
    });
    expect(duration).toBeLessThan(100);
  });

  it('40. ttl and trafficClass are in the IP header', async () => {
    await using link = await capture(null, client.interfaceName, 'icmp[icmptype] = icmp-echo or ip6[40] = 128');
    using socket = openSocket(mode);
    socket.send(request(pick(mode, target), { ttl: 7, trafficClass: 184 }));
    socket.send(request(pick(mode, target)));
    const headers = (await link.stop()).map(({ bytes }) =>
      mode.family === 4 ? [bytes[8], bytes[1]] : [bytes[7], (bytes.readUInt16BE(0) >> 4) & 0xff],
    );
    expect(headers).toEqual([
      [7, 0xb8],
      [64, 0],
    ]);
  });

  it('41. ttl holds for multicast destinations too', async () => {
    await using link = await capture(null, neighbours.interfaceName, 'icmp[icmptype] = icmp-echo or ip6[40] = 128');
    using socket = openSocket(mode, mode.family === 4 ? { address: neighbours.client.v4 } : {});
    socket.send(request(mode.family === 4 ? '224.0.0.1' : neighbours.allNodes, { ttl: 9 }));
    const [packet] = await link.stop();
    expect(mode.family === 4 ? packet?.bytes[8] : packet?.bytes[7]).toBe(9);
  });

  it('45. two requests in flight with different ttl do not affect each other', () => {
    using socket = openSocket(mode);
    const id = nextId();
    const short = new ICMPRequest(pick(mode, target), id, 1, { ttl: 1 });
    const long = new ICMPRequest(pick(mode, target), id, 2, { ttl: 64 });
    socket.send(short);
    socket.send(long);
    expect([socket.receive(long).source, socket.receive(short).source]).toEqual([
      pick(mode, target),
      pick(mode, firstRouter),
    ]);
  });
});

describe.each(ipv4Modes)('send ($name)', (mode) => {
  it('33. a directed broadcast needs the broadcast property', () => {
    using socket = openSocket(mode) as ICMPv4Socket;
    expect(thrownBy(() => socket.send(request(neighbours.broadcast)))).toMatchObject({
      name: 'SocketBroadcastError',
      message: "Broadcast is not allowed: please use the 'broadcast' property to allow it",
      code: 'EACCES',
    });
    socket.broadcast = true;
    expect(socket.send(request(neighbours.broadcast))).toBeUndefined();
  });

  it('34. a local firewall drop is an ICMPSocketError with code EPERM, not a SocketBroadcastError', async () => {
    const rules = `chain output { type filter hook output priority 0; ip daddr ${target.v4} drop; }`;
    await withFirewall(null, rules, () => {
      using socket = openSocket(mode);
      const error = thrownBy(() => socket.send(request(target.v4)));
      expect(error).toMatchObject({
        name: 'ICMPSocketError',
        message: '[Errno 1] Operation not permitted',
        code: 'EPERM',
        errno: 1,
      });
      expect(error).not.toBeInstanceOf(SocketBroadcastError);
    });
  });

  it('38. 65,507 bytes of payload make the round trip, one more is EMSGSIZE', () => {
    using socket = openSocket(mode);
    expect(echo(socket, '127.0.0.1', { payloadSize: 65_507 }).reply.bytesReceived).toBe(65_515);
    for (const payload of [new Uint8Array(65_508), new Uint8Array(70_000)]) {
      expect(thrownBy(() => socket.send(request('127.0.0.1', { payload })))).toMatchObject({
        name: 'ICMPSocketError',
        message: '[Errno 90] Message too long',
        code: 'EMSGSIZE',
        errno: 90,
      });
    }
    // A request that was refused never leaves with a later one.
    expect(echo(socket, '127.0.0.1').reply.bytesReceived).toBe(64);
  });
});

it.each(ipv6Modes)('42. a link-local destination works with its zone ($name)', (mode) => {
  const output = inNamespace('r1', 'ip', '-6', 'addr', 'show', 'client');
  const router = `${/inet6 (fe80::[0-9a-f:]+)\//.exec(output)?.[1]}`;
  using socket = openSocket(mode);
  const { reply } = echo(socket, `${router}%${client.interfaceName}`);
  expect(reply.source).toBe(`${router}%${client.interfaceName}`);
  // A zone that does not exist is not known; without any zone only a dgram socket is sure to refuse (EINVAL).
  expect(thrownBy(() => socket.send(request(`${router}%nope`)))).toMatchObject({ code: 'EAI_NONAME', errno: -2 });
  if (mode.privileged) return;
  expect(thrownBy(() => socket.send(request(router)))).toMatchObject({
    name: 'ICMPSocketError',
    message: '[Errno 22] Invalid argument',
    errno: 22,
  });
});

it.each(modes)(
  '43. an unprivileged send puts the kernel’s identifier into the request, a raw one keeps it ($name)',
  (mode) => {
    using socket = openSocket(mode);
    const kernelId = socket.sock?.properties.identifier ?? 0;
    // Different from the kernel's by construction.
    const given = (kernelId + 1) & 0xffff;
    const ids = [1, 2].map((sequence) => {
      const sent = new ICMPRequest(mode.loopback, given, sequence);
      socket.send(sent);
      return [sent.id, socket.receive(sent).id];
    });
    const expected = mode.privileged ? given : kernelId;
    expect(ids).toEqual([
      [expected, expected],
      [expected, expected],
    ]);
  },
);

it.each(modes.filter(({ privileged }) => !privileged))(
  '44. two dgram sockets get different identifiers ($name)',
  (mode) => {
    using first = openSocket(mode);
    using second = openSocket(mode);
    const ids = [first, second].map((socket) => echo(socket, mode.loopback).request.id);
    expect(ids[0]).not.toBe(ids[1]);
  },
);
