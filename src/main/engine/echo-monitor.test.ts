import { describe, expect, it } from 'vitest';
import type { Sample } from '../../contract/probe.ts';
import { hopLimit, type Milliseconds, milliseconds, seconds } from '../../contract/units.ts';
import { type Clock, VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { createSimulatedTransport, type SimulatedNetwork } from '../simulated/simulated-transport.ts';
import { type MonitorRequest, startEchoMonitor } from './echo-monitor.ts';
import { ProbePacer } from './probe-pacer.ts';

const TARGET = '192.0.2.1';
const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;

function start(
  request: Partial<MonitorRequest> = {},
  behaviour: SimulatedNetwork['destinations'][string] = QUICK,
  clock = new VirtualClock(),
  pacer = new ProbePacer({ clock }),
  monitorClock: Clock = clock,
) {
  const transport = createSimulatedTransport(
    { clock, random: new SeededRandom(1) },
    { family: 4, destinations: { [TARGET]: behaviour } },
  );
  const samples: Sample[] = [];
  const repeats: [number, string][] = [];
  let finished = 0;
  const startedAt = clock.wallNow();
  const monitor = startEchoMonitor(
    { clock: monitorClock, transport, pacer },
    {
      destination: TARGET,
      interval: seconds(1),
      count: null,
      payloadBytes: 56,
      hopLimit: hopLimit(64),
      trafficClass: 0,
      timeout: seconds(2),
      ...request,
    },
    {
      onSample: (sample) => samples.push(sample),
      onRepeat: (sequence, { kind }) => repeats.push([sequence, kind]),
      onFinished: () => {
        finished += 1;
      },
    },
  );
  const sentAt = () => samples.map((sample) => sample.sentAtEpochMs - startedAt);
  return { clock, monitor, samples, repeats, sentAt, finishedCount: () => finished };
}

describe('the echo monitor', () => {
  it('sends nothing before the clock moves, then the first probe at once and one every interval', () => {
    const { clock, samples, sentAt } = start();
    expect(samples).toEqual([]);
    clock.advance(seconds(3.5));
    expect(sentAt()).toEqual([0, 1_000, 2_000, 3_000]);
    expect(samples.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
  });

  it('starts the first of many at once and the others together at the beats, each on its own grid afterwards', () => {
    const clock = new VirtualClock();
    clock.advance(milliseconds(1));
    const pacer = new ProbePacer({ clock });
    // Started a millisecond apart: their places in the row are at 1, 2, … 101 ms, the beats at 50, 100 and 150 ms.
    const monitors = Array.from({ length: 101 }, () => start({}, QUICK, clock, pacer));
    clock.advance(seconds(0.2));
    const firstAt = monitors.map(({ sentAt }) => (sentAt()[0] as number) + 1);
    expect([firstAt[0], ...new Set(firstAt.slice(1))]).toEqual([1, 50, 100, 150]);
    expect(firstAt.lastIndexOf(50)).toBe(49);
    clock.advance(seconds(1));
    expect(monitors[60]?.sentAt()).toEqual([99, 1_099]);
  });

  it('does not drift when its timers are late', () => {
    const { clock, sentAt } = startLate(milliseconds(7));
    clock.advance(seconds(100.5));
    // The first probe is 7 ms late and so is the hundredth; lateness does not add up.
    expect([sentAt().at(0), sentAt().at(50), sentAt().at(-1)]).toEqual([7, 50_007, 100_007]);
  });

  it('tells samples in the order in which they end', () => {
    const delays = [1_500, 100, 100];
    const { clock, samples } = start({}, (nth) => ({ kind: 'answers', delay: milliseconds(delays[nth] ?? 100) }));
    clock.advance(seconds(2.5));
    expect(samples.map(({ sequence }) => sequence)).toEqual([1, 0, 2]);
  });

  it('tells every fate with its numbers', () => {
    const error = {
      kind: 'icmp-error',
      error: 'packet-too-big',
      icmpType: 3,
      icmpCode: 4,
      responder: '198.51.100.1',
      delay: milliseconds(5),
      mtu: 1_400,
    } as const;
    const fates = [
      QUICK,
      error,
      { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const,
      { kind: 'silent' } as const,
    ];
    const { clock, samples, monitor } = start({ count: 4 }, (nth) => fates[nth] ?? QUICK);
    clock.advance(seconds(10));
    const sentAtEpochMs = expect.any(Number) as number;
    expect(samples).toEqual([
      {
        fate: 'echo-reply',
        sequence: 0,
        sentAtEpochMs,
        rttMs: 10,
        responder: TARGET,
        replyHopLimit: 64,
        bytesReceived: 64,
        timestampSource: 'kernel-transmit',
      },
      {
        fate: 'icmp-error',
        sequence: 1,
        sentAtEpochMs,
        rttMs: 5,
        responder: '198.51.100.1',
        icmpType: 3,
        icmpCode: 4,
        mtuBytes: 1_400,
        fromThisMachine: false,
      },
      { fate: 'send-failed', sequence: 2, sentAtEpochMs, reason: 'no-route', osCode: 'ENETUNREACH' },
      { fate: 'timed-out', sequence: 3, sentAtEpochMs },
    ]);
    expect(monitor.statistics()).toMatchObject({ sent: 3, received: 1, icmpErrors: 1, timedOut: 1, sendFailures: 1 });
  });

  it('finishes once, after the last of its probes has its fate', () => {
    const { clock, samples, finishedCount } = start({ count: 3 }, (nth) => (nth === 1 ? { kind: 'silent' } : QUICK));
    clock.advance(seconds(2.9));
    expect([samples.length, finishedCount()]).toEqual([2, 0]);
    clock.advance(seconds(60));
    expect([samples.length, finishedCount()]).toEqual([3, 1]);
  });

  it('passes on duplicates and late answers and counts them', () => {
    const { clock, repeats, monitor } = start({ count: 2 }, (nth) =>
      nth === 0 ? { ...QUICK, duplicateRatio: 1 } : { kind: 'answers', delay: seconds(3) },
    );
    clock.advance(seconds(10));
    expect(repeats).toEqual([
      [0, 'duplicate'],
      [1, 'late'],
    ]);
    expect(monitor.statistics()).toMatchObject({ received: 2, duplicates: 1, late: 1, lossRatio: 0 });
  });

  it('sends nothing while paused, hears what was in flight, and goes on at once when resumed', () => {
    const { clock, monitor, sentAt, samples } = start({}, { kind: 'answers', delay: milliseconds(500) });
    clock.advance(seconds(1.2));
    monitor.pause();
    clock.advance(seconds(600));
    expect(sentAt()).toEqual([0, 1_000]);
    monitor.resume();
    monitor.resume();
    clock.advance(seconds(1.9));
    expect(sentAt()).toEqual([0, 1_000, 601_200, 602_200]);
    expect(samples.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    expect(monitor.statistics()).toMatchObject({ sent: 4, lossRatio: 0 });
  });

  it('skips what a sleeping machine did not send: no burst, no loss, the same grid', () => {
    const clock = new SleepyClock();
    const { monitor, sentAt } = start({}, QUICK, clock);
    clock.advance(seconds(2.5));
    clock.sleep(seconds(3_600.2));
    clock.advance(seconds(2.4));
    expect(sentAt()).toEqual([0, 1_000, 2_000, 3_604_000, 3_605_000]);
    expect(monitor.statistics()).toMatchObject({ sent: 5, received: 5, lossRatio: 0 });
  });

  it('keeps its rate when intervals are shorter than the lateness of timers', () => {
    const { clock, monitor } = startLate(milliseconds(3), { interval: milliseconds(1) });
    clock.advance(seconds(1));
    expect(monitor.statistics().sent).toBeGreaterThan(990);
  });

  it('has never more than one timer', () => {
    const clock = new CountingClock();
    const { monitor } = start({}, { kind: 'send-fails', reason: 'other', code: 'EIO' }, clock);
    monitor.pause();
    monitor.resume();
    monitor.resume();
    for (let second = 0; second < 20; second += 1) {
      clock.advance(milliseconds(500));
      expect(clock.waiting).toBeLessThanOrEqual(1);
    }
  });

  it('calls nobody back after it was ended', () => {
    const clock = new VirtualClock();
    const { monitor, samples, finishedCount } = start({ count: 1 }, QUICK, clock);
    clock.advance(milliseconds(5));
    monitor[Symbol.dispose]();
    monitor.resume();
    clock.advance(seconds(60));
    expect([samples.length, finishedCount()]).toEqual([0, 0]);
  });

  it('shares the budget of probes a second with other monitors, each getting its part', () => {
    const clock = new VirtualClock();
    const pacer = new ProbePacer({ clock }, 100);
    const monitors = [1, 2, 3, 4].map(() => start({ interval: milliseconds(10) }, QUICK, clock, pacer).monitor);
    clock.advance(seconds(11));
    const before = monitors.map((monitor) => monitor.statistics().sent);
    clock.advance(seconds(10));
    const sent = monitors.map((monitor, index) => monitor.statistics().sent - (before[index] ?? 0));
    expect(sent.reduce((sum, each) => sum + each, 0)).toBe(1_000);
    for (const each of sent) expect(Math.abs(each - 250)).toBeLessThanOrEqual(2);
  });
});

/** A monitor all of whose timers fire late by the same time, over a network that keeps exact time. */
function startLate(lateness: Milliseconds, request: Partial<MonitorRequest> = {}) {
  const clock = new VirtualClock();
  const late: Clock = {
    now: () => clock.now(),
    wallNow: () => clock.wallNow(),
    after: (delay, callback) => clock.after(milliseconds(Math.max(0, delay) + lateness), callback),
  };
  return start(request, QUICK, clock, new ProbePacer({ clock: late }), late);
}

/** A clock whose time can pass without a timer firing until afterwards. */
class SleepyClock extends VirtualClock {
  #slept = 0;

  sleep(duration: Milliseconds): void {
    this.#slept += duration;
    this.stepWall(duration);
  }

  override now() {
    return (super.now() + this.#slept) as ReturnType<VirtualClock['now']>;
  }
}

/** Counts timers that wait, apart from those of the simulated network's departures. */
class CountingClock extends VirtualClock {
  waiting = 0;

  override after(delay: Milliseconds, callback: () => void): Disposable {
    if (delay === 0) return super.after(delay, callback);
    this.waiting += 1;
    let open = true;
    const close = () => {
      if (open) this.waiting -= 1;
      open = false;
    };
    const timer = super.after(delay, () => {
      close();
      callback();
    });
    return {
      [Symbol.dispose]: () => {
        close();
        timer[Symbol.dispose]();
      },
    };
  }
}
