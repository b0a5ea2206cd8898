import { type Milliseconds, milliseconds, seconds } from '../../../contract/units.ts';

/** Silence after its timeout, in intervals and at least, after which a probe's transport is taken to be closed. */
const GRACE = { intervals: 2, least: seconds(5) };

/** Longest time to wait for the fate of a probe that was sent. */
export function patienceOf(timeout: Milliseconds, interval: Milliseconds): Milliseconds {
  return milliseconds(timeout + Math.max(GRACE.intervals * interval, GRACE.least));
}
