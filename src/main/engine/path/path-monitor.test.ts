import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { type Clock, VirtualClock } from '../../base/clock.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { pathOf, type Script, ScriptedPathTransport, TARGET } from './test-path-transport.ts';
import { SleepyClock, upTo, watchPath } from './test-watched-path.ts';

const SHORT = pathOf('10.0.0.1', '10.0.0.2');

describe('a path monitor', () => {
  it('sends nothing before the clock moves, then all hop limits at once, and later only those up to the destination', () => {
    const { clock, transport, monitor, departures } = watchPath(SHORT);
    expect(transport.sent).toEqual([]);
    clock.advance(seconds(2.5));
    expect(departures()).toEqual([
      { at: 0, hopLimits: upTo(12) },
      { at: 1_000, hopLimits: upTo(3) },
      { at: 2_000, hopLimits: upTo(3) },
    ]);
    expect(monitor.destinationHopLimit).toBe(3);
  });

  it('gives every probe the flow, and none where the payload has no room for it', () => {
    const flows = (payloadBytes: number) => {
      const { clock, transport } = watchPath(SHORT, { payloadBytes, trafficClass: 8 });
      clock.advance(milliseconds(1));
      return [...new Set(transport.sent.map(({ probe }) => JSON.stringify({ ...probe, hopLimit: 0 })))];
    };
    const probe = { destination: TARGET, payloadBytes: 10, trafficClass: 8, timeout: 2_000 };
    expect(flows(10)).toEqual([JSON.stringify({ ...probe, flow: 7, hopLimit: 0 })]);
    expect(flows(9)).toEqual([JSON.stringify({ ...probe, payloadBytes: 9, hopLimit: 0 })]);
  });

  it('tells a round when every probe of it has its fate, hops beyond the destination left out', () => {
    const { clock, rounds, startedAt } = watchPath(pathOf('10.0.0.1', null));
    clock.advance(seconds(1.9));
    expect(rounds).toEqual([]);
    clock.advance(seconds(0.2));
    expect(rounds).toEqual([
      {
        round: 0,
        atEpochMs: startedAt,
        hops: [
          { hopLimit: 1, fate: 'answered', rttMs: 10, responder: '10.0.0.1' },
          { hopLimit: 2, fate: 'lost', rttMs: null, responder: null },
          { hopLimit: 3, fate: 'answered', rttMs: 30, responder: TARGET },
        ],
        roundTrip: { fate: 'answered', rttMs: 30 },
      },
    ]);
  });

  it('tells rounds in their order although they overlap and a later one has its answers first', () => {
    const { clock, told } = watchPath((_, nth) => (nth === 0 ? { kind: 'lost' } : { kind: 'reply', rtt: 5 }), {
      interval: milliseconds(500),
    });
    clock.advance(seconds(1.9));
    expect(told).toEqual([]);
    clock.advance(seconds(0.2));
    expect(told).toEqual(['round 0', 'round 1', 'round 2', 'round 3', 'round 4']);
  });

  it('does not drift when its timers are late', () => {
    const clock = new VirtualClock();
    const late: Clock = {
      now: () => clock.now(),
      wallNow: () => clock.wallNow(),
      after: (delay, callback) => clock.after(milliseconds(Math.max(0, delay) + 7), callback),
    };
    const { departures } = watchPath(SHORT, {}, clock, new ProbePacer({ clock }), late);
    clock.advance(seconds(100.5));
    expect([0, 50, 100].map((round) => departures()[round]?.at)).toEqual([7, 50_007, 100_007]);
  });

  it('ends after its rounds, once, when the last of them is told', () => {
    const { clock, told } = watchPath(pathOf(null), { count: 2, timeout: seconds(3) });
    clock.advance(seconds(3.9));
    expect(told).toEqual(['round 0']);
    clock.advance(seconds(60));
    expect(told).toEqual(['round 0', 'round 1', 'finished']);
  });

  it('calls nobody back after it was ended', () => {
    const { clock, monitor, told } = watchPath(SHORT, { count: 1 });
    clock.advance(milliseconds(5));
    monitor[Symbol.dispose]();
    monitor.resume();
    monitor.loseTransport();
    clock.advance(seconds(60));
    expect(told).toEqual([]);
  });

  it('waits until a whole round fits the budget that all monitors share, and tears none apart', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock }, 1_000);
    const paths = upTo(6).map(() =>
      watchPath(pathOf(...upTo(29).map((n) => `10.0.1.${n}`)), { maxHops: 30 }, clock, pacer),
    );
    clock.advance(seconds(3.9));
    for (const { departures } of paths) {
      expect(departures().map(({ hopLimits }) => hopLimits)).toEqual([upTo(30), upTo(30), upTo(30), upTo(30)]);
    }
    const perWindow = paths.flatMap(({ transport }) => transport.sent.map(({ at }) => at)).filter((at) => at < 50);
    // A burst of 100 and 50 more that were earned in 50 ms: four rounds of 30 are 120, a fifth would be 150 at 50 ms.
    expect(perWindow).toHaveLength(120);
  });

  it('forgets a probe whose transport was closed under it, and goes on over the next one', () => {
    const { clock, monitor, transport, rounds, period } = watchPath(SHORT);
    clock.advance(seconds(5.005));
    transport[Symbol.dispose]();
    monitor.useTransport(new ScriptedPathTransport(clock, SHORT));
    clock.advance(seconds(20));
    expect(rounds.map(({ round }) => round)).toEqual(Array.from({ length: 25 }, (_, round) => round));
    expect(rounds[5]).toMatchObject({ hops: [], roundTrip: null });
    expect(period().roundTrip).toMatchObject({ sent: 25, received: 24, inFlight: 1, timedOut: 0 });
  });

  it('counts the local drops of all transports it had, and only those of its own time', () => {
    const { clock, monitor, transport } = watchPath(SHORT);
    transport.localDrops = 5;
    const second = new ScriptedPathTransport(clock, SHORT);
    second.localDrops = 100;
    monitor.useTransport(second);
    second.localDrops = 103;
    expect(monitor.localDrops()).toBe(8);
    monitor.loseTransport();
    second.localDrops = 0;
    expect(monitor.localDrops()).toBe(8);
  });
});

describe('time in which a path was not measured', () => {
  it('is a gap while paused; what was in flight still counts, and it goes on at once when resumed', () => {
    const { clock, monitor, events, departures, period, startedAt } = watchPath(pathOf('10.0.0.1'));
    clock.advance(seconds(1.005));
    monitor.pause();
    monitor.pause();
    clock.advance(seconds(600));
    expect(monitor.currentGap()).toEqual({
      fromEpochMs: startedAt + 1_005,
      toEpochMs: startedAt + 601_005,
      cause: 'paused',
    });
    monitor.resume();
    clock.advance(seconds(1.5));
    const gap = { fromEpochMs: startedAt + 1_005, toEpochMs: startedAt + 601_005, cause: 'paused' };
    expect(events).toEqual([{ kind: 'gap', gap }]);
    expect(departures().map(({ at }) => at)).toEqual([0, 1_000, 601_005, 602_005]);
    expect(period()).toMatchObject({ gaps: [gap], roundTrip: { sent: 4, received: 4, lossRatio: 0 } });
    expect(monitor.currentGap()).toBeNull();
  });

  it('is a gap without a transport; what was in flight is withdrawn', () => {
    const { clock, monitor, events, departures, period, startedAt, rounds } = watchPath(pathOf('10.0.0.1'));
    clock.advance(seconds(1.015));
    monitor.loseTransport();
    expect(rounds.at(-1)).toMatchObject({ round: 1, hops: [{ hopLimit: 1, fate: 'answered' }], roundTrip: null });
    clock.advance(seconds(60));
    monitor.useTransport(new ScriptedPathTransport(clock, pathOf('10.0.0.1')));
    clock.advance(seconds(0.5));
    const gap = { fromEpochMs: startedAt + 1_015, toEpochMs: startedAt + 61_015, cause: 'no-transport' };
    expect(events).toEqual([{ kind: 'gap', gap }]);
    expect(departures().map(({ at }) => at)).toEqual([0, 1_000]);
    expect(period().roundTrip).toMatchObject({ sent: 2, timedOut: 0, lossRatio: 0 });
  });

  it('is one gap however many transports were tried in vain, and ends when a probe has left', () => {
    const { clock, monitor, events, period, startedAt } = watchPath(SHORT);
    const gone: Script = () => ({ kind: 'unsent', reason: 'interface-gone', osCode: 'ENODEV' });
    clock.advance(seconds(1.5));
    monitor.loseTransport();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      clock.advance(seconds(5));
      monitor.useTransport(new ScriptedPathTransport(clock, gone));
      clock.advance(milliseconds(0));
      expect(monitor.currentGap()).toMatchObject({ fromEpochMs: startedAt + 1_500, cause: 'no-transport' });
      monitor.loseTransport();
    }
    clock.advance(seconds(5));
    monitor.useTransport(new ScriptedPathTransport(clock, () => ({ kind: 'lost' })));
    clock.advance(seconds(1.9));
    const gap = { fromEpochMs: startedAt + 1_500, toEpochMs: startedAt + 21_500, cause: 'no-transport' };
    expect([monitor.currentGap(), period().gaps]).toEqual([gap, []]);
    // A probe that is lost has left.
    clock.advance(seconds(0.2));
    expect(events.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', gap }]);
    expect([monitor.currentGap(), period().gaps]).toEqual([null, [gap]]);
  });

  it('is the gap up to the new transport when that is paused before anything has left', () => {
    const { clock, monitor, events, startedAt } = watchPath(SHORT);
    clock.advance(seconds(1.5));
    monitor.loseTransport();
    clock.advance(seconds(5));
    monitor.useTransport(new ScriptedPathTransport(clock, () => ({ kind: 'lost' })));
    clock.advance(seconds(1));
    monitor.pause();
    const gap = { fromEpochMs: startedAt + 1_500, toEpochMs: startedAt + 6_500, cause: 'no-transport' };
    expect(events).toEqual([{ kind: 'gap', gap }]);
    expect(monitor.currentGap()).toMatchObject({ fromEpochMs: startedAt + 7_500, cause: 'paused' });
  });

  it('is two gaps when the transport is lost while paused and still lost when resumed', () => {
    const { clock, monitor, events } = watchPath(SHORT);
    clock.advance(seconds(1.5));
    monitor.pause();
    clock.advance(seconds(10));
    monitor.loseTransport();
    clock.advance(seconds(10));
    monitor.resume();
    clock.advance(seconds(10));
    monitor.useTransport(new ScriptedPathTransport(clock, SHORT));
    clock.advance(seconds(0.5));
    const gaps = events.map(
      (event) => event.kind === 'gap' && [event.gap.cause, event.gap.toEpochMs - event.gap.fromEpochMs],
    );
    expect(gaps).toEqual([
      ['paused', 20_000],
      ['no-transport', 10_000],
    ]);
  });

  for (const [how, pass] of [
    ['suspended, its monotonic clock standing still', (clock: SleepyClock) => clock.suspend(3_600_000)],
    ['stopped, its monotonic clock going on', (clock: SleepyClock) => clock.stall(3_600_000)],
  ] as const) {
    it(`is a gap when the machine was ${how}; nothing in flight across it is lost`, () => {
      const clock = new SleepyClock();
      const { events, period, startedAt, monitor, rounds } = watchPath(pathOf('10.0.0.1', '10.0.0.2'), {}, clock);
      clock.advance(seconds(2.005));
      pass(clock);
      clock.advance(seconds(5));
      expect(events).toHaveLength(1);
      expect(events).toMatchObject([{ kind: 'gap', gap: { cause: 'asleep' } }]);
      const { roundTrip, gaps } = period();
      const [gap] = gaps;
      expect(Math.abs((gap?.fromEpochMs ?? 0) - startedAt - 2_000)).toBeLessThan(10);
      expect(Math.abs((gap?.toEpochMs ?? 0) - startedAt - 3_602_000)).toBeLessThan(1_100);
      expect(roundTrip).toMatchObject({ timedOut: 0, lossRatio: 0 });
      expect(rounds.filter((round) => round.roundTrip === null)).toHaveLength(1);
      expect(monitor.sessionNow()).toBe(startedAt + 3_607_005);
    });
  }

  it('is no gap when a timer was a little late: the round is sent, or missed, on the same grid', () => {
    const clock = new SleepyClock();
    const { events, departures, period } = watchPath(SHORT, {}, clock);
    clock.advance(seconds(2.5));
    clock.stall(3_200);
    clock.advance(seconds(2));
    expect(events).toEqual([]);
    expect(departures().map(({ at }) => at)).toEqual([0, 1_000, 2_000, 7_000]);
    expect(period().roundTrip).toMatchObject({ sent: 4, timedOut: 0 });
  });

  it('is not made by a wall clock that steps back: that is told, and session time goes on', () => {
    const { clock, events, monitor, startedAt, rounds } = watchPath(SHORT);
    clock.advance(seconds(2.5));
    clock.stepWall(milliseconds(-7_200_000));
    clock.advance(seconds(2));
    expect(events).toEqual([{ kind: 'clock-stepped', atEpochMs: startedAt + 3_000, byMs: -7_200_000 }]);
    expect(monitor.sessionNow()).toBe(startedAt + 4_500);
    expect(rounds.map(({ atEpochMs }) => atEpochMs - startedAt)).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  });
});

describe('probes that never left', () => {
  const noRoute = { kind: 'unsent', reason: 'no-route', osCode: 'ENETUNREACH' } as const;

  it('are counted by reason, told once a second, and are not lost', () => {
    const { clock, transport, monitor, events, period, rounds, startedAt } = watchPath(SHORT, {
      interval: milliseconds(250),
    });
    clock.advance(seconds(1.9));
    transport.script = () => noRoute;
    clock.advance(seconds(2));
    expect(events.map((event) => event.kind === 'send-failed' && [event.atEpochMs - startedAt, event.reason])).toEqual([
      [2_000, 'no-route'],
      [3_000, 'no-route'],
    ]);
    const failures = monitor.recording.sendFailures(startedAt, monitor.sessionNow());
    expect(failures).toEqual([{ reason: 'no-route', osCode: 'ENETUNREACH', count: 8 * 3 }]);
    expect(rounds.at(-1)).toMatchObject({ roundTrip: null, hops: [{ hopLimit: 1, fate: 'send-failed' }, {}, {}] });
    expect(period().roundTrip).toMatchObject({ sent: 8, sendFailures: 8, lossRatio: 0 });
  });

  it('leave the search for the destination as it was: all hop limits are tried until they can leave', () => {
    const { clock, transport, departures } = watchPath(() => noRoute);
    clock.advance(seconds(3.5));
    transport.script = SHORT;
    clock.advance(seconds(2));
    expect(departures().map(({ hopLimits }) => hopLimits.length)).toEqual([12, 12, 12, 12, 12, 3]);
  });
});
