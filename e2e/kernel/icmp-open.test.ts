import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ICMPRequest, ICMPv4Socket, ICMPv6Socket, SocketAddressError } from '../../src/main/icmp.ts';
import { capture } from '../lab/capture.ts';
import { finished, inNamespace, labRights, runUnprivileged } from '../lab/lab.ts';
import { client, durationOf, ipv4Modes, ipv6Modes, modes, nextId, openSocket, target, thrownBy } from './icmp-modes.ts';

const RECEIVE_LIMIT = '/proc/sys/net/core/rmem_max';
/** What the kernel allows unless told otherwise (SK_RMEM_MAX, socket(7)); not every namespace shows its setting. */
const USUAL_RECEIVE_LIMIT = 212_992;

const SCRIPT = 'e2e/kernel/print-socket-error.ts';

/** What opening a dgram socket gives in a fresh network, where the kernel's default allows nobody to do that. */
async function outcomeWhereNobodyMay(family: string): Promise<unknown> {
  const script = ['--import', './scripts/native-loader.mjs', SCRIPT, family, 'dgram'];
  const { stdout, stderr } = await finished('unshare', ['--net', process.execPath, ...script]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** The link-local address of an interface in the output of `ip addr`. */
function linkLocalIn(output: string): string {
  return /inet6 (fe80::[0-9a-f:]+)\//.exec(output)?.[1] ?? 'none';
}

describe.each(modes)('opening a socket ($name)', (mode) => {
  it('17. has no address, is privileged unless told otherwise, and is open', () => {
    using socket = mode.family === 4 ? new ICMPv4Socket() : new ICMPv6Socket();
    expect([socket.address, socket.isPrivileged, socket.isClosed]).toEqual([null, true, false]);
  });

  it('18. is of the kind asked for', () => {
    using socket = openSocket(mode);
    expect(socket.isPrivileged).toBe(mode.privileged);
    // A raw socket has no identifier of its own; the kernel gives each dgram socket one.
    expect((socket.sock?.properties.identifier ?? 0) === 0).toBe(mode.privileged);
  });

  it('21. blocking is false at first, and the setter round-trips', () => {
    using socket = openSocket(mode);
    const seen = [socket.blocking];
    for (const value of [true, false]) {
      socket.blocking = value;
      seen.push(socket.blocking);
    }
    expect(seen).toEqual([false, true, false]);
  });

  it('22. sock is the underlying socket, null after close', () => {
    using socket = openSocket(mode);
    const { sock } = socket;
    expect(sock?.properties.fd).toBeGreaterThan(2);
    expect(socket.sock).toBe(sock);
    socket.close();
    expect(socket.sock).toBeNull();
  });

  it('has a receive buffer of 4 MiB, or as much as the system allows', () => {
    using socket = openSocket(mode);
    const allowed = existsSync(RECEIVE_LIMIT) ? Number(readFileSync(RECEIVE_LIMIT, 'utf8')) : USUAL_RECEIVE_LIMIT;
    // The kernel doubles what it is asked for, to hold its own bookkeeping (socket(7)).
    const least = 2 * Math.min(allowed, 4 * 1_024 * 1_024);
    expect(socket.sock?.properties.receiveBufferBytes).toBeGreaterThanOrEqual(least);
  });

  it('25. an address that is not on this host is a SocketAddressError', () => {
    const address = mode.family === 4 ? '192.0.2.99' : '2001:db8::9';
    const error = thrownBy(() => openSocket(mode, { address }));
    expect(error).toBeInstanceOf(SocketAddressError);
    expect(error).toMatchObject({
      message: `The requested address (${address}) cannot be assigned to the socket`,
      code: 'EADDRNOTAVAIL',
      errno: 99,
    });
  });

  it('26. an address of the other family is a SocketAddressError', () => {
    const address = mode.family === 4 ? '::1' : '127.0.0.1';
    expect(thrownBy(() => openSocket(mode, { address }))).toBeInstanceOf(SocketAddressError);
  });

  it('27. a name or a false address is a SocketAddressError, at once and without a lookup', () => {
    for (const address of ['bogus', '256.1.1.1', 'localhost']) {
      const duration = durationOf(() =>
        expect(thrownBy(() => openSocket(mode, { address }))).toMatchObject({
          name: 'SocketAddressError',
          message: `The requested address (${address}) cannot be assigned to the socket`,
        }),
      );
      expect(duration).toBeLessThan(50);
    }
  });

  it('28. a bound socket sends from its address', async () => {
    const source = mode.family === 4 ? client.v4 : client.v6;
    await using link = await capture(null, client.interfaceName, 'icmp[icmptype] = icmp-echo or ip6[40] = 128');
    using socket = openSocket(mode, { address: source });
    expect(socket.address).toBe(source);
    socket.send(new ICMPRequest(mode.family === 4 ? target.v4 : target.v6, nextId(), 1));
    const [packet] = await link.stop();
    const bytes = mode.family === 4 ? packet?.bytes.subarray(12, 16) : packet?.bytes.subarray(8, 24);
    expect(bytes?.toString('hex')).toBe(mode.family === 4 ? '0a470101' : 'fd710001000000000000000000000001');
  });

  it('30. leaves no descriptor open when it fails', () => {
    const openDescriptors = () => readdirSync('/proc/self/fd').length;
    // The first socket of all makes what every later one shares.
    openSocket(mode).close();
    const before = openDescriptors();
    const foreign = mode.family === 4 ? '192.0.2.99' : '2001:db8::9';
    for (const address of [foreign, 'bogus', mode.family === 4 ? '::1' : '127.0.0.1']) {
      thrownBy(() => openSocket(mode, { address }));
    }
    thrownBy(() => openSocket(mode, { interfaceName: 'no-such-link' }));
    expect(openDescriptors()).toBe(before);
  });
});

it.each(ipv4Modes)('19. broadcast is false at first, true and false again when set ($name)', (mode) => {
  using socket = openSocket(mode) as ICMPv4Socket;
  const seen = [socket.broadcast];
  for (const value of [true, false]) {
    socket.broadcast = value;
    seen.push(socket.broadcast);
  }
  expect(seen).toEqual([false, true, false]);
});

it.each(ipv6Modes)('20. an ICMPv6 socket has no broadcast ($name)', (mode) => {
  using socket = openSocket(mode);
  expect('broadcast' in socket).toBe(false);
});

describe.each(['4', '6'])('rights to an IPv%s socket', (family) => {
  it('23. 30. a privileged one without the right to it is a SocketPermissionError', async () => {
    const { stdout, stderr } = await runUnprivileged(SCRIPT, family, 'raw');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      name: 'SocketPermissionError',
      message: 'Root privileges are required to create the socket',
      code: 'EPERM',
      errno: 1,
      groupRange: null,
      remedy: null,
      descriptorsLeft: 0,
    });
  });

  it('23. an unprivileged one opens without any capability', async () => {
    const { stdout } = await runUnprivileged(SCRIPT, family, 'dgram');
    expect(JSON.parse(stdout)).toEqual({ opened: true, isPrivileged: false, descriptorsLeft: 0 });
  });

  it('24. 30. outside the group range even root gets a SocketPermissionError that tells range and cure', async () => {
    // In a user namespace the kernel shows a group that does not exist there as the overflow group.
    const groupRange = labRights() === 'root' ? '1 0' : expect.stringMatching(/^\d+ \d+$/);
    expect(await outcomeWhereNobodyMay(family)).toEqual({
      name: 'SocketPermissionError',
      message: expect.stringContaining(
        'A prior configuration of your OS is required to use ICMP sockets without root privileges.',
      ),
      code: 'EACCES',
      errno: 13,
      groupRange,
      remedy: 'sysctl -w net.ipv4.ping_group_range="0 2147483647"',
      descriptorsLeft: 0,
    });
  });
});

it.each(ipv6Modes)('29. a link-local address keeps its zone, and works ($name)', (mode) => {
  const own = networkInterfaces()[client.interfaceName]?.find(({ address }) => address.startsWith('fe80'))?.address;
  const address = `${own}%${client.interfaceName}`;
  const router = linkLocalIn(inNamespace('r1', 'ip', '-6', 'addr', 'show', 'client'));
  using socket = openSocket(mode, { address });
  expect(socket.address).toBe(address);
  const request = new ICMPRequest(`${router}%${client.interfaceName}`, nextId(), 1);
  socket.send(request);
  expect(socket.receive(request).source).toBe(`${router}%${client.interfaceName}`);
});
