import { expect, it } from 'vitest';
import { twoSidedNormalTail } from './normal-tail.ts';

// erfc(z / √2) of the C library, by way of Python's math.erfc.
it.each([
  [0, 1],
  [0.5, 0.6170750774519738],
  [1, 0.31731050786291415],
  [1.959963984540054, 0.05],
  [2.5, 0.012419330651552278],
  [3.5, 0.0004652581580710501],
  [6, 1.9731752900754024e-9],
  [10, 1.5239706048321186e-23],
])('gives what lies beyond %d on both sides of the standard normal distribution', (z, expected) => {
  expect(twoSidedNormalTail(z) / expected).toBeCloseTo(1, 10);
  expect(twoSidedNormalTail(-z)).toBe(twoSidedNormalTail(z));
});
