import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { monitorContract } from './monitor.ts';

describe('the frames of a monitor', () => {
  it.each([
    [0, true],
    [3_600, true],
    [-1, false],
    [-1.5, false],
    [0.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('asked for from sample %d on, are a lawful wish: %j', (fromIndex, isLawful) => {
    expect(v.safeParse(monitorContract.frames.args, { monitorId: 'm', fromIndex }).success).toBe(isLawful);
  });
});
