import { beforeAll, describe, expect, it } from 'vitest';
import type { PathEvent, Round } from '../../src/contract/path.ts';
import { epochMilliseconds, milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { type PathRequest, startPathMonitor } from '../../src/main/engine/path/path-monitor.ts';
import { createPathRecording } from '../../src/main/engine/path/path-recording.ts';
import { evidenceOf } from '../../src/main/engine/path/path-report.ts';
import { ProbePacer } from '../../src/main/engine/probe-pacer.ts';
import { addresses, CHAIN_LENGTH, chainAddresses } from '../lab/addresses.ts';
import { type CapturedPacket, capture } from '../lab/capture.ts';
import { chainPlace, makeChain } from '../lab/chain.ts';
import { withFirewall } from '../lab/lab.ts';
import { openProbes } from './probe-rounds.ts';

const HOPS = CHAIN_LENGTH + 1;
const MAX_HOPS = 30;
const SILENT_HOP = 5;
const SILENCE =
  'chain output { type filter hook output priority 0; icmp type time-exceeded drop; icmpv6 type time-exceeded drop; }';

beforeAll(async () => void (await makeChain()));

/** Watches a path for some rounds over a real socket. */
async function watch(
  { family, choice }: { readonly family: 4 | 6; readonly choice: 'privileged' | 'unprivileged' },
  destination: string,
  request: Partial<PathRequest> = {},
) {
  const clock = new SystemClock();
  using transport = await openProbes(family, choice);
  const interval = milliseconds(200);
  const recording = createPathRecording({ interval, maxHops: MAX_HOPS });
  const rounds: Round[] = [];
  const events: PathEvent[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  using monitor = startPathMonitor(
    { clock, transport, pacer: new ProbePacer({ clock }), recording },
    {
      destination,
      interval,
      timeout: milliseconds(600),
      payloadBytes: 56,
      trafficClass: 0,
      maxHops: MAX_HOPS,
      flow: 0,
      count: 3,
      ...request,
    },
    { onRound: (round) => rounds.push(round), onEvent: (event) => events.push(event), onFinished: resolve },
  );
  await promise;
  const evidence = evidenceOf(
    monitor,
    { target: destination, destination, family, interval },
    { from: null, to: epochMilliseconds(monitor.sessionNow() + 1) },
    { nameOf: () => null, asnOf: () => null },
    { gateways: [], pathMtu: null, branches: null },
  );
  return { report: evidence.report, rounds, events };
}

/** Hop limit in the IP header of an echo request, null of other packets. */
function hopLimitOf({ bytes }: CapturedPacket): number | null {
  const isV4 = (bytes[0] as number) >> 4 === 4;
  const isRequest = bytes[isV4 ? 20 : 40] === (isV4 ? 8 : 128);
  return isRequest ? (bytes[isV4 ? 8 : 7] as number) : null;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe.each([
  { family: 4, version: 'v4', choice: 'privileged' },
  { family: 4, version: 'v4', choice: 'unprivileged' },
  { family: 6, version: 'v6', choice: 'privileged' },
  { family: 6, version: 'v6', choice: 'unprivileged' },
] as const)('a path monitor over IP$version, $choice', ({ family, version, choice }) => {
  const { client, routers, target } = chainAddresses;

  it('shows every router of the chain in its place and learns where the target stands', async () => {
    const { report, rounds, events } = await watch({ family, choice }, target[version]);
    expect(report.hops.map(({ responders }) => responders.map(({ address }) => address))).toEqual(
      [...routers, target].map((place) => [place[version]]),
    );
    expect(report.hops.map(({ statistics: { sent, received } }) => [sent, received])).toEqual(
      new Array(HOPS).fill([3, 3]),
    );
    expect(report).toMatchObject({ reached: true, destinationHopLimit: HOPS, rounds: 3, localDrops: 0 });
    expect(report.roundTrip).toMatchObject({ sent: 3, received: 3, lossRatio: 0 });
    expect(rounds.map(({ roundTrip }) => roundTrip?.fate)).toEqual(['answered', 'answered', 'answered']);
    expect(events).toEqual([]);
  });

  it('sends all hop limits at once and, the target found, nothing beyond it', async () => {
    await using link = await capture(null, client.interfaceName, 'icmp or icmp6');
    await watch({ family, choice }, target[version]);
    const packets = (await link.stop()).filter((packet) => hopLimitOf(packet) !== null);
    expect(packets.map(hopLimitOf)).toEqual([...upTo(MAX_HOPS), ...upTo(HOPS), ...upTo(HOPS)]);
    const spanMs = Number((packets[MAX_HOPS - 1]?.atEpochNs ?? 0n) - (packets[0]?.atEpochNs ?? 0n)) / 1e6;
    // One batch of the transport; fifty times what it takes, for a machine that is busy.
    expect(spanMs).toBeLessThan(50);
  });

  it('shows a silent router as a row without responders', async () => {
    await withFirewall(chainPlace(SILENT_HOP), SILENCE, async () => {
      const { report } = await watch({ family, choice }, target[version]);
      expect(report.hops).toHaveLength(HOPS);
      expect(report.hops[SILENT_HOP - 1]).toMatchObject({ responders: [], statistics: { sent: 3, timedOut: 3 } });
      expect(report.roundTrip).toMatchObject({ sent: 3, received: 3 });
    });
  });

  it('goes five hops beyond the last router of a path whose target is silent', async () => {
    const { report } = await watch({ family, choice }, addresses.silent[version]);
    expect(report.hops.map(({ responders }) => responders[0]?.address ?? null)).toEqual([
      addresses.firstRouter[version],
      addresses.secondRouter[version],
      ...new Array(5).fill(null),
    ]);
    expect(report).toMatchObject({ reached: false, destinationHopLimit: null });
    expect(report.roundTrip).toMatchObject({ sent: 3, received: 0, timedOut: 3 });
  });

  it('ends at the router that refuses, and tells the refusal', async () => {
    const { report, rounds } = await watch({ family, choice }, addresses.prohibitedAtFirstRouter[version], {
      interval: milliseconds(1_100),
    });
    expect(report.hops).toHaveLength(1);
    expect(report.hops[0]?.responders).toMatchObject([
      family === 4
        ? { address: addresses.firstRouter.v4, icmpType: 3, icmpCode: 13 }
        : { address: addresses.firstRouter.v6, icmpType: 1, icmpCode: 1 },
    ]);
    expect(rounds.map(({ roundTrip }) => roundTrip?.fate)).toEqual(['refused', 'refused', 'refused']);
  });

  it('tells a lack of a route as what it is: nothing was sent, nothing lost', async () => {
    const { report, events } = await watch({ family, choice }, addresses.noRoute[version]);
    expect(report.roundTrip).toMatchObject({ sent: 0, sendFailures: 3, timedOut: 0 });
    expect(events[0]).toMatchObject({ kind: 'send-failed', reason: 'no-route', osCode: 'ENETUNREACH' });
  });
});
