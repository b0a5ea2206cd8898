import type { Verdict } from '../../../contract/verdict.ts';

type Confidence = Verdict['confidence'];

/** Probes to the destination that make a judgement of a rate sure, and fairly sure: 300 tell 2 % from 5 %, 60 tell 2 % from 15 %. */
const SURE = 300;
const FAIRLY_SURE = 60;

/** How sure a rate is by the number of probes alone. */
export function confidenceOf(probes: number): Confidence {
  if (probes >= SURE) return 'high';
  return probes >= FAIRLY_SURE ? 'medium' : 'low';
}

/** So many times the same thing, without a single exception or with few, make it sure, and fairly sure. */
const OFTEN = 10;
const SOME_TIMES = 5;

/** How sure something is that was seen so many times: a destination's silence, a router's refusal. */
export function confidenceOfRepeats(times: number): Confidence {
  if (times >= OFTEN) return 'high';
  return times >= SOME_TIMES ? 'medium' : 'low';
}

/** The lesser of two. */
export function atMost(confidence: Confidence, limit: Confidence): Confidence {
  const order: readonly Confidence[] = ['low', 'medium', 'high'];
  return order[Math.min(order.indexOf(confidence), order.indexOf(limit))] ?? 'low';
}

/** What more probes would do for it, or null when there are enough. */
export function moreProbes(probes: number): string | null {
  return probes >= SURE ? null : 'More probes: four times as many halve the uncertainty of the figures.';
}
