import { describe, expect, it } from 'vitest';
import { steadyPeriod } from './use-steady-period.ts';

describe('the period of a chart', () => {
  // 100 s on 1,000 pixels: a pixel is 100 ms.
  const before = { fromEpochMs: 0, toEpochMs: 100_000 };

  it('stays while neither end has moved by a pixel', () => {
    expect(steadyPeriod(before, { fromEpochMs: 99, toEpochMs: 100_099 }, 1_000)).toBe(before);
  });

  it('moves with the first end that has, in either direction', () => {
    const moved = [
      { fromEpochMs: 100, toEpochMs: 100_100 },
      { fromEpochMs: 0, toEpochMs: 100_200 },
      { fromEpochMs: -200, toEpochMs: 100_000 },
    ];
    for (const next of moved) expect(steadyPeriod(before, next, 1_000)).toBe(next);
  });
});
