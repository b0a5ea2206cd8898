import { describe, expect, it } from 'vitest';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import type { Outcome } from '../path/recording.ts';
import { rateLimitSignatureOf } from './rate-limit-signature.ts';

function series(count: number, isAnswered: (round: number) => boolean): Outcome[] {
  return Array.from({ length: count }, (_, round) => {
    const fate = isAnswered(round) ? 'answered' : 'lost';
    const rtt = fate === 'answered' ? milliseconds(10) : null;
    return { round, at: epochMilliseconds(round * 1_000), fate, rtt, responder: rtt === null ? null : '192.0.2.1' };
  });
}

/** A bucket that gains `rate` tokens a round. */
function bucket(rate: number, burst: number): (round: number) => boolean {
  let tokens = burst;
  return () => {
    const hasToken = tokens >= 1;
    tokens = Math.min(burst, tokens + rate - (hasToken ? 1 : 0));
    return hasToken;
  };
}

describe('the signature of a rate limit', () => {
  it.each([0.1, 0.3, 0.5, 0.7, 0.9])('is found where a token bucket answers %f of the probes', (rate) => {
    const signature = rateLimitSignatureOf(series(400, bucket(rate, 3)));
    expect(signature?.answersPerSecond).toBeCloseTo(rate, 1);
  });

  it('is not found in independent losses, whatever their ratio', () => {
    const random = new SeededRandom(1);
    const found = Array.from({ length: 2_000 }, (_, index) => {
      const ratio = 0.1 + 0.8 * ((index % 20) / 19);
      return rateLimitSignatureOf(series(120, () => unit(random) >= ratio));
    }).filter((signature) => signature !== null);
    expect(found.length).toBeLessThanOrEqual(6);
  });

  it('is not looked for in a handful of answers, nor where nothing was lost', () => {
    expect(rateLimitSignatureOf(series(12, bucket(0.5, 1)))).toBeNull();
    expect(rateLimitSignatureOf(series(300, () => true))).toBeNull();
    expect(rateLimitSignatureOf([])).toBeNull();
  });
});
