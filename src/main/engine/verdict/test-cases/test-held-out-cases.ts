import { HELD_OUT_CLEAN_CASES } from './test-held-out-clean-cases.ts';
import { HELD_OUT_HARMLESS_CASES } from './test-held-out-harmless-cases.ts';
import { HELD_OUT_LOSS_CASES } from './test-held-out-loss-cases.ts';
import { HELD_OUT_REACH_CASES } from './test-held-out-reach-cases.ts';
import { HELD_OUT_TEMPTING_CASES } from './test-held-out-tempting-cases.ts';
import { HELD_OUT_TIME_CASES } from './test-held-out-time-cases.ts';
import type { JudgedCase } from './test-judged-case.ts';

/**
 * Cases that the rules were not written against. Whoever wrote and labelled them had not seen the rules; a label says
 * what somebody who runs networks would conclude from what can be measured. To change one because a rule fails it
 * makes the published figure worthless.
 */
export const HELD_OUT_CASES: readonly JudgedCase[] = [
  ...HELD_OUT_CLEAN_CASES,
  ...HELD_OUT_TEMPTING_CASES,
  ...HELD_OUT_HARMLESS_CASES,
  ...HELD_OUT_LOSS_CASES,
  ...HELD_OUT_TIME_CASES,
  ...HELD_OUT_REACH_CASES,
];
