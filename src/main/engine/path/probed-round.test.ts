import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { pathOf, type Script, TARGET } from './test-path-transport.ts';
import { upTo, watchPath } from './test-watched-path.ts';

const SHORT = pathOf('10.0.0.1', '10.0.0.2');

/** Routers up to a hop limit; all probes beyond are refused by the last of them. */
function refusedAfter(routers: number, tooBig = false): Script {
  return (hopLimit) => {
    if (hopLimit <= routers) return { kind: 'passed', by: `10.0.0.${hopLimit}` };
    return { kind: 'refused', by: `10.0.0.${routers}`, tooBig };
  };
}

describe('a round', () => {
  for (const tooBig of [false, true]) {
    it(`ends where a router says ${tooBig ? 'packet too big' : 'unreachable'}, and its round trip is a refusal`, () => {
      const { clock, rounds, period, departures, monitor } = watchPath(refusedAfter(2, tooBig));
      clock.advance(seconds(3.5));
      expect(rounds[3]).toMatchObject({
        hops: [{ responder: '10.0.0.1' }, { hopLimit: 2, responder: '10.0.0.2', rttMs: 30 }],
        roundTrip: { fate: 'refused', rttMs: null },
      });
      // It is asked once, and for a refusal: routers answer few of such probes.
      expect(departures().map(({ hopLimits }) => hopLimits)).toEqual([upTo(12), [1, 3], [1, 3], [1, 3]]);
      expect(period().hops.map(({ responders }) => responders.map(({ answer }) => answer.icmpType))).toEqual([
        [11],
        [3],
      ]);
      expect(period().hops[1]?.responders[0]?.answer.mtu).toBe(tooBig ? 1_300 : null);
      expect(period().hops[1]?.statistics).toMatchObject({ sent: 4, received: 4 });
      expect(period().roundTrip).toMatchObject({ sent: 4, icmpErrors: 4, received: 0, lossRatio: 1 });
      expect(monitor.destinationHopLimit).toBeNull();
    });
  }

  it('goes further again as soon as nobody refuses', () => {
    const { clock, transport, monitor } = watchPath(refusedAfter(2));
    clock.advance(seconds(2.5));
    transport.script = pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3');
    clock.advance(seconds(3));
    expect(monitor.destinationHopLimit).toBe(4);
  });

  it('goes no further than a refusing router as soon as that is known, and stays so when it says nothing once', () => {
    // A router that has four answers to give, and two more each second.
    let answers = 4;
    let at = 0;
    const limited: Script = (hopLimit) => {
      if (hopLimit < 3) return { kind: 'passed', by: `10.0.0.${hopLimit}` };
      answers = Math.min(4, answers + (clock.now() - at) / 500);
      at = clock.now();
      if (answers < 1) return { kind: 'lost' };
      answers -= 1;
      return hopLimit === 3 ? { kind: 'passed', by: '10.0.0.3' } : { kind: 'refused', by: '10.0.0.3' };
    };
    const clock = new VirtualClock();
    const { transport, period, rounds, departures } = watchPath(limited, { interval: milliseconds(500) }, clock);
    clock.advance(seconds(2.2));
    expect(departures().map(({ hopLimits }) => hopLimits)).toEqual([
      upTo(12),
      ...new Array<number[]>(4).fill([1, 2, 4]),
    ]);
    expect(period().roundTrip).toMatchObject({ sent: 5, icmpErrors: 5, timedOut: 0 });
    transport.script = (hopLimit, nth) => (nth === 5 ? { kind: 'lost' } : limited(hopLimit, nth));
    clock.advance(seconds(3));
    expect(departures().at(-1)?.hopLimits).toEqual([1, 2, 4]);
    expect(rounds[0]?.hops).toHaveLength(3);
    expect(period().hops).toHaveLength(3);
    expect(period().hops[2]?.statistics).toMatchObject({ reordered: 0, inFlight: 0 });
  });

  it('is put right when a refusing router was heard late in the round that found it', () => {
    const { clock, period } = watchPath((hopLimit, nth) =>
      nth === 0 && hopLimit > 1 && hopLimit < 7 ? { kind: 'lost' } : refusedAfter(2)(hopLimit, nth),
    );
    clock.advance(seconds(9.5));
    expect(period().hops.map(({ statistics }) => [statistics.sent, statistics.received])).toEqual([
      [10, 10],
      [10, 9],
    ]);
    expect(period().roundTrip).toMatchObject({ sent: 10, icmpErrors: 10 });
  });

  it('looks further when another router refuses in place of the one that did', () => {
    const { clock, transport, period } = watchPath(refusedAfter(2));
    clock.advance(seconds(2.9));
    // The third router refuses whatever comes to it.
    transport.script = (hopLimit) => ({
      kind: hopLimit < 3 ? 'passed' : 'refused',
      by: `10.0.0.${Math.min(hopLimit, 3)}`,
    });
    clock.advance(seconds(4));
    const { hops } = period();
    const answers = hops.map(({ responders }) => responders.map(({ answer }) => [answer.responder, answer.icmpType]));
    expect(answers).toEqual([
      [['10.0.0.1', 11]],
      // It refused, and passes now.
      [['10.0.0.2', 11]],
      [['10.0.0.3', 3]],
    ]);
  });

  it('shows the refusal of a round once, though many come and those of the next round before the last of them', () => {
    const { clock, period } = watchPath(refusedAfter(2), { interval: milliseconds(50) });
    clock.advance(seconds(2.02));
    expect(period().hops[1]?.statistics).toMatchObject({ sent: 41, received: 40, inFlight: 1, reordered: 0 });
    expect(period().hops).toHaveLength(2);
  });

  it('does not take the late reply of a destination behind it for one at the place of a router that refused', () => {
    const { clock, transport, monitor, period } = watchPath(refusedAfter(2), { timeout: milliseconds(500) });
    clock.advance(seconds(2.9));
    transport.script = (hopLimit, nth) => (hopLimit > 2 ? { kind: 'reply', rtt: 700 } : SHORT(hopLimit, nth));
    clock.advance(seconds(1));
    expect(monitor.destinationHopLimit).toBeNull();
    clock.advance(seconds(10));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(period().hops[1]?.responders.map(({ answer }) => answer.responder)).not.toContain(TARGET);
  });

  it('keeps the place of a known destination while it is refused', () => {
    const { clock, transport, monitor, rounds, period } = watchPath(pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3'));
    clock.advance(seconds(2.5));
    transport.script = refusedAfter(1);
    clock.advance(seconds(2));
    expect(rounds[3]).toMatchObject({ hops: [{ hopLimit: 1, rttMs: 20 }], roundTrip: { fate: 'refused' } });
    expect(rounds[3]?.hops).toHaveLength(1);
    expect(monitor.destinationHopLimit).toBe(4);
    transport.script = pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3');
    clock.advance(seconds(2));
    expect(rounds.at(-1)?.roundTrip).toMatchObject({ fate: 'answered' });
    expect(period().roundTrip).toMatchObject({ sent: 7, received: 5, icmpErrors: 2 });
  });

  it('believes a reply rather than a router that refuses before it', () => {
    const { clock, monitor, rounds, period } = watchPath((hopLimit, nth) =>
      hopLimit === 2 ? { kind: 'refused', by: '10.0.0.2' } : SHORT(hopLimit, nth),
    );
    clock.advance(seconds(3.5));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(rounds[3]).toMatchObject({ hops: [{}, { responder: '10.0.0.2' }, { responder: TARGET }] });
    expect(period().roundTrip).toMatchObject({ sent: 4, received: 4, icmpErrors: 0 });
  });

  it('learns the place of a destination that refuses itself', () => {
    const { clock, monitor, departures, rounds } = watchPath((hopLimit, nth) =>
      hopLimit > 2 ? { kind: 'refused', by: TARGET } : SHORT(hopLimit, nth),
    );
    clock.advance(seconds(1.5));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(departures()[1]?.hopLimits).toEqual(upTo(3));
    expect(rounds[1]?.roundTrip).toEqual({ fate: 'refused', rttMs: null });
  });

  it('gives late answers to their probes: a router’s to its hop, a reply to the round trip too', () => {
    const { clock, period, recording, startedAt, monitor } = watchPath(
      (hopLimit, nth) => {
        if (hopLimit === 1 && nth === 1) return { kind: 'passed', by: '10.0.0.1', rtt: 2_500 };
        if (hopLimit === 3 && nth === 2) return { kind: 'reply', rtt: 70_000 };
        return SHORT(hopLimit, nth);
      },
      { count: 4 },
    );
    clock.advance(seconds(100));
    expect(period().hops.map(({ statistics }) => [statistics.received, statistics.late, statistics.timedOut])).toEqual([
      [4, 1, 0],
      [4, 0, 0],
      [4, 1, 0],
    ]);
    expect(period().roundTrip).toMatchObject({ sent: 4, received: 4, late: 1, timedOut: 0, rttMs: { max: 30 } });
    const fates = (hopLimit: number) =>
      recording.outcomes(hopLimit, startedAt, monitor.sessionNow(), 10).map(({ fate }) => fate);
    expect(fates(1)).toEqual(['answered', 'late', 'answered', 'answered']);
    expect(fates(0)).toEqual(['answered', 'answered', 'late', 'answered']);
    // A late answer of a router is of the same responder as those that came in time.
    expect(period().hops[0]?.responders).toHaveLength(1);
  });

  it('learns the place of a destination that is always late', () => {
    const { clock, monitor, period, departures } = watchPath(
      (hopLimit, nth) => (hopLimit > 2 ? { kind: 'reply', rtt: 700 + hopLimit } : SHORT(hopLimit, nth)),
      { timeout: milliseconds(500) },
    );
    clock.advance(seconds(3.9));
    expect(monitor.destinationHopLimit).toBe(3);
    expect(departures().map(({ hopLimits }) => hopLimits.length)).toEqual([12, 3, 3, 3]);
    expect(period().hops).toHaveLength(3);
    expect(period().roundTrip).toMatchObject({ sent: 4, received: 4, late: 4 });
  });

  it('counts a second copy of a reply for its hop and for the round trip', () => {
    const { clock, period } = watchPath((hopLimit, nth) =>
      hopLimit > 2 && nth < 2 ? { kind: 'reply', copies: 2 } : SHORT(hopLimit, nth),
    );
    clock.advance(seconds(3.5));
    expect(period().hops[2]?.statistics).toMatchObject({ sent: 4, received: 4, duplicates: 4 });
    expect(period().roundTrip).toMatchObject({ sent: 4, received: 4, duplicates: 4 });
  });

  it('keeps several responders of one hop apart, and shows a silent hop as a row', () => {
    const { clock, period } = watchPath((hopLimit, nth) => {
      if (hopLimit === 1) return { kind: 'lost' };
      if (hopLimit === 2) return { kind: 'passed', by: nth % 2 === 0 ? '10.0.0.2' : '10.0.0.22' };
      return { kind: 'reply' };
    });
    clock.advance(seconds(9.5));
    const rows = period().hops.map(({ responders }) => responders.map((each) => each.answer.responder));
    expect(rows).toEqual([[], ['10.0.0.2', '10.0.0.22'], [TARGET]]);
    expect(period().hops[1]?.responders.map(({ statistics }) => statistics.received)).toEqual([5, 5]);
  });
});
