import { describe, expect, it } from 'vitest';
import { parseIpv6Routes, parseRoutes } from './default-gateways.ts';

describe('the default gateways of this machine', () => {
  it('are the next hops of default routes through a gateway (proc(5), /proc/net/route)', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      // 0.0.0.0/0 via 192.168.1.254; a connected network; half of the internet via another gateway; 0.0.0.0/0 by a link.
      'eth0\t00000000\tFE01A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
      'eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
      'tun0\t00000000\t0100000A\t0003\t0\t0\t0\t00000080\t0\t0\t0',
      'ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0',
      '',
    ].join('\n');
    expect(parseRoutes(text)).toEqual(['192.168.1.254']);
  });

  it('are those of IPv6 too', () => {
    const zero = '0'.repeat(32);
    const route = (destination: string, length: string, gateway: string, flags: string) =>
      `${destination} ${length} ${zero} 00 ${gateway} 00000400 00000001 00000000 ${flags}     eth0`;
    const text = [
      route(zero, '00', 'fe800000000000000000000000000001', '00000003'),
      route('20010db8000000000000000000000000', '20', 'fe800000000000000000000000000002', '00000003'),
      route(zero, '00', zero, '00200200'),
    ].join('\n');
    expect(parseIpv6Routes(text)).toEqual(['fe80::1']);
  });
});
