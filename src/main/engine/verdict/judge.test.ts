import { describe, expect, it } from 'vitest';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { judge } from './judge.ts';
import {
  addressOf,
  DESTINATION,
  evidenceOfPath,
  healthy,
  healthyPath,
  losing,
  type PathOfTest,
  type PlaceOfTest,
} from './test-evidence.ts';

function idsOf(path: PathOfTest): string[] {
  return judge(evidenceOfPath(path)).map(({ id, hopLimit }) => (hopLimit === null ? id : `${id}@${hopLimit}`));
}

describe('the judgement of a path', () => {
  it('calls a path without a fault clean, and says how many probes that rests on', () => {
    const [verdict] = judge(evidenceOfPath(healthyPath(1, 6)));
    expect(verdict).toMatchObject({ id: 'clean', severity: 'good', confidence: 'high' });
    expect(verdict?.evidence[0]).toMatchObject({ value: 0, samples: 300, unit: 'ratio' });
    // Wilson, 0 of 300: 1.96² / (300 + 1.96²).
    expect(verdict?.evidence[0]?.high).toBeCloseTo(0.012643, 5);
  });

  it('says nothing before thirty probes', () => {
    expect(idsOf({ ...healthyPath(2, 6), rounds: 29 })).toEqual(['too-few-samples']);
    expect(idsOf({ ...healthyPath(2, 6), rounds: 30 })).toEqual(['clean']);
  });

  it('calls two lost of sixty neither clean nor a fault', () => {
    const unlucky = () => ({ rtt: (round: number) => (round === 10 || round === 40 ? null : 20) });
    expect(idsOf({ ...healthyPath(3, 4, { 5: unlucky }), rounds: 60 })).toEqual(['too-few-samples']);
  });

  it('has something to say of a period without a single probe', () => {
    expect(idsOf({ hops: [], destination: null, rounds: 0 })).toEqual(['too-few-samples']);
  });

  it('puts the most severe first, and remarks behind what is good', () => {
    const severities = judge(
      evidenceOfPath({ ...healthyPath(4, 6, { 3: (random) => ({ rtt: losing(random, 3, 0.5) }) }), localDrops: 1 }),
    ).map(({ severity }) => severity);
    expect(severities).toEqual(['good', 'info', 'info']);
  });

  it('tells a loss at the gateway once, as trouble of this network', () => {
    const lossy = Object.fromEntries(
      [1, 2, 3, 4, 5].map((hop) => [hop, (random: Random) => ({ rtt: losing(random, hop, 0.08) })]),
    );
    expect(idsOf(healthyPath(5, 4, lossy))).toEqual(['gateway-trouble@1']);
  });

  it('tells loss to the gateway itself as trouble of this network, and to another machine beside this one as its own', () => {
    const evidence = evidenceOfPath(healthyPath(5, 0, { 1: (random) => ({ rtt: losing(random, 1, 0.08) }) }));
    const idOf = (gateways: readonly string[]) => judge({ ...evidence, gateways }).map(({ id }) => id);
    expect(idOf([DESTINATION])).toEqual(['gateway-trouble']);
    expect(judge({ ...evidence, gateways: [DESTINATION] })[0]?.sentence).not.toContain('beyond');
    expect(idOf(['192.0.2.1'])).toEqual(['loss-to-destination']);
  });

  it('does not blame the gateway for what this machine dropped itself', () => {
    const lossy = Object.fromEntries(
      [1, 2, 3, 4, 5].map((hop) => [hop, (random: Random) => ({ rtt: losing(random, hop, 0.08) })]),
    );
    expect(idsOf({ ...healthyPath(6, 4, lossy), localDrops: 115 })).toEqual(['local-drops']);
  });

  it('does so too where the first routers are silent, and not of a period without any loss', () => {
    const silent = () => ({ rtt: () => null });
    const lossy = Object.fromEntries(
      [3, 4, 5].map((hop) => [hop, (random: Random) => ({ rtt: losing(random, hop, 0.08) })]),
    );
    expect(idsOf({ ...healthyPath(15, 4, { ...lossy, 1: silent, 2: silent }), localDrops: 70 })).toEqual([
      'local-drops',
    ]);
    expect(idsOf({ ...healthyPath(16, 4), localDrops: 70 })).toEqual(['clean']);
  });

  it('tells a destination that limits its answers from loss on the last link', () => {
    const limited = (): PlaceOfTest => ({ rtt: (round) => (round % 3 === 0 ? 20 : null) });
    const lossy = (random: Random): PlaceOfTest => ({ rtt: losing(random, 5, 0.6) });
    expect(idsOf(healthyPath(7, 4, { 5: limited }))).toEqual(['clean', 'destination-reluctant@5']);
    expect(idsOf(healthyPath(8, 4, { 5: lossy }))).toEqual(['loss-to-destination@5']);
  });

  it('blames a change of the route for the latency that came with it', () => {
    const isAfter = (round: number) => round >= 150;
    const moved = (hop: number) => (random: Random) => ({
      address: (round: number) => (isAfter(round) ? `192.0.2.${hop}` : addressOf(hop)),
      rtt: (round: number) => 4 * hop + unit(random) + (isAfter(round) ? 60 : 0),
    });
    const destination = (random: Random) => ({
      rtt: (round: number) => 20 + unit(random) + (isAfter(round) ? 60 : 0),
    });
    const before = [1, 2, 3, 4].map(addressOf);
    const change = {
      atEpochMs: 1_700_000_040_000 + 150_000,
      before,
      after: [addressOf(1), addressOf(2), '192.0.2.3', '192.0.2.4'],
    };
    const path = { ...healthyPath(9, 4, { 3: moved(3), 4: moved(4), 5: destination }), routeChanges: [change] };
    expect(idsOf(path)).toEqual(['route-change@3']);
  });

  it('does not take a balancer that spreads packets for a changing route', () => {
    const random = new SeededRandom(10);
    const spread: PlaceOfTest = {
      address: () => (unit(random) < 0.5 ? '192.0.2.1' : '192.0.2.2'),
      rtt: healthy(random, 3),
    };
    const change = {
      atEpochMs: 1_700_000_100_000,
      before: [addressOf(1), addressOf(2), '192.0.2.1'],
      after: [addressOf(1), addressOf(2), '192.0.2.2'],
    };
    const path = { ...healthyPath(11, 4, { 3: () => spread }), routeChanges: [change] };
    expect(idsOf(path)).toEqual(['clean']);
  });

  it('reads a loop from routers that answer again, not from one that answers two hop limits in a row', () => {
    const answering = (address: string) => () => ({ address, rtt: () => 10 });
    const silent = { destination: null, rounds: 20 };
    const loop = healthyPath(12, 8, {
      5: answering('192.0.2.1'),
      6: answering('192.0.2.2'),
      7: answering('192.0.2.1'),
      8: answering('192.0.2.2'),
    });
    expect(idsOf({ ...loop, ...silent })).toEqual(['routing-loop@5']);
    const twice = healthyPath(13, 6, { 5: answering('192.0.2.1'), 6: answering('192.0.2.1') });
    expect(idsOf({ ...twice, ...silent })).toEqual(['destination-silent@7']);
  });

  it('names the nearest hop of the router that refuses, in the words of its code', () => {
    const refusing = (): PlaceOfTest => ({ address: addressOf(4), rtt: () => 20, icmp: [3, 13] });
    const path = healthyPath(14, 5, { 5: refusing });
    const evidence = evidenceOfPath({ ...path, destination: null, rounds: 40 });
    const roundTrip = { ...evidence.report.roundTrip, icmpErrors: 40 };
    const [verdict] = judge({ ...evidence, report: { ...evidence.report, roundTrip } });
    expect(verdict).toMatchObject({ id: 'refused', severity: 'critical', hopLimit: 4 });
    expect(verdict?.sentence).toContain('a rule forbids passing the packet on');
  });

  it('tells a little loss that nobody feels beside a clean path, also at the gateway', () => {
    const path = (start: number) =>
      healthyPath(
        17,
        5,
        Object.fromEntries(
          Array.from({ length: 7 - start }, (_, index) => {
            const hop = start + index;
            return [hop, () => ({ rtt: (round: number) => ((round + 31 * hop) % 240 === 0 ? null : 4 * hop) })];
          }),
        ),
      );
    expect(idsOf({ ...path(4), rounds: 1_500 })).toEqual(['clean', 'loss-to-destination@4']);
    expect(idsOf({ ...path(1), rounds: 1_500 })).toEqual(['clean', 'loss-to-destination@1']);
  });

  it('says when a rise of the round trip was, and for how long', () => {
    const raised = (hop: number, from: number, to: number) => (random: Random) => ({
      rtt: (round: number) => 4 * hop + unit(random) + (round >= from && round < to ? 60 : 0),
    });
    const sentenceOf = (from: number, to: number) => {
      const changes = Object.fromEntries([3, 4, 5].map((hop) => [hop, raised(hop, from, to)]));
      return judge(evidenceOfPath(healthyPath(18, 4, changes)))[0]?.sentence;
    };
    // The first round is at 22:14:00 UTC, so round 102 is at 22:15:42; levels are of three rounds.
    expect(sentenceOf(102, 201)).toMatch(
      /^For 98 s, from 2023-11-14T22:15:42Z on, the round trip took 8[01] ms instead of 2[01] ms, and the rise starts at hop 3 /,
    );
    expect(sentenceOf(102, 300)).toMatch(
      /^Since 2023-11-14T22:15:42Z the round trip takes 8[01] ms instead of 2[01] ms, /,
    );
  });

  it('judges a destination that limits its answers by the hop before it, and says so', () => {
    const limited = (): PlaceOfTest => ({ rtt: (round) => (round % 3 === 0 ? 20 : null) });
    const [verdict] = judge(evidenceOfPath(healthyPath(7, 4, { 5: limited })));
    expect(verdict?.sentence).toContain('as far as hop 4 shows: 300 probes, none lost');
  });

  it('raises no alarm on sound paths with routers that answer as they like', () => {
    const alarms = Array.from({ length: 150 }, (_, seed) => {
      const random = new SeededRandom(seed);
      const odd = (hop: number) => (own: Random) => {
        const kind = unit(random);
        if (kind < 0.15) return { rtt: losing(own, hop, unit(random)) };
        if (kind < 0.25) return { rtt: () => 4 * hop - 60 * Math.log(1 - unit(own)) };
        return { rtt: losing(own, hop, 0.0005) };
      };
      const count = 5 + Math.floor(20 * unit(random));
      const hops = Array.from({ length: count }, (__, index) => [index + 1, odd(index + 1)] as const);
      const path = { ...healthyPath(seed, count, Object.fromEntries(hops)), rounds: [60, 120, 300][seed % 3] ?? 60 };
      return judge(evidenceOfPath(path)).filter(({ severity }) => severity === 'warning' || severity === 'critical');
    }).flat();
    expect(alarms.map(({ id, sentence }) => `${id}: ${sentence}`)).toEqual([]);
  }, 60_000);
});
