import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  createLinuxReader,
  createPlainReader,
  parseNameServers,
  tunnelByName,
  usefulInterfaces,
} from './read-machine-network.ts';

const MAC = '02:00:00:00:00:01';

function v4(address: string, length: number, internal = false): NetworkInterfaceInfo {
  return { family: 'IPv4', address, cidr: `${address}/${length}`, netmask: '', mac: MAC, internal };
}

function v6(address: string, length: number, internal = false): NetworkInterfaceInfo {
  return { family: 'IPv6', address, cidr: `${address}/${length}`, netmask: '', mac: MAC, internal, scopeid: 0 };
}

/** `/proc/net/route` (proc(5)): 0.0.0.0/0 by 192.168.1.254 over eth0. */
const PLAIN_ROUTE = 'eth0\t00000000\tFE01A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0';
/** 0.0.0.0/1 and 128.0.0.0/1 by 10.8.0.1 over tun0, as OpenVPN's redirect-gateway def1 lays them. */
const HALVES = [
  'tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0',
  'tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0',
];

function linux(files: Readonly<Record<string, string>>, interfaces: Record<string, NetworkInterfaceInfo[]> = {}) {
  const read = async (path: string) => files[path] ?? null;
  return createLinuxReader({ read, exists: async (path) => path in files }, () => interfaces)();
}

describe('how this machine is connected', () => {
  it('is the same while temporary IPv6 addresses come and go within their prefix (RFC 8981)', () => {
    const monday = usefulInterfaces({
      eth0: [v4('192.0.2.5', 24), v6('2001:db8:1:2:211:22ff:fe33:4455', 64), v6('2001:db8:1:2:9c1f:aa01:2:3', 64)],
    });
    const tuesday = usefulInterfaces({
      eth0: [
        v6('2001:db8:1:2:77aa:5:6:7', 64),
        v6('2001:db8:1:2:9c1f:aa01:2:3', 128),
        v4('192.0.2.5', 24),
        v6('2001:db8:1:2:211:22ff:fe33:4455', 64),
      ],
    });
    expect(monday).toEqual([{ interfaceName: 'eth0', addresses: ['192.0.2.5/24', '2001:db8:1:2::/64'] }]);
    expect(tuesday).toEqual(monday);
  });

  it('is another when the provider hands out another prefix', () => {
    expect(usefulInterfaces({ eth0: [v6('2001:db8:1:3:211:22ff:fe33:4455', 64), v6('2001:db8:8000::1', 33)] })).toEqual(
      [{ interfaceName: 'eth0', addresses: ['2001:db8:1:3::/64', '2001:db8:8000::/33'] }],
    );
  });

  it('leaves out the loopback interface and those with nothing but a link-local address', () => {
    expect(
      usefulInterfaces({
        lo: [v4('127.0.0.1', 8, true), v6('::1', 128, true)],
        veth1: [v6('fe80::1', 64)],
        utun3: [v6('febf::2', 64)],
        wlan0: [v4('169.254.7.7', 16), v6('fe80::3', 64)],
      }),
    ).toEqual([{ interfaceName: 'wlan0', addresses: ['169.254.7.7/16'] }]);
  });

  it('knows on Linux the way out, the kinds of interfaces and the DNS servers', async () => {
    const zero = '0'.repeat(32);
    const network = await linux(
      {
        '/proc/net/route': `${PLAIN_ROUTE}\n`,
        '/proc/net/ipv6_route': `${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 corp\n`,
        '/etc/resolv.conf': '# by hand\nsearch example\nnameserver 192.168.1.254\nnameserver\t2001:db8::53 # far\n',
        '/sys/class/net/corp/uevent': 'DEVTYPE=wireguard\nINTERFACE=corp\n',
        '/sys/class/net/lab/tun_flags': '0x1001\n',
        '/sys/class/net/line/type': '512\n',
        '/sys/class/net/eth0/type': '1\n',
      },
      {
        eth0: [v4('192.168.1.5', 24)],
        corp: [v4('10.9.0.2', 32)],
        lab: [v4('10.7.0.2', 24)],
        line: [v4('10.6.0.2', 32)],
      },
    );
    expect(network).toEqual({
      interfaces: [
        { interfaceName: 'eth0', tunnel: null, addresses: ['192.168.1.5/24'] },
        { interfaceName: 'corp', tunnel: 'vpn', addresses: ['10.9.0.2/32'] },
        { interfaceName: 'lab', tunnel: 'vpn', addresses: ['10.7.0.2/24'] },
        { interfaceName: 'line', tunnel: 'dial-up', addresses: ['10.6.0.2/32'] },
      ],
      defaultRoutes: [
        { family: 4, gateway: '192.168.1.254', interfaceName: 'eth0', tunnel: null },
        { family: 6, gateway: 'fe80::1%corp', interfaceName: 'corp', tunnel: 'vpn' },
      ],
      nameServers: ['192.168.1.254', '2001:db8::53'],
    });
  });

  it('goes by the two halves of the internet where a VPN has laid them over the default route', async () => {
    const both = await linux({ '/proc/net/route': [PLAIN_ROUTE, ...HALVES].join('\n') });
    expect(both.defaultRoutes).toEqual([{ family: 4, gateway: '10.8.0.1', interfaceName: 'tun0', tunnel: 'vpn' }]);
    const half = await linux({ '/proc/net/route': [PLAIN_ROUTE, HALVES[0]].join('\n') });
    expect(half.defaultRoutes).toEqual([{ family: 4, gateway: '192.168.1.254', interfaceName: 'eth0', tunnel: null }]);
  });

  it('has the DNS servers that systemd-resolved asks, not its own address', async () => {
    const stub = { '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\n' };
    const asked = { '/run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.53\nnameserver 192.0.2.54\n' };
    expect((await linux({ ...stub, ...asked })).nameServers).toEqual(['192.0.2.53', '192.0.2.54']);
    expect((await linux(stub)).nameServers).toEqual(['127.0.0.53']);
    expect(await linux({})).toEqual({ interfaces: [], defaultRoutes: null, nameServers: null });
  });

  it('is elsewhere what plain Node tells', async () => {
    const read = createPlainReader(
      () => ({ en0: [v4('192.0.2.5', 24)], utun4: [v4('10.8.0.2', 24)] }),
      () => ['192.0.2.53'],
    );
    expect(await read()).toEqual({
      interfaces: [
        { interfaceName: 'en0', tunnel: null, addresses: ['192.0.2.5/24'] },
        { interfaceName: 'utun4', tunnel: 'vpn', addresses: ['10.8.0.2/24'] },
      ],
      defaultRoutes: null,
      nameServers: ['192.0.2.53'],
    });
  });

  it('has each DNS server once', () => {
    expect(parseNameServers('nameserver 192.0.2.1\n;nameserver 192.0.2.2\nnameserver 192.0.2.1')).toEqual([
      '192.0.2.1',
    ]);
  });

  it.each([
    ['tun0', 'vpn'],
    ['tap12', 'vpn'],
    ['wg0', 'vpn'],
    ['utun7', 'vpn'],
    ['tailscale0', 'vpn'],
    ['ppp0', 'dial-up'],
    ['eth0', null],
    ['tunnel-desk', null],
    ['wlan0', null],
  ] as const)('takes %s by its name for %s', (name, tunnel) => {
    expect(tunnelByName(name)).toBe(tunnel);
  });
});
