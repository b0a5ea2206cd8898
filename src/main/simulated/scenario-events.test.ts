import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../contract/units.ts';
import type { ProbeResult } from '../icmp/probe-transport.ts';
import { createScenario, ROUTERS, Run, rttOf, TARGET } from './test-scenario.ts';

/** What a probe of this hop limit, sent at each of these seconds, comes to. */
function at(run: Run, hop: number, moments: readonly number[]): ProbeResult[] {
  const heard = moments.map((moment) => {
    run.advanceTo(seconds(moment));
    return run.send(hop);
  });
  run.clock.advance(seconds(2));
  return heard.map(([result]) => result as ProbeResult);
}

describe('an event', () => {
  it('holds from its moment to its end, for what is sent in that time', () => {
    const events = [{ on: 'hop', hop: 2, atS: 10, forS: 5, set: { lossRatio: 1 } }];
    const run = new Run(createScenario([], { events }));
    const kinds = at(run, 4, [9.999, 10, 14.999, 15]).map(({ kind }) => kind);
    expect(kinds).toEqual(['echo-reply', 'timed-out', 'timed-out', 'echo-reply']);
    const before = new Run(createScenario([], { events }));
    expect(at(before, 1, [12])[0]?.kind).toBe('time-exceeded');
  });

  it('comes back for as long as it is repeated', () => {
    const events = [{ on: 'hop', hop: 3, atS: 10, forS: 5, everyS: 20, untilS: 52, set: { delayMs: 11 } }];
    const run = new Run(createScenario([], { events }));
    const moments = [0, 10, 14, 15, 29, 30, 35, 50, 51.9, 52, 70];
    expect(at(run, 4, moments).map(rttOf)).toEqual([8, 28, 28, 8, 8, 28, 8, 28, 28, 8, 8]);
  });

  it('gives way to a later one in the list that sets the same', () => {
    const events = [
      { on: 'hop', hop: 1, atS: 0, set: { delayMs: 10, isSilent: true } },
      { on: 'hop', hop: 1, atS: 5, forS: 5, set: { delayMs: 20 } },
    ];
    const run = new Run(createScenario([], { events }));
    expect(at(run, 2, [1, 5, 11]).map(rttOf)).toEqual([22, 42, 22]);
    expect(run.result(1).kind).toBe('timed-out');
  });

  it('is about a hop by its number, its branch or its id', () => {
    const branches = [[{ address: '10.0.0.1' }], [{ address: '10.0.1.1', id: 'second' }]];
    const hops = [{ address: ROUTERS[0] }, { branches }, { address: ROUTERS[2] }];
    const delays = (event: object) => {
      const run = new Run(createScenario([], { hops, events: [{ on: 'hop', atS: 0, set: { delayMs: 6 }, ...event }] }));
      const results = Array.from({ length: 30 }, (_, flow) => run.result(2, { flow }));
      return new Map(results.map((result) => ['responder' in result ? result.responder : '', rttOf(result)]));
    };
    const none = { '10.0.0.1': 4, '10.0.1.1': 4 };
    expect(Object.fromEntries(delays({ hop: 2 }))).toEqual({ '10.0.0.1': 14, '10.0.1.1': 14 });
    expect(Object.fromEntries(delays({ hop: 2, branch: 0 }))).toEqual({ ...none, '10.0.0.1': 14 });
    expect(Object.fromEntries(delays({ id: 'second' }))).toEqual({ ...none, '10.0.1.1': 14 });
    expect(Object.fromEntries(delays({ hop: 3 }))).toEqual(none);
  });

  it('leads a target over another path and back', () => {
    const run = new Run(
      createScenario([], {
        otherPaths: { north: { hops: [{ address: ROUTERS[0] }, { address: '10.0.0.1', delayMs: 20 }] } },
        events: [{ on: 'destination', target: TARGET, atS: 10, forS: 10, set: { path: 'north' } }],
      }),
    );
    expect(at(run, 2, [9, 10, 20]).map((result) => 'responder' in result && result.responder)).toEqual([
      ROUTERS[1],
      '10.0.0.1',
      ROUTERS[1],
    ]);
    expect(run.result(2, { destination: '203.0.113.81' })).toMatchObject({ responder: ROUTERS[1] });
  });

  it('changes the destination alone', () => {
    const events = [{ on: 'destination', atS: 10, set: { isSilent: true } }];
    const run = new Run(createScenario([], { events }));
    expect(at(run, 4, [9, 10]).map(({ kind }) => kind)).toEqual(['echo-reply', 'timed-out']);
    expect(run.result(3).kind).toBe('time-exceeded');
  });

  it('fills a queue anew each time it comes', () => {
    const queue = { peakMs: 100, riseS: 10 };
    const events = [{ on: 'hop', hop: 1, atS: 5, forS: 20, everyS: 60, set: { queue } }];
    const run = new Run(createScenario([], { events }));
    expect(at(run, 1, [5, 10, 15, 24, 25, 65, 70]).map(rttOf)).toEqual([2, 52, 102, 102, 2, 2, 52]);
  });

  it('does not refill a rate limit that it does not set', () => {
    const events = [{ on: 'hop', hop: 1, atS: 5, set: { delayMs: 3 } }];
    const run = new Run(createScenario([{ rateLimit: { perSecond: 0.01, burst: 2 } }], { events }));
    expect(at(run, 1, [4.7, 4.8, 4.9, 5.1]).map(rttOf)).toEqual([2, 2, 'timed-out', 'timed-out']);
  });

  it('does not begin bursts anew that it does not set', () => {
    const bursts = { lossBursts: { meanGoodS: 3, meanBadS: 3 } };
    const changes = { on: 'hop', hop: 1, atS: 1, forS: 0.5, everyS: 1, set: { isSilent: false } };
    const kinds = (events: object[]) => new Run(createScenario([bursts], { events })).series(4, 300).map(rttOf);
    expect(kinds([changes])).toEqual(kinds([]));
  });

  it('keeps this machine from sending, with the reason and the code of the system', () => {
    const events = [
      { on: 'machine', atS: 10, forS: 5, set: { sendFailure: { reason: 'interface-gone' } } },
      { on: 'machine', atS: 20, forS: 5, set: { sendFailure: { reason: 'local-queue-full', ratio: 0.5 } } },
    ];
    const run = new Run(createScenario([], { events }));
    const [before, gone, after] = at(run, 4, [9, 10, 15]);
    expect([before?.kind, gone, after?.kind]).toMatchObject([
      'echo-reply',
      { kind: 'send-failed', reason: 'interface-gone', code: 'ENODEV' },
      'echo-reply',
    ]);
    run.advanceTo(seconds(20));
    const failed = run.series(4, 400, milliseconds(10)).filter(({ kind }) => kind === 'send-failed');
    // Four standard deviations of a binomial with n = 400 and p = 0.5 are 40.
    expect(Math.abs(failed.length - 200)).toBeLessThan(40);
    expect(failed[0]).toMatchObject({ reason: 'local-queue-full', code: 'ENOBUFS' });
  });
});

describe('this machine', () => {
  it('counts the answers that it dropped and those of strangers, apart from the loss of the network', () => {
    const run = new Run(createScenario([], { machine: { localDropRatio: 0.1, forgedRatio: 0.2 } }));
    const lost = run.series(4, 1_000).filter(({ kind }) => kind === 'timed-out').length;
    const { localDrops, forged } = run.transport.counters();
    expect(localDrops).toBe(lost);
    // Four standard deviations of binomials with n = 1,000 and p = 0.1 or 0.2 are 38 and 51.
    expect(Math.abs(lost - 100)).toBeLessThan(38);
    expect(Math.abs(forged - 200)).toBeLessThan(51);
  });

  it('says itself that it reaches nobody', () => {
    const machine = { address: '192.168.1.23', unreachable: { icmpCode: 1, delayMs: 500 } };
    expect(new Run(createScenario([], { machine })).result(4)).toMatchObject({
      kind: 'destination-unreachable',
      fromThisMachine: true,
      responder: '192.168.1.23',
      rtt: 500,
      icmpCode: 1,
    });
  });
});
