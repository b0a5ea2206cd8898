import { expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

// 59 steps over 59 px: 1 px each. 1.5 px of air above and below leave 12 px of 15, of which the longest takes 8.
it('draws round trips from 0 on, the newest at the right edge', () => {
  expect(sparkline([5, 10, 0], 59, 15)).toEqual({ path: 'M57,9.5h0.01L58,5.5L59,13.5', lost: [] });
});

it('is interrupted where an answer is missing, and shows a lone one as a dot', () => {
  expect(sparkline([10, null, 10, null], 59, 15)).toEqual({ path: 'M56,5.5h0.01M58,5.5h0.01', lost: [57, 59] });
});

it('is empty before the first round trip, and without a scale when none was answered', () => {
  expect(sparkline([], 59, 13)).toEqual({ path: '', lost: [] });
  expect(sparkline([null], 59, 13)).toEqual({ path: '', lost: [59] });
});
