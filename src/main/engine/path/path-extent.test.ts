import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { SeededRandom } from '../../base/random.ts';
import { pathOf, type Script } from './test-path-transport.ts';
import { upTo, watchPath } from './test-watched-path.ts';

const ROUTERS = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6'] as const;

/** A path of so many routers, the target behind them. */
function long(routers: number): Script {
  return pathOf(...ROUTERS.slice(0, routers));
}

const nothing: Script = () => ({ kind: 'lost' });

describe('the extent of a path', () => {
  it('is learned from the lowest reply, though replies come in any order', () => {
    const { clock, monitor, departures, period, rounds } = watchPath((hopLimit) =>
      hopLimit < 3 ? { kind: 'passed', by: `10.0.0.${hopLimit}` } : { kind: 'reply', rtt: 100 - 5 * hopLimit },
    );
    clock.advance(seconds(1.5));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(departures()[1]?.hopLimits).toEqual(upTo(3));
    expect(rounds[0]).toMatchObject({ hops: [{}, {}, { hopLimit: 3, rttMs: 85 }], roundTrip: { rttMs: 85 } });
    expect(rounds[0]?.hops).toHaveLength(3);
    expect(period().hops.map(({ statistics }) => [statistics.sent, statistics.received])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(period().roundTrip).toMatchObject({ sent: 2, received: 2, rttMs: { max: 85 } });
  });

  it('shrinks at once with the path; hops above are withdrawn', () => {
    const { clock, transport, monitor, departures, rounds } = watchPath(long(5));
    clock.advance(seconds(2.5));
    transport.script = long(2);
    clock.advance(seconds(2));
    expect(departures().map(({ hopLimits }) => hopLimits.length)).toEqual([12, 6, 6, 6, 3]);
    expect(monitor.destinationHopLimit).toBe(3);
    expect(rounds[3]).toMatchObject({ hops: [{}, {}, { hopLimit: 3 }], roundTrip: { fate: 'answered', rttMs: 30 } });
  });

  it('grows with the path: the round that finds it longer has no round trip, and none is lost', () => {
    const { clock, transport, monitor, departures, rounds, period } = watchPath(long(2));
    clock.advance(seconds(2.5));
    transport.script = long(4);
    clock.advance(seconds(3));
    expect(departures().map(({ hopLimits }) => hopLimits.length)).toEqual([12, 3, 3, 3, 12, 5]);
    expect(monitor.destinationHopLimit).toBe(5);
    expect(rounds[3]).toMatchObject({ hops: [{}, {}, { responder: '10.0.0.3' }], roundTrip: null });
    expect(rounds[4]?.hops).toHaveLength(5);
    expect(rounds[4]?.roundTrip).toEqual({ fate: 'answered', rttMs: 50 });
    expect(period().roundTrip).toMatchObject({ sent: 5, received: 5, lossRatio: 0 });
  });

  it('grows once for rounds that overlap: what an older round says is not believed against a newer one', () => {
    // Round trips of 300 ms with a round every 100 ms: three more rounds are under way when the first is answered.
    const slow = (script: Script): Script => {
      return (hopLimit, nth) => ({ ...script(hopLimit, nth), rtt: 300 }) as ReturnType<Script>;
    };
    const { clock, transport, monitor, departures, period } = watchPath(slow(long(2)), { interval: milliseconds(100) });
    clock.advance(milliseconds(950));
    transport.script = slow(long(4));
    clock.advance(milliseconds(2_000));
    expect(departures().map(({ hopLimits }) => hopLimits.length)).toEqual([
      ...[12, 12, 12, 3, 3, 3, 3, 3, 3, 3],
      ...[3, 3, 3, 12, 12, 12, ...new Array<number>(14).fill(5)],
    ]);
    expect(monitor.destinationHopLimit).toBe(5);
    expect(period().roundTrip).toMatchObject({ icmpErrors: 0, timedOut: 0, lossRatio: 0 });
  });

  it('grows over a silent router: scouts look beyond a destination that has fallen silent, and two must agree', () => {
    const { clock, transport, monitor, departures, period, rounds } = watchPath(long(2));
    clock.advance(seconds(2.5));
    transport.script = pathOf(ROUTERS[0], ROUTERS[1], null);
    clock.advance(seconds(20));
    const counts = departures().map(({ hopLimits }) => hopLimits.length);
    expect(counts.slice(0, 4)).toEqual([12, 3, 3, 3]);
    expect(counts.filter((count) => count === 12)).toHaveLength(3);
    expect(monitor.destinationHopLimit).toBe(4);
    expect(counts.at(-1)).toBe(4);
    expect(rounds.at(-1)).toMatchObject({ roundTrip: { fate: 'answered' } });
    // Scouts are not part of the recording: nobody is seen beyond the destination.
    expect(period().hops).toHaveLength(4);
    expect(period().hops[3]?.statistics.lossRatio).toBe(0);
  });

  it('begins a search when a router answers a scout', () => {
    const { clock, transport, monitor } = watchPath(long(2));
    clock.advance(seconds(2.5));
    transport.script = pathOf(ROUTERS[0], ROUTERS[1], null, ROUTERS[3]);
    clock.advance(seconds(10));
    expect(monitor.destinationHopLimit).toBe(5);
  });

  it('stays where it was when the destination is silent for a while, and counts that as loss', () => {
    const { clock, transport, monitor, departures, period } = watchPath(long(2));
    clock.advance(seconds(9.5));
    transport.script = (hopLimit, nth) => (hopLimit > 2 ? { kind: 'lost' } : long(2)(hopLimit, nth));
    clock.advance(seconds(200));
    const outage = departures().slice(10);
    expect(outage.filter(({ hopLimits }) => hopLimits.length > 3).length).toBeLessThanOrEqual(8);
    transport.script = long(2);
    clock.advance(seconds(10));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(period().roundTrip).toMatchObject({ sent: 220, received: 20, timedOut: 200 });
    expect(period().hops).toHaveLength(3);
  });

  it('is put right when the destination lost its answer in the round that found it', () => {
    const lossy: Script = (hopLimit, nth) => (hopLimit === 3 && nth === 0 ? { kind: 'lost' } : long(2)(hopLimit, nth));
    const { clock, monitor, period, events } = watchPath(lossy);
    clock.advance(seconds(0.5));
    expect(monitor.destinationHopLimit).toBe(4);
    clock.advance(seconds(20));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(period().hops.map(({ statistics }) => statistics.sent)).toEqual([21, 21, 21]);
    expect(period().hops[2]?.statistics).toMatchObject({ received: 20, timedOut: 1 });
    expect(events).toEqual([]);
  });

  it('is five beyond the last answer while the destination never answers, with scouts in every 60th round', () => {
    const { clock, departures, period, monitor } = watchPath(
      (hopLimit, nth) => (hopLimit > 2 ? nothing(hopLimit, nth) : long(2)(hopLimit, nth)),
      { timeout: milliseconds(500) },
    );
    clock.advance(seconds(125.7));
    const counts = departures().map(({ hopLimits }) => hopLimits.length);
    expect(counts.flatMap((count, round) => (count === 7 ? [] : [[round, count]]))).toEqual([
      [0, 12],
      [60, 12],
      [120, 12],
    ]);
    expect(monitor.destinationHopLimit).toBeNull();
    expect(period().hops).toHaveLength(7);
    expect(period().roundTrip).toMatchObject({ sent: 126, received: 0, timedOut: 126 });
  });

  it('is found by a scout when the destination begins to answer further away', () => {
    const { clock, transport, monitor, rounds } = watchPath(nothing, { timeout: milliseconds(500) });
    clock.advance(seconds(5.7));
    transport.script = pathOf(...ROUTERS.map(() => null));
    clock.advance(seconds(60));
    expect(monitor.destinationHopLimit).toBe(7);
    expect(rounds.at(-1)?.roundTrip).toMatchObject({ fate: 'answered' });
  });

  it('alternates where packets take ways of two lengths: every round has its round trip, and there is no change', () => {
    // Every probe takes the short or the long way, as a generator with a period of 2^32 says.
    const random = new SeededRandom(3);
    const either: Script = (hopLimit, nth) => long(random.uint32() % 2 === 0 ? 3 : 4)(hopLimit, nth);
    const { clock, transport, monitor, departures, period, events } = watchPath(either);
    clock.advance(seconds(299.5));
    const reaches = departures().map(({ hopLimits }) => hopLimits.length);
    expect(reaches.slice(20).every((reach) => reach === 5)).toBe(true);
    const { sent, received } = period().roundTrip;
    expect([sent >= 297, received]).toEqual([true, sent]);
    expect(period().hops).toHaveLength(5);
    expect(events).toEqual([]);
    // The short way goes out of use.
    transport.script = long(4);
    clock.advance(seconds(70));
    expect(monitor.destinationHopLimit).toBe(5);
  });

  it('goes no further than the shorter way when the longer one goes out of use', () => {
    const either: Script = (hopLimit, nth) => long(nth % 2 === 0 ? 3 : 4)(hopLimit, nth);
    const { clock, transport, monitor, departures } = watchPath(either);
    clock.advance(seconds(49.5));
    expect(departures().at(-1)?.hopLimits).toEqual(upTo(5));
    transport.script = long(3);
    clock.advance(seconds(70));
    expect(monitor.destinationHopLimit).toBe(4);
    expect(departures().at(-1)?.hopLimits).toEqual(upTo(4));
  });

  it('is searched for again when the path becomes longer than either way', () => {
    const either: Script = (hopLimit, nth) => long(nth % 2 === 0 ? 3 : 4)(hopLimit, nth);
    const { clock, transport, monitor } = watchPath(either);
    clock.advance(seconds(49.5));
    transport.script = long(6);
    clock.advance(seconds(5));
    expect(monitor.destinationHopLimit).toBe(7);
  });

  it('is the greatest hop limit in a routing loop: the round trip ends in an ICMP error, which is no silence', () => {
    const loop: Script = (hopLimit) => ({ kind: 'passed', by: `10.0.0.${1 + (hopLimit % 2)}` });
    const { clock, departures, period, rounds } = watchPath(loop);
    clock.advance(seconds(9.5));
    expect(departures().every(({ hopLimits }) => hopLimits.length === 12)).toBe(true);
    expect(rounds[5]?.roundTrip).toEqual({ fate: 'refused', rttMs: null });
    expect(period().roundTrip).toMatchObject({ sent: 10, icmpErrors: 10, timedOut: 0, received: 0 });
  });
});
