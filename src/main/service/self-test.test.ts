import { describe, expect, it } from 'vitest';
import { succeed } from '../../contract/failure.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { createSimulatedTransport, type SimulatedNetwork } from '../simulated/simulated-transport.ts';
import { type DefaultRoute, ipv4DefaultRoute, ipv6DefaultRoute } from './default-routes.ts';
import { runSelfTest } from './self-test.ts';
import { behind } from './test-services.ts';
import { TransportPool } from './transport-pool.ts';

const ORDER = { ipv4: '193.0.14.129', ipv6: '2001:7fd::1', isBeyondWanted: true };
const ROUTE: DefaultRoute = { family: 4, gateway: '192.0.2.254', interfaceName: 'eth0' };

async function tested(
  destinations: SimulatedNetwork['destinations'],
  routes: readonly DefaultRoute[] | null = [ROUTE],
  isBeyondWanted = true,
) {
  const clock = new VirtualClock();
  const random = new SeededRandom(7);
  const sent: string[] = [];
  const pool = new TransportPool({
    openTransport: async ({ family }) => {
      const transport = createSimulatedTransport({ clock, random }, { family, destinations });
      return succeed({
        properties: transport.properties,
        counters: () => transport.counters(),
        send: (probe, onResult, onRepeat) => {
          sent.push(`${probe.destination} ${probe.hopLimit}`);
          transport.send(probe, onResult, onRepeat);
        },
        [Symbol.dispose]: () => transport[Symbol.dispose](),
      });
    },
  });
  const report = runSelfTest(
    {
      pool,
      readDefaultRoutes: async () => routes,
      hasFarAddress: (family) => family === 4,
      hasLoopback: true,
      destination: (_, wanted) => wanted,
    },
    { ...ORDER, isBeyondWanted },
  );
  for (let passed = 0; passed < 3_000; passed += 100) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(milliseconds(100));
  }
  const { results } = await report;
  return {
    outcomes: results.filter(({ family }) => family === 4).map(({ layer, outcome }) => ({ layer, ...outcome })),
    sent,
  };
}

const OWN = behind([]);

describe('the self-test', () => {
  it('probes this machine, its gateway and the hop beyond, each three times', async () => {
    const { outcomes, sent } = await tested({
      '127.0.0.1': OWN,
      '192.0.2.254': OWN,
      '193.0.14.129': behind(['192.0.2.254', '198.51.100.1', '198.51.100.2']),
    });
    // `behind` answers after 10 ms a hop.
    expect(outcomes).toMatchObject([
      { layer: 'loopback', kind: 'answered', responder: '127.0.0.1', received: 3 },
      { layer: 'gateway', kind: 'answered', responder: '192.0.2.254', received: 3 },
      { layer: 'beyond', kind: 'answered', responder: '198.51.100.1', received: 3, hopLimit: 2, bestMs: 20 },
    ]);
    expect(sent.filter((one) => one.startsWith('193.'))).toEqual(Array(3).fill('193.0.14.129 2'));
  });

  it('looks two hops further when the second one is silent', async () => {
    const { outcomes } = await tested({
      '127.0.0.1': OWN,
      '192.0.2.254': () => ({ kind: 'silent' }),
      '193.0.14.129': behind(['192.0.2.254', null, '198.51.100.2', '198.51.100.3']),
    });
    expect(outcomes.slice(1)).toMatchObject([
      { layer: 'gateway', kind: 'silent', sent: 3 },
      { layer: 'beyond', kind: 'answered', responder: '198.51.100.2', hopLimit: 3 },
    ]);
  });

  it('sends nothing away when it is to stay local, or when there is no route', async () => {
    const local = await tested({ '127.0.0.1': OWN, '192.0.2.254': OWN }, [ROUTE], false);
    expect(local.outcomes.at(-1)).toEqual({ layer: 'beyond', kind: 'not-tried' });
    const cutOff = await tested({ '127.0.0.1': OWN }, []);
    expect(cutOff.outcomes.slice(1)).toEqual([
      { layer: 'gateway', kind: 'no-route', hasAddress: true },
      { layer: 'beyond', kind: 'not-tried' },
    ]);
    for (const { sent } of [local, cutOff]) expect(sent.filter((one) => /^(193|2001)/.test(one))).toEqual([]);
  });

  it('goes past a route without a gateway, and past a platform that does not tell', async () => {
    const network = { '127.0.0.1': OWN, '193.0.14.129': behind(['192.0.2.254', '198.51.100.1']) };
    const vpn = await tested(network, [{ family: 4, gateway: null, interfaceName: 'tun0' }]);
    expect(vpn.outcomes.slice(1)).toMatchObject([{ kind: 'no-gateway', interfaceName: 'tun0' }, { kind: 'answered' }]);
    const unknown = await tested(network, null);
    expect(unknown.outcomes.slice(1)).toMatchObject([{ kind: 'unknown' }, { kind: 'answered' }]);
  });
});

describe('the default route', () => {
  it('is the one of least metric that leads somewhere (proc(5), /proc/net/route)', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'lo\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0',
      'wlan0\t00000000\tFE01A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0',
      'eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0',
    ].join('\n');
    expect(ipv4DefaultRoute(text)).toEqual({ family: 4, gateway: '10.0.0.1', interfaceName: 'eth0' });
    expect(ipv4DefaultRoute(text.split('\n').slice(0, 2).join('\n'))).toBeNull();
  });

  it('names the interface of a link-local gateway, as sending to it needs', () => {
    const zero = '0'.repeat(32);
    const line = (gateway: string, metric: string, flags: string, name: string) =>
      `${zero} 00 ${zero} 00 ${gateway} ${metric} 00000001 00000000 ${flags} ${name}`;
    const text = [
      line(zero, 'ffffffff', '00200200', 'lo'),
      line('fe800000000000000000000000000001', '00000400', '00000003', 'eth0'),
    ].join('\n');
    expect(ipv6DefaultRoute(text)).toEqual({ family: 6, gateway: 'fe80::1%eth0', interfaceName: 'eth0' });
    expect(ipv6DefaultRoute(line(zero, '00000400', '00000001', 'ppp0'))).toEqual({
      family: 6,
      gateway: null,
      interfaceName: 'ppp0',
    });
  });
});
