import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../contract/units.ts';
import { createScenario, lossOf, ROUTERS, Run, rttOf } from './test-scenario.ts';

const DIRECT = { hops: [], destination: { delayMs: 4 } };

describe('a simulated link', () => {
  it('adds its jitter to all that crosses it, each way', () => {
    const jitter = { kind: 'uniform', maxMs: 10 };
    const run = new Run(createScenario([{}, { jitter, returnJitter: jitter }]));
    expect(rttOf(run.result(1))).toBe(2);
    const rtts = run.series(3, 2_000).map((result) => rttOf(result) as number);
    expect(Math.min(...rtts)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...rtts)).toBeLessThan(26);
    // The sum of two uniform draws has mean 10 and variance 2 × 100 / 12; four standard errors are 0.37.
    expect(Math.abs(rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length - 16)).toBeLessThan(0.37);
  });

  it('lets stragglers be overtaken, and come late where they take longer than the timeout', () => {
    const run = new Run(createScenario([{}, { stragglers: { ratio: 0.1, delayMs: 400 } }]));
    const order: number[] = [];
    for (let nth = 0; nth < 50; nth++) {
      run.transport.send(
        { destination: ROUTERS[2], hopLimit: 64 as never, payloadBytes: 0, trafficClass: 0, timeout: seconds(1) },
        () => order.push(nth),
      );
      run.clock.advance(milliseconds(100));
    }
    run.clock.advance(seconds(1));
    const overtaken = order.filter((nth, place) => order.slice(0, place).some((earlier) => earlier > nth));
    expect(order).toHaveLength(50);
    expect(overtaken.length).toBeGreaterThan(0);
    const late = new Run(createScenario([{}, { stragglers: { ratio: 1, delayMs: 400 } }]));
    const heard = late.send(2, { timeout: milliseconds(300) });
    late.clock.advance(milliseconds(403.9));
    expect(heard).toMatchObject([{ kind: 'timed-out' }]);
    late.clock.advance(milliseconds(0.1));
    expect(heard.slice(1)).toEqual([{ kind: 'late', isEchoReply: false, responder: ROUTERS[1], rtt: 404 }]);
  });

  it('doubles answers; the second copy of a late one is a duplicate', () => {
    const run = new Run(createScenario([{ duplicates: { ratio: 1, delayMs: 3 } }]));
    const heard = [run.send(4), run.send(4, { timeout: milliseconds(5) })];
    run.clock.advance(seconds(1));
    expect(heard.map((each) => each.map((answer) => ['rtt' in answer ? answer.rtt : null, answer.kind]))).toEqual([
      [
        [8, 'echo-reply'],
        [11, 'duplicate'],
      ],
      [
        [null, 'timed-out'],
        [8, 'late'],
        [11, 'duplicate'],
      ],
    ]);
  });

  it.each(['lossBursts', 'returnLossBursts'])(
    'loses in %s: nothing in good times, all in bad ones, in the share of their lengths',
    (key) => {
      const bursts = { meanGoodS: 8, meanBadS: 2 };
      const lost = new Run(createScenario([{ [key]: bursts }]))
        .series(4, 50_000)
        .map(({ kind }) => kind === 'timed-out');
      // 5,000 s hold some 500 turns; the share of bad time has a standard deviation of about 0.2 × 0.8 × sqrt(2 / 500).
      expect(Math.abs(lost.filter(Boolean).length / lost.length - 0.2)).toBeLessThan(0.041);
      const runs = lost.filter((each, index) => each && lost[index - 1] !== true).length;
      // Independent losses of 20 % would make 8,000 runs.
      expect(runs).toBeGreaterThan(350);
      expect(runs).toBeLessThan(650);
    },
  );

  it('has one queue for all that crosses it: it fills, stays full, loses, and drains', () => {
    const queue = { peakMs: 100, riseS: 10, holdS: 10, fallS: 5, fullLossRatio: 0.5 };
    const run = new Run(createScenario([{}, { queue }]));
    const sample = (at: number) => {
      run.advanceTo(seconds(at));
      return [run.send(1), run.send(2), run.send(4)];
    };
    const heard = [0, 5, 22.5, 30].map(sample);
    run.clock.advance(seconds(2));
    expect(heard.map((row) => row.map(([result]) => rttOf(result as never)))).toEqual([
      [2, 4, 8],
      [2, 54, 58],
      [2, 54, 58],
      [2, 4, 8],
    ]);
    const full = new Run(createScenario([{}, { queue: { ...queue, riseS: 0, holdS: 1_000 } }]));
    // Four standard deviations of a binomial with n = 1,000 and p = 0.5 are 0.063.
    expect(Math.abs(lossOf(full.series(3, 1_000)) - 0.5)).toBeLessThan(0.063);
  });

  it('drains a little, by chance, where its queue wobbles', () => {
    const run = new Run(createScenario([{ queue: { peakMs: 100, riseS: 0, wobbleMs: 40 } }]));
    const rtts = run.series(1, 500).map((result) => rttOf(result) as number);
    // Even draws: the least and the most of 500 are within 40 × 0.03 of the ends, but for one time in a million.
    expect([Math.min(...rtts), Math.max(...rtts)]).toEqual([expect.closeTo(62, -0.5), expect.closeTo(102, -0.5)]);
    expect(Math.max(...rtts)).toBeLessThanOrEqual(102);
  });

  it('loses on the way back only what was answered: that still costs the router its tokens', () => {
    const left = (direction: string) => {
      const queue = { peakMs: 0, riseS: 0, holdS: 10, fullLossRatio: 1, direction };
      const run = new Run(createScenario([{ queue, rateLimit: { perSecond: 0, burst: 20 } }]));
      expect(lossOf(run.series(1, 15))).toBe(1);
      run.advanceTo(seconds(11));
      return run.series(1, 30).filter(({ kind }) => kind === 'time-exceeded').length;
    };
    expect([left('forward'), left('return')]).toEqual([20, 5]);
  });

  it('tells of a packet that is too big, by the router before the link and with its MTU', () => {
    const run = new Run(createScenario([{}, {}, { mtuBytes: 1_400 }]), { family: 4, dontFragment: true });
    expect([1_372, 1_373].map((payloadBytes) => run.result(9, { payloadBytes }))).toMatchObject([
      { kind: 'echo-reply' },
      { kind: 'packet-too-big', responder: ROUTERS[1], icmpType: 3, icmpCode: 4, mtu: 1_400, rtt: 4 },
    ]);
    expect(run.result(2, { payloadBytes: 1_400 }).kind).toBe('time-exceeded');
    expect(run.result(9, { payloadBytes: 1_473 })).toMatchObject({
      kind: 'send-failed',
      reason: 'too-big',
      code: 'EMSGSIZE',
    });
  });

  it('learns the path MTU where packets may be cut', () => {
    const run = new Run(createScenario([{}, {}, { mtuBytes: 1_400 }]));
    expect([1, 2].map(() => run.result(9, { payloadBytes: 1_400 }).kind)).toEqual(['packet-too-big', 'echo-reply']);
  });

  it('lets packets that are too big for a black hole vanish without a word', () => {
    const run = new Run(createScenario([{}, { mtuBytes: 1_400, isMtuBlackHole: true }]), {
      family: 4,
      dontFragment: true,
    });
    expect([1_372, 1_373].map((payloadBytes) => run.result(9, { payloadBytes }).kind)).toEqual([
      'echo-reply',
      'timed-out',
    ]);
    expect(run.result(1, { payloadBytes: 1_400 }).kind).toBe('time-exceeded');
  });
});

describe('branches', () => {
  const fork = (balance: string, lossy = 0) => [
    { address: ROUTERS[0] },
    {
      balance,
      branches: [
        [{ address: '10.0.0.1' }, { address: '10.0.0.2' }],
        [{ address: '10.0.1.1', lossRatio: lossy }, { address: '10.0.1.2' }],
        [{ address: '10.0.2.1', delayMs: 5 }, { address: '10.0.2.2' }],
      ],
    },
    { address: '10.0.9.9' },
  ];
  const responderOf = (run: Run, hop: number, flow: number | undefined, destination?: string) => {
    const result = run.result(hop, {
      ...(flow === undefined ? {} : { flow }),
      ...(destination ? { destination } : {}),
    });
    return 'responder' in result ? result.responder : null;
  };

  it('keep a flow on one branch, and spread flows over all of them', () => {
    const run = new Run(createScenario([], { hops: fork('per-flow') }));
    const flows = Array.from({ length: 60 }, (_, flow) => [responderOf(run, 2, flow), responderOf(run, 3, flow)]);
    expect(new Set(flows.map((pair) => pair.join()))).toEqual(
      new Set(['10.0.0.1,10.0.0.2', '10.0.1.1,10.0.1.2', '10.0.2.1,10.0.2.2']),
    );
    expect(Array.from({ length: 10 }, () => responderOf(run, 2, 7))).toEqual(Array(10).fill(responderOf(run, 2, 7)));
    expect(responderOf(run, 4, 1)).toBe('10.0.9.9');
    expect(new Set(Array.from({ length: 60 }, () => responderOf(run, 2, undefined))).size).toBe(3);
  });

  it('spread packets of one flow where each packet is balanced, and only destinations where those are', () => {
    const packets = new Run(createScenario([], { hops: fork('per-packet') }));
    expect(new Set(Array.from({ length: 60 }, () => responderOf(packets, 2, 1))).size).toBe(3);
    const destinations = new Run(createScenario([], { hops: fork('per-destination') }));
    const seen = Array.from(
      { length: 60 },
      (_, last) => new Set([0, 1, 2].map((flow) => responderOf(destinations, 2, flow, `203.0.113.${last}`))),
    );
    expect(seen.every(({ size }) => size === 1)).toBe(true);
    expect(new Set(seen.flatMap((each) => [...each])).size).toBe(3);
  });

  it('hurt only the flows that take them', () => {
    const run = new Run(createScenario([], { hops: fork('per-flow', 1) }));
    const kinds = Array.from({ length: 30 }, (_, flow) => [responderOf(run, 2, flow), run.result(9, { flow }).kind]);
    expect(kinds.every(([responder, kind]) => (responder === null) === (kind === 'timed-out'))).toBe(true);
    expect(kinds.filter(([responder]) => responder === null).length).toBeGreaterThan(0);
  });

  it('may be whole paths, as of an anycast address', () => {
    const run = new Run(
      createScenario([], {
        otherPaths: { near: DIRECT },
        targets: [{ address: '203.0.113.80', path: ['main', 'near'] }],
      }),
    );
    const rtts = Array.from({ length: 30 }, (_, flow) => rttOf(run.result(64, { flow })));
    expect(new Set(rtts)).toEqual(new Set([8]));
    expect(new Set(Array.from({ length: 30 }, (_, flow) => run.result(1, { flow }).kind))).toEqual(
      new Set(['time-exceeded', 'echo-reply']),
    );
  });
});
