import { describe, expect, it } from 'vitest';
import { type Random, SeededRandom } from '../../base/random.ts';
import { judge } from './judge.ts';
import { ratioOf } from './loss-count.ts';
import { carriedLosses } from './loss-start.ts';
import { addressOf, evidenceOfPath, healthyPath, losing, type PlaceOfTest } from './test-evidence.ts';
import { percent } from './words.ts';

/** Every place from a hop on loses a share of its probes. */
function lossyFrom(hopLimit: number, ratio: number, hops: number) {
  const places = Array.from({ length: hops + 2 - hopLimit }, (_, index) => hopLimit + index);
  return Object.fromEntries(places.map((hop) => [hop, (random: Random) => ({ rtt: losing(random, hop, ratio) })]));
}

/** A path whose last hop limit still is passed on by a router: the destination lies beyond it. */
function endingAt(addresses: readonly string[], icmp: readonly [number, number] = [11, 0]) {
  const places: PlaceOfTest[] = addresses.map((address) => ({ address, rtt: () => 10, icmp: [11, 0] }));
  const last: PlaceOfTest = { ...places.at(-1), rtt: () => 10, icmp };
  const evidence = evidenceOfPath({ rounds: 35, hops: places.slice(0, -1), destination: last });
  return { ...evidence, report: { ...evidence.report, destinationHopLimit: null } };
}

describe('what a verdict says of loss', () => {
  it('is the loss of the destination, as its row has it; that of all hops together is evidence', () => {
    const evidence = evidenceOfPath({ ...healthyPath(21, 6, lossyFrom(3, 0.06, 6)), rounds: 240 });
    const { lossRatio } = evidence.report.roundTrip;
    const [verdict] = judge(evidence);
    expect(verdict?.id).toBe('loss-to-destination');
    expect(verdict?.sentence).toContain(`About ${percent(lossRatio ?? 0)} of the packets are lost at or after hop 3 `);
    const together = verdict?.evidence.find(({ label }) => label.endsWith('all hops together'));
    // Else the test would not tell the two apart.
    expect(percent(Number(together?.value))).not.toBe(percent(lossRatio ?? 0));
  });

  it('leaves outages apart, and says so', () => {
    const random = new SeededRandom(22);
    const place = (hop: number) => {
      const rtt = losing(random, hop, 0.05);
      return () => ({ rtt: (round: number) => (round >= 100 && round < 160 ? null : rtt(round)) });
    };
    const lossy = Object.fromEntries([3, 4, 5, 6, 7].map((hop) => [hop, place(hop)]));
    const verdicts = judge(evidenceOfPath({ ...healthyPath(22, 6, lossy), rounds: 500 }));
    expect(verdicts.map(({ id }) => id)).toEqual(['outage', 'loss-to-destination']);
    expect(verdicts[1]?.sentence).toMatch(
      /^About \d(\.\d)? % of the packets, outages apart, are lost at or after hop 3 /,
    );
  });

  it('names of the nearer of two losses the hop that shows it alone', () => {
    const near = Object.fromEntries(
      [3, 4, 5, 6].map((hop) => [hop, (random: Random) => ({ rtt: losing(random, hop, 0.03) })]),
    );
    const path = { ...healthyPath(7, 8, { ...lossyFrom(7, 0.15, 8), ...near }), rounds: 600 };
    const evidence = evidenceOfPath(path);
    const [nearer] = carriedLosses(evidence);
    const verdict = judge(evidence).find(({ hopLimit }) => hopLimit === 3);
    expect(nearer?.last.hopLimit).toBe(6);
    expect(verdict?.sentence).toMatch(
      new RegExp(`^About ${percent(nearer ? ratioOf(nearer.last) : 0)} .*as hop 6 shows`),
    );
    expect(verdict?.evidence.map(({ label }) => label)).toContain('loss at hop 6');
  });

  it('is what the first router loses when it starts there', () => {
    const evidence = evidenceOfPath({ ...healthyPath(23, 4, lossyFrom(1, 0.08, 4)), rounds: 200 });
    const [verdict] = judge(evidence);
    expect(verdict?.id).toBe('gateway-trouble');
    expect(verdict?.sentence).toContain(`about ${percent(evidence.report.hops[0]?.statistics.lossRatio ?? 0)} of`);
  });
});

describe('what is said of a measurement that ends too early', () => {
  it('is nothing of loss, and with no confidence, before a probe has come to an end', () => {
    const [verdict] = judge(evidenceOfPath({ hops: [], destination: null, rounds: 0 }));
    expect(verdict).toMatchObject({ id: 'too-few-samples', confidence: 'low' });
    expect(verdict?.sentence).toBe('No probe to the destination has come to an end, so nothing can be said yet.');
    expect(verdict?.evidence).toEqual([
      expect.objectContaining({ label: 'probes to the destination that have come to an end', value: 0, unit: 'count' }),
    ]);
  });

  it('is that the path goes on beyond the last hop probed', () => {
    const [verdict, ...others] = judge(endingAt([1, 2, 3].map(addressOf)));
    expect(others).toEqual([]);
    expect(verdict).toMatchObject({ id: 'hop-limit-too-low', severity: 'warning', hopLimit: 3, confidence: 'high' });
    expect(verdict?.sentence).toBe(
      '203.0.113.80 is not reached within 3 hops: the path goes on beyond hop 3 (198.51.100.3), the last one probed.',
    );
    expect(verdict?.advice).toContain('--max-hops');
  });

  it('is not that of a circle of routers, nor of a router that refuses', () => {
    const circle = ['192.168.1.1', '192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.2'];
    expect(judge(endingAt(circle)).map(({ id }) => id)).toEqual(['routing-loop']);
    expect(judge(endingAt([1, 2, 3].map(addressOf), [3, 13])).map(({ id }) => id)).toEqual(['refused']);
  });
});
