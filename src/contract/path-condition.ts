import * as v from 'valibot';
import type { MonitorPhase } from './monitor.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** How a path is doing, told by one rule wherever it is shown: on the page, in the tray, in a notification. */

export const pathConditionSchema = v.picklist([
  'resolving',
  'paused',
  /** It cannot be measured; its state says why. */
  'failed',
  /** Nothing has come back yet, and nothing is lost yet. */
  'waiting',
  'answering',
  /** It answers, and each answer is waited for. */
  'slow',
  /** Loss that anyone has now and then. */
  'lost-some',
  /** Loss that is felt. */
  'losing',
  /** An ICMP error came in place of an answer. */
  'refused',
  /** It never answered in what is remembered. */
  'silent',
  /** It answered, and no longer does. */
  'stopped',
]);
export type PathCondition = v.InferOutput<typeof pathConditionSchema>;

/** How every path is doing; `target` is what the person typed. */
export const pathConditionsSchema = v.object({
  paths: v.array(
    v.object({ pathId: v.string(), target: v.string(), intervalMs: v.number(), condition: pathConditionSchema }),
  ),
});
export type PathConditions = v.InferOutput<typeof pathConditionsSchema>;

/** The last round trips of a path, as far as its condition asks. */
export interface RecentRoundTrips {
  /** What became of the newest; null before the first. */
  readonly lastFate: 'answered' | 'lost' | 'late' | 'refused' | null;
  /** Round trips lost or refused within `LOSS_PERIOD_MS`. */
  readonly lost: number;
  /** Their share of all within that time, 0 to 1; null without one. */
  readonly lossRatio: number | null;
  /** The newest in order, at most `SHORT_MEMORY` of them; null is one without an answer in time. */
  readonly newest: readonly (number | null)[];
}

/** Loss is counted over the last five minutes. */
export const LOSS_PERIOD_MS = 300_000;
/** Round trips that are looked at one by one. */
export const SHORT_MEMORY = 60;

/** So many of the newest round trips without an answer, and it has stopped answering: one lost packet is everyday. */
const OUTAGE_RUN = 3;
/** Loss is felt from this share on, and only where it was no accident. */
const FELT_LOSS_RATIO = 0.02;
const FELT_LOST = 3;
/** Round trips whose median says whether it is slow: a single long one is not. */
const SLOW_RUN = 10;

/** Above what a path is slow, and up to which share of loss it is in no trouble; as the person has set. */
export type ConditionLimits = Pick<Settings, 'warnUntilMs' | 'warnLossPercent'>;

/** The condition of a path in a phase, by what its newest round trips were. */
export function conditionOf(
  phase: MonitorPhase['phase'],
  recent: RecentRoundTrips,
  limits: ConditionLimits = DEFAULT_SETTINGS,
): PathCondition {
  return phase === 'running' ? runningCondition(recent, limits) : phase;
}

function runningCondition(
  { lastFate, lost, lossRatio, newest }: RecentRoundTrips,
  { warnUntilMs, warnLossPercent }: ConditionLimits,
): PathCondition {
  if (lastFate === null) return 'waiting';
  if (lastFate === 'refused') return 'refused';
  if (newest.every((rttMs) => rttMs === null)) return 'silent';
  const run = newest.slice(-OUTAGE_RUN);
  if (run.length === OUTAGE_RUN && run.every((rttMs) => rttMs === null)) return 'stopped';
  const isFelt = (lossRatio ?? 0) >= FELT_LOSS_RATIO && lost >= FELT_LOST;
  if (isFelt && 100 * (lossRatio ?? 0) > warnLossPercent) return 'losing';
  if (isSlow(newest, warnUntilMs)) return 'slow';
  return (lossRatio ?? 0) > 0 ? 'lost-some' : 'answering';
}

function isSlow(newest: readonly (number | null)[], aboveMs: number): boolean {
  const answered = newest.filter((rttMs) => rttMs !== null).slice(-SLOW_RUN);
  if (answered.length < SLOW_RUN) return false;
  return answered.filter((rttMs) => rttMs > aboveMs).length > SLOW_RUN / 2;
}
