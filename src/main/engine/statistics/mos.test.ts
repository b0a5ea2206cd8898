import { describe, expect, it } from 'vitest';
import { type Milliseconds, milliseconds } from '../../../contract/units.ts';
import { meanOpinionScore, meanOpinionScorePingPlotter } from './mos.ts';

function call(meanRtt: number, jitter: number, lossPercent: number) {
  const rtt: Milliseconds = milliseconds(meanRtt);
  return { meanRtt: rtt, jitter: milliseconds(jitter), lossRatio: lossPercent / 100 };
}

describe('meanOpinionScorePingPlotter', () => {
  // Worked by hand from Pingman's knowledge base, article 50.
  it.each([
    [20, 1, 0, 4.39],
    [150, 20, 1, 4.12],
    [300, 30, 2, 3.26],
    [50, 5, 20, 2.14],
  ])('gives the published formula at %d ms, jitter %d ms and loss %d %%', (rtt, jitter, loss, score) => {
    expect(meanOpinionScorePingPlotter(call(rtt, jitter, loss))).toBeCloseTo(score, 2);
  });

  it('is never below 1, however bad the path', () => {
    expect(meanOpinionScorePingPlotter(call(5_000, 900, 100))).toBe(1);
  });
});

describe('meanOpinionScore', () => {
  // Worked by hand from ITU-T G.107 with the delay fit of Cole and Rosenbluth.
  it.each([
    [150, 20, 1, 4.25],
    [50, 5, 20, 2.57],
  ])('gives the E-model at %d ms, jitter %d ms and loss %d %%', (rtt, jitter, loss, score) => {
    expect(meanOpinionScore(call(rtt, jitter, loss))).toBeCloseTo(score, 2);
  });

  it('gives a connection without delay or loss about the 4.41 that G.107 gives its default one', () => {
    // 10 ms of codec cost 0.24 of R = 93.2.
    const score = meanOpinionScore(call(0, 0, 0));
    expect(score).toBeGreaterThan(4.4);
    expect(score).toBeLessThan(4.41);
  });

  it('falls faster above 177.3 ms one way', () => {
    // One way 110, 160, 210 and 260 ms.
    const scores = [200, 300, 400, 500].map((rtt) => meanOpinionScore(call(rtt, 0, 0)));
    const [first = 0, second = 0, third = 0, fourth = 0] = scores;
    expect(first - second).toBeLessThan(0.05);
    expect(third - fourth).toBeGreaterThan(3 * (first - second));
  });

  it('is never below 1, however bad the path', () => {
    expect(meanOpinionScore(call(5_000, 900, 100))).toBe(1);
  });
});
