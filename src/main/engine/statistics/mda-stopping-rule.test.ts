import { expect, it } from 'vitest';
import { flowsToRuleOutAnother } from './mda-stopping-rule.ts';

// The first six are those of libparistraceroute and scamper; all of them by inclusion and exclusion in exact fractions.
it('asks for 6, 11, 16, 21, 27, 33, … flows when 1, 2, 3, … responders are known', () => {
  const asked = Array.from({ length: 16 }, (_, index) => flowsToRuleOutAnother(index + 1));
  expect(asked).toEqual([6, 11, 16, 21, 27, 33, 38, 44, 51, 57, 63, 70, 76, 83, 90, 96]);
});
