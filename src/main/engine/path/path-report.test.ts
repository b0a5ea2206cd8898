import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import { evidenceOf, type Naming } from './path-report.ts';
import { pathOf, type Script, TARGET } from './test-path-transport.ts';
import { watchPath } from './test-watched-path.ts';

const SUBJECT = { target: 'www.example.net', destination: TARGET, family: 4, interval: seconds(1) } as const;
const EXTRAS = { gateways: ['10.0.0.1'], pathMtu: null, branches: null };
const NAMING: Naming = {
  nameOf: (address) => (address === TARGET ? 'www.example.net' : null),
  asnOf: (address) => (address === TARGET ? { number: 64_511, name: 'Example' } : null),
};
const SHORT = pathOf('10.0.0.1', '198.51.100.2');

function evidence(watched: ReturnType<typeof watchPath>, from: number | null = null, to: number | null = null) {
  const bound = (value: number | null) => (value === null ? null : epochMilliseconds(watched.startedAt + value));
  return evidenceOf(watched.monitor, SUBJECT, { from: bound(from), to: bound(to) }, NAMING, EXTRAS);
}

describe('the report of a path', () => {
  it('tells every hop with its responders, their names and whose part of the way it is', () => {
    const watched = watchPath(SHORT);
    watched.clock.advance(seconds(4.5));
    const { report } = evidence(watched);
    expect(report).toMatchObject({
      target: 'www.example.net',
      destination: TARGET,
      family: 4,
      reached: true,
      destinationHopLimit: 3,
      fromEpochMs: watched.startedAt,
      intervalMs: 1_000,
      rounds: 5,
      gaps: [],
      routeChanges: [],
      outages: [],
      localDrops: 0,
      roundTrip: { sent: 5, received: 5, rttMs: { mean: 30 } },
    });
    expect(report.hops.map(({ hopLimit, segment }) => [hopLimit, segment])).toEqual([
      [1, 'local'],
      [2, 'isp'],
      [3, 'destination'],
    ]);
    const { statistics, ...responder } = report.hops[2]?.responders[0] ?? { statistics: null };
    expect(responder).toEqual({
      address: TARGET,
      name: 'www.example.net',
      asn: { number: 64_511, name: 'Example' },
      icmpType: 0,
      icmpCode: 0,
      mpls: [],
      mtuBytes: null,
      quotedHopLimit: null,
      isQuoteAltered: null,
      replyHopLimit: 60,
      interfaceName: null,
    });
    expect(statistics).toMatchObject({ sent: 5, received: 5 });
    expect(report.hops[0]?.responders[0]).toMatchObject({ icmpType: 11, quotedHopLimit: 1, isQuoteAltered: false });
  });

  it('is of the period asked for, the place of the destination too', () => {
    const watched = watchPath(SHORT);
    watched.clock.advance(seconds(99.5));
    watched.transport.script = pathOf('10.0.0.1');
    watched.clock.advance(seconds(100));
    expect(watched.monitor.destinationHopLimit).toBe(2);
    const before = evidence(watched, 20_000, 60_000).report;
    expect(before).toMatchObject({ destinationHopLimit: 3, rounds: 40, roundTrip: { sent: 40 }, routeChanges: [] });
    const after = evidence(watched, 120_000).report;
    expect(after).toMatchObject({ destinationHopLimit: 2, rounds: 80 });
    const whole = evidence(watched).report;
    expect(whole).toMatchObject({ destinationHopLimit: 2, rounds: 200 });
    expect(whole.routeChanges.map(({ atEpochMs }) => atEpochMs - watched.startedAt)).toEqual([100_000]);
  });

  it('is not reached when the destination refuses or is silent', () => {
    const refuses: Script = (hopLimit, nth) => (hopLimit > 2 ? { kind: 'refused', by: TARGET } : SHORT(hopLimit, nth));
    const watched = watchPath(refuses);
    watched.clock.advance(seconds(4.5));
    expect(evidence(watched).report).toMatchObject({ reached: false, destinationHopLimit: 3 });
  });

  it('has the gap that still lasts, and is empty before the first round', () => {
    const watched = watchPath(SHORT);
    expect(evidence(watched).report).toMatchObject({ rounds: 0, hops: [], reached: false, destinationHopLimit: null });
    watched.clock.advance(seconds(4.5));
    watched.monitor.pause();
    watched.clock.advance(seconds(60));
    const gap = { fromEpochMs: watched.startedAt + 4_500, toEpochMs: watched.startedAt + 64_500, cause: 'paused' };
    expect(evidence(watched).report.gaps).toEqual([gap]);
    expect(evidence(watched, 0, 4_000).report.gaps).toEqual([]);
  });

  it('is cut into slices of ten rounds or more, thirty at most', () => {
    const watched = watchPath(SHORT);
    const slices = () => evidence(watched).slices.map(({ rounds }) => rounds);
    watched.clock.advance(seconds(18.5));
    expect(slices()).toEqual([19]);
    watched.clock.advance(seconds(20));
    expect(slices()).toEqual([13, 13, 13]);
    watched.clock.advance(seconds(561));
    expect(slices()).toEqual(new Array(30).fill(20));
    const all = evidence(watched);
    expect(all.slices[0]?.fromEpochMs).toBe(watched.startedAt);
    expect(all.slices[0]?.hops()).toMatchObject([{}, {}, { hopLimit: 3 }]);
    expect(all.slices.at(-1)?.toEpochMs).toBe(all.report.toEpochMs);
    for (const slice of all.slices) {
      for (const { hopLimit, statistics } of slice.hops()) expect(slice.statisticsOf(hopLimit)).toEqual(statistics);
      expect(slice.statisticsOf(4)).toBeNull();
    }
  });

  it('shows probes one by one, and what could not be sent', () => {
    const watched = watchPath(SHORT);
    watched.clock.advance(seconds(2.5));
    watched.transport.script = () => ({ kind: 'unsent', reason: 'too-big', osCode: 'EMSGSIZE' });
    watched.clock.advance(milliseconds(1_000));
    const { outcomes, sendFailures, gateways } = evidence(watched);
    expect(outcomes(0).map(({ fate }) => fate)).toEqual(['answered', 'answered', 'answered', 'send-failed']);
    expect(outcomes(2).map(({ responder }) => responder)).toEqual([...new Array(3).fill('198.51.100.2'), null]);
    expect(sendFailures).toEqual([{ reason: 'too-big', osCode: 'EMSGSIZE', count: 3 }]);
    expect(gateways).toEqual(['10.0.0.1']);
  });
});
