import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { addresses } from '../lab/addresses.ts';
import { capture } from '../lab/capture.ts';
import { finished, runUnprivileged } from '../lab/lab.ts';
import { labProgram } from '../lab/lab-programs.ts';
import { SocketUnderTest } from './native-socket.ts';

const { EADDRINUSE, EADDRNOTAVAIL, EINVAL, ENODEV } = constants.errno;
/** Not among Node's constants. */
const ENODEV_NUMBER = ENODEV ?? 19;
const { client, firstRouter, neighbours } = addresses;
const CASES = ([4, 6] as const).flatMap((family) =>
  (['raw', 'dgram'] as const).map((kind) => ({
    family,
    kind,
    version: family === 4 ? ('v4' as const) : ('v6' as const),
  })),
);

function descriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

/** The link-local address of an interface of the client, without zone. */
function linkLocal(interfaceName: string): string {
  const shown = execFileSync('ip', ['-6', 'addr', 'show', 'dev', interfaceName, 'scope', 'link'], { encoding: 'utf8' });
  return /inet6 (fe80\S+)\//.exec(shown)?.[1] ?? '';
}

describe.each(CASES)('opening a $kind $version socket', ({ family, kind, version }) => {
  it.each([
    { title: 'an address that is not of this machine', address: family === 4 ? '192.0.2.99' : '2001:db8::9' },
    { title: 'an address of the other family', address: family === 4 ? '::1' : '127.0.0.1' },
    { title: 'a name', address: 'localhost' },
    { title: 'an impossible address', address: family === 4 ? '256.1.1.1' : '1::2::3' },
    { title: 'an unknown zone', address: 'fe80::1%nowhere' },
  ])('refuses $title, and leaves no descriptor open', ({ address }) => {
    const before = descriptors();
    expect(() => new SocketUnderTest({ family, kind, address })).toThrow(
      expect.objectContaining({ errno: EADDRNOTAVAIL, code: 'EADDRNOTAVAIL', syscall: 'bind' }),
    );
    expect(descriptors()).toBe(before);
  });

  it('refuses an interface that does not exist, also one whose name would be cut to an existing one', () => {
    for (const interfaceName of ['nowhere', `${client.interfaceName}${'\0'}x`.padEnd(40, 'x'), '']) {
      expect(() => new SocketUnderTest({ family, kind, interfaceName })).toThrow(
        expect.objectContaining({ errno: ENODEV_NUMBER, code: 'ENODEV', syscall: 'setsockopt(SO_BINDTODEVICE)' }),
      );
    }
  });

  it('binds to the given address, and requests leave with it', async () => {
    const address = neighbours.client[version];
    using socket = new SocketUnderTest({ family, kind, address });
    expect(socket.native.properties.localAddress).toBe(address);
    await using link = await capture(null, client.interfaceName, family === 4 ? 'icmp' : 'icmp6 and ip6[40] == 128');
    expect(socket.send({ destination: firstRouter[version] })).toMatchObject([{ errno: 0 }]);
    const source = (await link.stop())[0]?.bytes.subarray(...(family === 4 ? [12, 16] : [8, 24]));
    const expected = family === 4 ? '0a470901' : 'fd710009000000000000000000000001';
    expect(source?.toString('hex')).toBe(expected);
  });

  it('gets the receive buffer it asked for where the system allows, and says what it got', () => {
    using small = new SocketUnderTest({ family, kind, receiveBufferBytes: 50_000 });
    // Linux doubles it for its own bookkeeping: socket(7).
    expect(small.native.properties.receiveBufferBytes).toBe(100_000);
    using large = new SocketUnderTest({ family, kind, receiveBufferBytes: 4 << 20 });
    const limit = Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'));
    expect(large.native.properties.receiveBufferBytes).toBeGreaterThanOrEqual(2 * Math.min(limit, 4 << 20));
  });

  it.each([
    { dontFragment: 'set', isSet: true },
    { dontFragment: 'clear', isSet: false },
  ] as const)('sends a large packet in one piece or in fragments: $dontFragment', async ({ dontFragment, isSet }) => {
    using socket = new SocketUnderTest({ family, kind, dontFragment });
    const destination = firstRouter[version];
    // Neither ARP nor neighbour discovery, which may come in between.
    const filter = `dst host ${destination} and ${family === 4 ? 'ip' : '(ip6[40] == 128 or ip6[6] == 44)'}`;
    await using link = await capture(null, client.interfaceName, filter);
    socket.send({ destination, payloadBytes: 2_000, sequence: 1 }, { destination, payloadBytes: 100, sequence: 2 });
    socket.receive(isSet ? 1 : 2);
    const packets = (await link.stop()).map(({ bytes }) => bytes);
    expect(packets).toHaveLength(isSet ? 1 : 3);
    // Only IPv4 has a bit for it: the second of the flags.
    const last = packets.at(-1)?.readUInt8(6) ?? 0;
    expect(family === 4 && (last & 0x40) !== 0).toBe(family === 4 && isSet);
  });
});

describe.each(CASES.filter(({ family }) => family === 6))(
  'a link-local address on a $kind socket',
  ({ family, kind }) => {
    it('works with its zone and keeps it', () => {
      const address = `${linkLocal(neighbours.interfaceName)}%${neighbours.interfaceName}`;
      using socket = new SocketUnderTest({ family, kind, address });
      expect(socket.native.properties.localAddress).toBe(address);
      expect(socket.send({ destination: neighbours.allNodes })).toMatchObject([{ errno: 0 }]);
      expect(socket.receive(2).every((record) => record.source.startsWith('fe80:'))).toBe(true);
    });

    it('needs no zone when the interface is given', () => {
      const { interfaceName } = neighbours;
      using socket = new SocketUnderTest({ family, kind, address: linkLocal(interfaceName), interfaceName });
      expect(socket.native.properties.localAddress).toBe(`${linkLocal(interfaceName)}%${interfaceName}`);
    });
  },
);

it('refuses a filter for an identifier on a dgram socket, whose identifier is the kernel’s', () => {
  expect(() => new SocketUnderTest({ family: 4, kind: 'dgram', onlyIdentifier: 1 })).toThrow(
    expect.objectContaining({ errno: EINVAL, syscall: 'setsockopt(SO_ATTACH_FILTER)' }),
  );
});

describe('rights', () => {
  it('lets a dgram socket open without privileges, and a raw one not', async () => {
    const { stdout } = await runUnprivileged('e2e/kernel/open-sockets.ts');
    expect(JSON.parse(stdout)).toEqual({ raw4: 'EPERM socket', dgram4: 'open', raw6: 'EPERM socket', dgram6: 'open' });
  });

  it('reports EACCES for a dgram socket of either family when no group may open one, also to root', async () => {
    // So it is in every new network namespace.
    const script = ['--import', './scripts/native-loader.mjs', 'e2e/kernel/open-sockets.ts'];
    const { stdout } = await finished('unshare', ['--net', process.execPath, ...script]);
    const refused = 'EACCES socket';
    expect(JSON.parse(stdout)).toEqual({ raw4: 'open', dgram4: refused, raw6: 'open', dgram6: refused });
  });
});

describe('the identifier of a dgram socket', () => {
  const thief = labProgram('kernel/bind-identifier.cc');

  /** Has another process bind an identifier; 0 or the errno. */
  function steal(family: 4 | 6, identifier: number): number | null {
    return spawnSync(thief, [String(family), String(identifier)]).status;
  }

  it.each([4, 6] as const)(
    'exists at once, differs between sockets, and cannot be bound by another process: IPv%i',
    (family) => {
      using first = new SocketUnderTest({ family, kind: 'dgram' });
      using second = new SocketUnderTest({ family, kind: 'dgram' });
      const identifiers = [first, second].map((socket) => socket.native.properties.identifier);
      expect(identifiers[0]).not.toBe(identifiers[1]);
      for (const identifier of identifiers) {
        expect(identifier).toBeGreaterThan(0);
        // Both families share one space of identifiers.
        expect([steal(4, identifier), steal(6, identifier)]).toEqual([EADDRINUSE, EADDRINUSE]);
      }
      first.native.close();
      expect(steal(family, identifiers[0] ?? 0)).toBe(0);
    },
  );
});
