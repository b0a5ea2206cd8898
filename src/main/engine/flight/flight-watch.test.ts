import { describe, expect, it } from 'vitest';
import type { Round } from '../../../contract/path.ts';
import { seconds } from '../../../contract/units.ts';
import { type FlightStep, FlightWatch } from './flight-watch.ts';

const MINUTE = 60_000;
const AFTER = seconds(180);

/** What became of the round trip: a round trip in milliseconds, or that it is lost or could not be sent. */
type Told = number | 'lost' | 'unsent';

function refusedAt(atEpochMs: number): Round {
  return { ...roundAt(atEpochMs, 'lost'), roundTrip: { fate: 'refused', rttMs: null } };
}

function roundAt(atEpochMs: number, told: Told): Round {
  const hops = [
    { hopLimit: 1, fate: told === 'unsent' ? 'send-failed' : 'answered', rttMs: null, responder: null },
  ] as const;
  const roundTrip =
    told === 'unsent'
      ? null
      : told === 'lost'
        ? ({ fate: 'lost', rttMs: null } as const)
        : ({ fate: 'answered', rttMs: told } as const);
  return { round: 0, atEpochMs, hops: [...hops], roundTrip };
}

/** Plays what happens by the watch's own rate, from 0; steps as `opened 60 s unreachable`, and the phases with their time. */
function play(
  endMs: number,
  tell: (at: number) => Told,
  others: readonly { at: number; do: (watch: FlightWatch) => FlightStep | null }[] = [],
) {
  const watch = new FlightWatch(AFTER);
  const steps: string[] = [];
  const close: number[] = [];
  const waiting = [...others];
  const note = (step: FlightStep | null) => {
    if (step?.kind === 'opened') steps.push(`opened ${step.from / 1_000} s ${step.seen.kind}`);
    if (step?.kind === 'closed') steps.push(`closed ${step.to / 1_000} s ${step.end}`);
  };
  for (let at = 0; at < endMs; at += watch.isClose ? 1_000 : 10_000) {
    for (; waiting[0] !== undefined && waiting[0].at <= at; waiting.shift()) note(waiting[0].do(watch));
    if (watch.isClose) close.push(at);
    note(watch.take(roundAt(at, tell(at))));
  }
  return { steps, close, watch };
}

/** Some jitter about 20 ms, the same each time. */
const usual = (at: number) => 20 + (((at / 1_000) * 7) % 3);

describe('a flight watch', () => {
  it('opens no incident while all is well, and stays at its low rate', () => {
    expect(play(24 * 60 * MINUTE, usual)).toMatchObject({ steps: [], close: [] });
  });

  it('makes one incident of an outage, from its first lost round to the first good one, and the minutes after are close', () => {
    const lost = (at: number) => at >= 20 * MINUTE && at < 23 * MINUTE;
    const { steps, close } = play(60 * MINUTE, (at) => (lost(at) ? 'lost' : usual(at)));
    expect(steps).toEqual(['opened 1200 s unreachable', 'closed 1380 s calm']);
    // The first sign raises the rate for the next round on, three minutes of calm lower it again.
    expect([close[0], close.at(-1)]).toEqual([1_201_000, 1_560_000]);
    expect(close).toHaveLength(360);
  });

  it('looks closer at a single lost round, and makes no incident of it', () => {
    const { steps, close } = play(10 * MINUTE, (at) => (at === 5 * MINUTE ? 'lost' : usual(at)));
    expect(steps).toEqual([]);
    expect([close[0], close.at(-1)]).toEqual([301_000, 315_000]);
  });

  it('does not look closer for long at loss that makes no incident', () => {
    // Every tenth round, at whatever rate.
    let round = 0;
    const { steps, close } = play(60 * MINUTE, (at) => (++round % 10 === 0 ? 'lost' : usual(at)));
    expect(steps).toEqual([]);
    // At most a minute of each eleven.
    expect(close.length).toBeGreaterThan(60);
    expect(close.length).toBeLessThanOrEqual(6 * 60);
  });

  it('sees loss of a quarter of the last rounds, and its end', () => {
    let round = 0;
    const isLossy = (at: number) => at >= 10 * MINUTE && at < 15 * MINUTE;
    const { steps } = play(30 * MINUTE, (at) => (isLossy(at) && ++round % 3 === 0 ? 'lost' : usual(at)));
    expect(steps).toHaveLength(2);
    expect(steps[0]).toMatch(/^opened 6\d\d s loss$/);
    expect(steps[1]).toMatch(/^closed (89\d|90\d) s calm$/);
  });

  it('sees round trips far above what was usual before, but not those a little above', () => {
    const slow = (ms: number) => (at: number) => (at >= 20 * MINUTE && at < 22 * MINUTE ? ms : usual(at));
    expect(play(60 * MINUTE, slow(35)).steps).toEqual([]);
    expect(play(60 * MINUTE, slow(80)).steps).toEqual(['opened 1200 s slow', 'closed 1320 s calm']);
  });

  it('is one incident when trouble comes back within the minutes after, and two when it comes later', () => {
    const twice =
      (second: number) =>
      (at: number): Told =>
        [10 * MINUTE, second].some((from) => at >= from && at < from + MINUTE) ? 'lost' : usual(at);
    expect(play(40 * MINUTE, twice(13 * MINUTE)).steps).toEqual(['opened 600 s unreachable', 'closed 840 s calm']);
    expect(play(40 * MINUTE, twice(20 * MINUTE)).steps).toEqual([
      'opened 600 s unreachable',
      'closed 660 s calm',
      'opened 1200 s unreachable',
      'closed 1260 s calm',
    ]);
  });

  it('measures a lasting outage slowly after half an hour, closely again when it ends, and takes a day of it for usual', () => {
    const hours =
      (count: number) =>
      (at: number): Told =>
        at >= 10 * MINUTE && at < (10 + count * 60) * MINUTE ? 'lost' : usual(at);
    const { steps, close } = play(10 * 60 * MINUTE, hours(3));
    expect(steps).toEqual(['opened 600 s unreachable', 'closed 11400 s calm']);
    const within = close.filter((at) => at > 600_000 && at < 11_400_000);
    expect(within.at(-1)).toBe(600_000 + 30 * MINUTE);
    expect(close.at(-1)).toBeGreaterThanOrEqual(11_400_000 + 170_000);
    expect(play(60 * 60 * MINUTE, hours(70)).steps).toEqual([
      'opened 600 s unreachable',
      `closed ${600 + 86_400} s lasting`,
    ]);
  });

  it('takes loss of a day for usual until it was over once', () => {
    const HOUR = 60 * MINUTE;
    let round = 0;
    const isLossy = (at: number) => (at >= HOUR && at < 72 * HOUR) || (at >= 73 * HOUR && at < 74 * HOUR);
    // Three in a row of each ten.
    const { steps } = play(75 * HOUR, (at) => (isLossy(at) && ++round % 10 < 3 ? 'lost' : usual(at)));
    expect(steps).toHaveLength(4);
    expect(steps[0]).toMatch(/^opened 36\d\d s unreachable$/);
    expect(steps[1]).toMatch(/^closed 900\d\d s lasting$/);
    expect(steps[2]).toMatch(/^opened 262\d{3} s unreachable$/);
    expect(steps[3]).toMatch(/^closed 266\d{3} s calm$/);
  });

  it('says nothing of a destination that has never answered', () => {
    expect(play(60 * MINUTE, () => 'lost').steps).toEqual([]);
  });

  it('knows from before it began that a destination answers, and how fast', () => {
    const known = {
      at: 0,
      do: (watch: FlightWatch) => {
        watch.learn(Array(360).fill(20));
        return null;
      },
    };
    expect(play(2 * MINUTE, () => 'lost', [known]).steps).toEqual(['opened 0 s unreachable']);
    expect(play(2 * MINUTE, () => 80, [known]).steps).toEqual(['opened 0 s slow']);
    expect(play(2 * MINUTE, () => 80).steps).toEqual([]);
  });

  it('makes an incident of a changed route, with a minute before and after it, but not of one that keeps changing', () => {
    const change = (at: number) => ({
      at,
      do: (watch: FlightWatch) => watch.change({ atEpochMs: at, before: ['192.0.2.1'], after: ['192.0.2.2'] }),
    });
    expect(play(30 * MINUTE, usual, [change(10 * MINUTE)]).steps).toEqual([
      'opened 540 s route-changed',
      'closed 660 s calm',
    ]);
    const restless = Array.from({ length: 12 }, (_, at) => change((10 + 8 * at) * MINUTE));
    expect(play(3 * 60 * MINUTE, usual, restless).steps.filter((step) => step.startsWith('opened'))).toHaveLength(3);
  });

  it('takes a change of the route within the minutes after as part of the incident, with a minute after it', () => {
    const lost = (at: number) => at >= 10 * MINUTE && at < 11 * MINUTE;
    const back = { atEpochMs: 760_000, before: ['192.0.2.2'], after: ['192.0.2.1'] };
    const change = { at: 760_000, do: (watch: FlightWatch) => watch.change(back) };
    const { steps, close } = play(40 * MINUTE, (at) => (lost(at) ? 'lost' : usual(at)), [change]);
    expect(steps).toEqual(['opened 600 s unreachable', 'closed 820 s calm']);
    expect(close.at(-1)).toBe(1_000_000);
  });

  it('makes an incident of a lost link although no round is sent meanwhile, and ends it with rounds that leave', () => {
    const from = 10 * MINUTE;
    const { steps } = play(30 * MINUTE, (at) => (at >= from && at < from + 2 * MINUTE ? 'unsent' : usual(at)), [
      { at: from, do: (watch) => watch.loseLink(from, true) },
    ]);
    expect(steps).toEqual(['opened 600 s no-link', 'closed 720 s calm']);
  });

  it('takes the link for lost when nothing of two rounds in a row could be sent, and not when a single one or a probe could not', () => {
    const from = 10 * MINUTE;
    const failing = (toMs: number) =>
      play(30 * MINUTE, (at) => (at >= from && at < toMs ? 'unsent' : usual(at)), [
        { at: from, do: (watch) => watch.loseLink(from, false) },
      ]).steps;
    expect(failing(from)).toEqual([]);
    expect(failing(from + 1_000)).toEqual([]);
    expect(failing(from + 2_000)).toEqual(['opened 600 s no-link', 'closed 602 s calm']);
  });

  it('does not take a round that had left before for the end of a lost link', () => {
    const watch = new FlightWatch(AFTER);
    for (let at = 0; at < 10 * MINUTE; at += 10_000) watch.take(roundAt(at, usual(at)));
    expect(watch.loseLink(600_100, true)).toMatchObject({ kind: 'opened', from: 600_100 });
    watch.take(roundAt(10 * MINUTE, 'lost'));
    for (let at = 605_000; at < 30 * MINUTE; at += 5_000) expect(watch.tick(at)).toBeNull();
    expect(watch.phase).toBe('incident');
  });

  it('counts no sleep of the machine among the minutes of an incident or of calm', () => {
    const HOUR = 60 * MINUTE;
    const watch = new FlightWatch(AFTER);
    for (let at = 0; at < 10 * MINUTE; at += 10_000) watch.take(roundAt(at, usual(at)));
    for (let at = 600_000; at < 620_000; at += 1_000) watch.take(roundAt(at, 'lost'));
    // A weekend asleep: neither a day of outage, nor is it measured slowly, as what has lasted half an hour.
    expect(watch.tick(620_000 + 30 * HOUR)).toBeNull();
    expect(watch.isClose).toBe(true);
    const woken = 620_000 + 30 * HOUR + 1_000;
    for (let at = woken; at < woken + 60_000; at += 1_000) expect(watch.take(roundAt(at, usual(at)))).toBeNull();
    // A minute of calm, a night asleep, and the two minutes that are left.
    const next = woken + 60_000 + 8 * HOUR;
    expect(watch.tick(next)).toBeNull();
    const steps: (FlightStep | null)[] = [];
    for (let at = next; at < next + 5 * MINUTE; at += 1_000) steps.push(watch.take(roundAt(at, usual(at))));
    const closed = steps.findIndex((step) => step !== null);
    expect(steps[closed]).toEqual({ kind: 'closed', to: woken, end: 'calm' });
    expect(Math.abs(closed - 120)).toBeLessThanOrEqual(1);
  });

  it('says that rounds were refused only when all of them were', () => {
    const seenOf = (rounds: readonly Round[]) => {
      const watch = new FlightWatch(AFTER);
      watch.take(roundAt(0, 20));
      return rounds.map((round) => watch.take(round)).find((step) => step !== null);
    };
    const seen = (isRefused: boolean) => ({ seen: { kind: 'unreachable', rounds: 3, isRefused } });
    expect(seenOf([refusedAt(1_000), refusedAt(2_000), refusedAt(3_000)])).toMatchObject(seen(true));
    expect(seenOf([roundAt(1_000, 'lost'), refusedAt(2_000), refusedAt(3_000)])).toMatchObject(seen(false));
    expect(seenOf([refusedAt(1_000), refusedAt(2_000), roundAt(3_000, 'lost')])).toMatchObject(seen(false));
  });

  it('gives every incident a length', () => {
    const watch = new FlightWatch(AFTER);
    for (let at = 0; at < 10 * MINUTE; at += 10_000) watch.take(roundAt(at, usual(at)));
    watch.loseLink(10 * MINUTE, true);
    expect(watch.stop(10 * MINUTE)).toMatchObject({ kind: 'closed', to: 601_000 });
  });

  it('closes what is open when recording is stopped', () => {
    const { watch } = play(21 * MINUTE, (at) => (at >= 20 * MINUTE ? 'lost' : usual(at)));
    expect(watch.stop(22 * MINUTE)).toEqual({ kind: 'closed', to: 22 * MINUTE, end: 'stopped' });
    expect(watch.stop(23 * MINUTE)).toBeNull();
  });
});
