import { describe, expect, it } from 'vitest';
import { hopLimit, milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { ScenarioNetwork } from './scenario-network.ts';
import { createScenario, lossOf, ROUTERS, Run, rttOf, TARGET } from './test-scenario.ts';

describe('the simulated internet', () => {
  it('lets a probe run out at its hop limit, and brings one that does not to the destination', () => {
    const run = new Run(createScenario([{ delayMs: 0.5 }, { delayMs: 4 }, { delayMs: 1, returnDelayMs: 3 }]));
    const results = [1, 2, 3, 4, 64].map((hop) => run.result(hop));
    expect(
      results.map((result) => ('responder' in result ? [result.kind, result.responder, result.rtt] : null)),
    ).toEqual([
      ['time-exceeded', ROUTERS[0], 1],
      ['time-exceeded', ROUTERS[1], 9],
      ['time-exceeded', ROUTERS[2], 13],
      ['echo-reply', TARGET, 15],
      ['echo-reply', TARGET, 15],
    ]);
  });

  it('tells type, code and hop limits of either family as routers do', () => {
    const four = new Run(createScenario());
    expect([four.result(2), four.result(4)]).toMatchObject([
      { icmpType: 11, icmpCode: 0, replyHopLimit: 254, quotedHopLimit: 1, isQuoteAltered: false, extensions: null },
      { replyHopLimit: 61, bytesReceived: 64 },
    ]);
    const hops = [{ address: '2001:db8::1' }, { address: '2001:db8::2' }];
    const six = new Run(createScenario([], { hops, targets: [{ address: '2001:db8:80::1' }] }), { family: 6 });
    expect(six.result(2, { destination: '2001:DB8:80:0::1' })).toMatchObject({
      kind: 'time-exceeded',
      responder: '2001:db8::2',
      icmpType: 3,
      icmpCode: 0,
      replyHopLimit: 63,
    });
  });

  it('loses beyond a lossy link what the link loses, and before it nothing', () => {
    const run = new Run(createScenario([{}, { lossRatio: 0.2 }, {}]));
    const losses = [1, 2, 3, 4].map((hop) => lossOf(run.series(hop, 2_000)));
    expect(losses[0]).toBe(0);
    // Four standard deviations of a binomial with n = 2,000 and p = 0.2 are 0.036.
    for (const loss of losses.slice(1)) expect(Math.abs(loss - 0.2)).toBeLessThan(0.036);
  });

  it('loses both ways apart: 1 − 0.9 × 0.8 of the round trips', () => {
    const run = new Run(createScenario([{ lossRatio: 0.1, returnLossRatio: 0.2 }]));
    // Four standard deviations with n = 3,000 and p = 0.28 are 0.033.
    expect(Math.abs(lossOf(run.series(4, 3_000)) - 0.28)).toBeLessThan(0.033);
  });

  it('gives every probe the same fate in every run of a seed, whoever else probes', () => {
    const scenario = createScenario([{ lossRatio: 0.3, jitter: { kind: 'exponential', meanMs: 5 } }]);
    const alone = new Run(scenario).series(4, 200).map(rttOf);
    const run = new Run(scenario);
    const accompanied = Array.from({ length: 200 }, () => {
      run.send(2);
      const heard = run.send(4);
      run.send(64, { destination: '203.0.113.99' });
      run.clock.advance(milliseconds(100));
      return heard;
    });
    run.clock.advance(seconds(2));
    expect(accompanied.map(([result]) => result && 'kind' in result && rttOf(result as never))).toEqual(alone);
    expect(new Run({ ...scenario, seed: 8 }).series(4, 200).map(rttOf)).not.toEqual(alone);
  });

  it('limits what a router says itself, and lets it forward all the same', () => {
    const run = new Run(createScenario([{}, { rateLimit: { perSecond: 1, burst: 2 } }]));
    const own = run.series(2, 100, milliseconds(250)).map(({ kind }) => kind === 'time-exceeded');
    // 25 s at one a second, and two that had been saved up.
    expect(own.filter(Boolean)).toHaveLength(26);
    expect(own.slice(0, 6)).toEqual([true, true, false, false, true, false]);
    expect(lossOf(run.series(3, 100, milliseconds(250)))).toBe(0);
  });

  it('keeps a silent router silent, one without an address too, and goes on behind it', () => {
    const hops = [{ address: ROUTERS[0], isSilent: true }, {}, { address: ROUTERS[2] }];
    const run = new Run(createScenario([], { hops }));
    expect([1, 2, 3].map((hop) => run.result(hop).kind)).toEqual(['timed-out', 'timed-out', 'time-exceeded']);
  });

  it('makes slow answers slow, and transit not', () => {
    const run = new Run(createScenario([{}, { answerDelayMs: 40 }]));
    expect([2, 3].map((hop) => rttOf(run.result(hop)))).toEqual([44, 6]);
  });

  it('loses and scatters the own answers of a router, and of transit nothing', () => {
    const jitter = { kind: 'uniform', maxMs: 50 };
    const run = new Run(createScenario([{}, { answerLossRatio: 0.4, answerJitter: jitter }]));
    const own = run.series(2, 1_000);
    // Four standard deviations of a binomial with n = 1,000 and p = 0.4 are 0.062.
    expect(Math.abs(lossOf(own) - 0.4)).toBeLessThan(0.062);
    const rtts = own.flatMap((result) => ('rtt' in result ? [result.rtt as number] : []));
    expect([Math.min(...rtts) >= 4, Math.min(...rtts) < 5, Math.max(...rtts) > 53, Math.max(...rtts) < 54]).toEqual(
      Array(4).fill(true),
    );
    expect(new Set(run.series(3, 200).map(rttOf))).toEqual(new Set([6]));
  });

  it('refuses a flow that the payload cannot carry, as a real transport does', () => {
    const run = new Run(createScenario());
    expect([9, 10].map((payloadBytes) => run.result(4, { flow: 1, payloadBytes }))).toMatchObject([
      { kind: 'send-failed', reason: 'invalid-destination', code: 'EINVAL' },
      { kind: 'echo-reply' },
    ]);
  });

  it('brings answers back by a detour: longer, with more hops, and lossy', () => {
    const run = new Run(
      createScenario([{}, { returnDetour: { delayMs: 10, hops: 3 } }, { returnDetour: { lossRatio: 1 } }]),
    );
    expect(run.result(2)).toMatchObject({ rtt: 14, replyHopLimit: 251 });
    expect([run.result(3).kind, run.result(4).kind]).toEqual(['timed-out', 'echo-reply']);
  });

  it('lets an answer die whose own hop limit does not suffice', () => {
    const run = new Run(createScenario([{}, {}, { initialHopLimit: 2 }]));
    expect(run.result(3).kind).toBe('timed-out');
  });

  it('says unreachable in the name of the router that cannot forward, and answers at that router as ever', () => {
    const unreachable = { icmpCode: 13, from: '203.0.113.1', delayMs: 30 };
    const run = new Run(createScenario([{}, { unreachable: { icmpCode: 1 } }]));
    expect([run.result(2).kind, run.result(4)]).toMatchObject([
      'time-exceeded',
      { kind: 'destination-unreachable', responder: ROUTERS[1], icmpType: 3, icmpCode: 1, rtt: 4, quotedHopLimit: 3 },
    ]);
    expect(new Run(createScenario([], { destination: { unreachable } })).result(9)).toMatchObject({
      kind: 'destination-unreachable',
      responder: '203.0.113.1',
      icmpCode: 13,
      rtt: 38,
    });
    const refused = new Run(createScenario([], { destination: { unreachable: { icmpCode: 3 } } })).result(9);
    expect(refused).toMatchObject({ kind: 'destination-unreachable', responder: TARGET, icmpCode: 3 });
  });

  it('shows label stacks, interfaces, quoted hop limits, hidden routers and altered quotes', () => {
    const run = new Run(
      createScenario([
        { translatesAddresses: true },
        {
          mpls: [
            { label: 24_001, ttl: 2 },
            { label: 17, trafficClass: 5 },
          ],
          interfaceName: 'ge-0/0/1',
          quotedHopLimit: 2,
        },
        { hiddenHops: 4 },
      ]),
    );
    expect([1, 2, 3].map((hop) => run.result(hop))).toMatchObject([
      { isQuoteAltered: false, extensions: null },
      {
        isQuoteAltered: true,
        quotedHopLimit: 2,
        extensions: {
          mpls: [
            { label: 24_001, trafficClass: 0, ttl: 2, isBottom: false },
            { label: 17, trafficClass: 5, ttl: 1, isBottom: true },
          ],
          interfaces: [{ role: 'incoming', name: 'ge-0/0/1' }],
        },
      },
      { replyHopLimit: 255 - 2 - 4 },
    ]);
  });

  it('sends answers from inside a label-switched path on to its end first', () => {
    const run = new Run(createScenario([{}, { answersViaHop: 3 }, { delayMs: 9 }]));
    expect([1, 2, 3].map((hop) => rttOf(run.result(hop)))).toEqual([2, 22, 22]);
  });

  it('follows a loop for as long as the hop limit lasts, and never arrives', () => {
    const run = new Run(createScenario([], { loopsBackTo: 2 }));
    const results = [1, 2, 3, 4, 5, 64].map((hop) => run.result(hop));
    expect(results.map((result) => 'responder' in result && [result.kind, result.responder, result.rtt])).toEqual([
      ['time-exceeded', ROUTERS[0], 2],
      ['time-exceeded', ROUTERS[1], 4],
      ['time-exceeded', ROUTERS[2], 6],
      ['time-exceeded', ROUTERS[1], 4 + 2],
      ['time-exceeded', ROUTERS[2], 5 + 3],
      ['time-exceeded', ROUTERS[1], 64 + 2],
    ]);
  });

  it('answers for its routers as it does for its targets, and for what lies behind the main path', () => {
    const run = new Run(createScenario([], { destination: { populatedRatio: 0.25 } }));
    expect(run.result(64, { destination: ROUTERS[1] })).toMatchObject({
      kind: 'echo-reply',
      responder: ROUTERS[1],
      rtt: 4,
    });
    expect(run.result(1, { destination: ROUTERS[1] })).toMatchObject({ kind: 'time-exceeded', responder: ROUTERS[0] });
    const others = Array.from({ length: 1_000 }, (_, index) => `100.${index >> 8}.${index & 255}.7`);
    const there = (address: string) => run.result(64, { destination: address }).kind === 'echo-reply';
    const first = others.map(there);
    // Four standard deviations of a binomial with n = 1,000 and p = 0.25 are 55.
    expect(Math.abs(first.filter(Boolean).length - 250)).toBeLessThan(55);
    expect(others.map(there)).toEqual(first);
    expect(run.result(3, { destination: '100.0.0.7' })).toMatchObject({ responder: ROUTERS[2] });
  });

  it('has the names, systems and gateways of the scenario', async () => {
    const { signal } = new AbortController();
    const run = new Run(
      createScenario([{ name: 'home.example' }, { name: 'edge.example', asn: { number: 64_496, name: 'Access' } }], {
        targets: [
          { address: TARGET, name: 'www.example' },
          { address: '203.0.113.81', name: 'www.example' },
        ],
        names: [{ name: 'broken.example', failure: 'resolver-unreachable' }],
      }),
    );
    const { lookUp, reverseNames, autonomousSystems, gateways } = run.network;
    expect(await lookUp('WWW.example.', { family: 0, signal })).toEqual({ address: TARGET, family: 4 });
    await expect(lookUp('www.example', { family: 6, signal })).rejects.toMatchObject({ code: 'ENODATA' });
    await expect(lookUp('broken.example', { family: 0, signal })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(lookUp('none.example', { family: 0, signal })).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(reverseNames.get(ROUTERS[1])).toBe('edge.example');
    expect(autonomousSystems.get(ROUTERS[1])).toEqual({ number: 64_496, name: 'Access' });
    expect(gateways).toEqual([ROUTERS[0]]);
  });

  it('opens only families it has, and nothing where ICMP is not permitted', () => {
    const open = (scenario: ReturnType<typeof createScenario>, family: 4 | 6) =>
      new ScenarioNetwork({ clock: new VirtualClock() }, scenario).openTransport({ family });
    expect(open(createScenario(), 6)).toEqual({ ok: false, failure: { code: 'family-not-simulated', family: 6 } });
    expect(open(createScenario([], { machine: { isIcmpPermitted: false } }), 4)).toMatchObject({
      ok: false,
      failure: { code: 'icmp-not-permitted', attempts: [{ osCode: 'EACCES' }, { osCode: 'EPERM' }] },
    });
  });

  it('says nothing after it was closed and leaves no timer behind', () => {
    const run = new Run(createScenario([{ duplicates: { ratio: 1 } }]));
    const heard = run.send(4);
    run.clock.advance(milliseconds(8.5));
    run.transport[Symbol.dispose]();
    run.transport.send(
      { destination: TARGET, hopLimit: hopLimit(4), payloadBytes: 0, trafficClass: 0, timeout: seconds(1) },
      () => expect.unreachable(),
    );
    run.clock.advance(seconds(5));
    expect(heard.map(({ kind }) => kind)).toEqual(['echo-reply']);
    expect(run.clock.untilNextTimer()).toBeNull();
  });
});
