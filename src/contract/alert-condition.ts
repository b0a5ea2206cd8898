import * as v from 'valibot';
import { readRange } from './address-ranges.ts';

/**
 * When a rule raises an alert. All conditions are of the round trip or the hops of one path, are asked once a round, and
 * take what was not measured (asleep, paused, could not send) for neither good nor bad.
 */

/** Most rounds that a condition looks back on: an hour at one a second. */
export const MOST_ALERT_ROUNDS = 3_600;
/** Most rounds that one figure is of. */
export const MOST_FIGURE_ROUNDS = 600;

const rounds = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/**
 * So many of so many rounds. A rule enters once `enough` of the last `of` rounds are beyond; it leaves when `of` rounds
 * are known and no more than `leaveAt` of them are. Rounds without a figure are left out of both.
 */
const countEntries = {
  enough: rounds(MOST_ALERT_ROUNDS),
  of: rounds(MOST_ALERT_ROUNDS),
  leaveAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_ALERT_ROUNDS)),
};

interface RoundCount {
  readonly enough: number;
  readonly of: number;
  readonly leaveAt: number;
}

const isCountInOrder = ({ enough, of, leaveAt }: RoundCount) => enough <= of && leaveAt < enough;
const COUNT_ISSUE =
  'The rounds that are enough must be at most those looked at, and more than those at which the rule leaves';

/** Least and greatest limit of each measure, in its unit: milliseconds, per cent, or a score. */
export const MEASURE_LIMITS = {
  latency: { from: 0.1, to: 60_000 },
  loss: { from: 0, to: 99.9 },
  jitter: { from: 0.1, to: 60_000 },
  mos: { from: 1, to: 4.5 },
} as const;
export const ALERT_MEASURES = ['latency', 'loss', 'jitter', 'mos'] as const;
export type AlertMeasure = (typeof ALERT_MEASURES)[number];

const thresholdSchema = v.pipe(
  v.object({
    kind: v.literal('threshold'),
    /**
     * Of the round trips of the last `figureRounds` rounds: their mean; the share of them without an answer or refused;
     * the mean difference of consecutive ones; the mean opinion score by the E-model.
     */
    measure: v.picklist(ALERT_MEASURES),
    /** Milliseconds, per cent or a score. A score is beyond it below, all others above. */
    limit: v.pipe(v.number(), v.finite()),
    figureRounds: rounds(MOST_FIGURE_ROUNDS),
    ...countEntries,
  }),
  v.check((count) => isCountInOrder(count), COUNT_ISSUE),
  v.check(
    ({ measure, limit }) => limit >= MEASURE_LIMITS[measure].from && limit <= MEASURE_LIMITS[measure].to,
    'The limit is outside of what its measure can be',
  ),
  v.check(
    ({ measure, figureRounds }) => figureRounds > 1 || measure === 'latency' || measure === 'loss',
    'Jitter and the opinion score need at least two rounds',
  ),
);

const baselineSchema = v.pipe(
  v.object({
    kind: v.literal('baseline'),
    /** How many of its usual spreads a round trip must be above what is usual for this hour of the day. */
    spreads: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(100)),
    ...countEntries,
  }),
  v.check((count) => isCountInOrder(count), COUNT_ISSUE),
);

export const alertConditionSchema = v.variant('kind', [
  thresholdSchema,
  baselineSchema,
  /** The way to the destination became another one. */
  v.object({ kind: v.literal('route-changed') }),
  v.object({
    kind: v.literal('address-in-path'),
    /** One address, or a range of them: 192.0.2.0/24. */
    addresses: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(100),
      v.check((text) => readRange(text).kind === 'span', 'Expected an address or a range such as 192.0.2.0/24'),
    ),
  }),
  /** So many rounds in a row without an answer of the destination. */
  v.object({ kind: v.literal('unreachable'), rounds: rounds(MOST_ALERT_ROUNDS) }),
]);
export type AlertCondition = v.InferOutput<typeof alertConditionSchema>;
export type ThresholdCondition = Extract<AlertCondition, { kind: 'threshold' }>;
export type BaselineCondition = Extract<AlertCondition, { kind: 'baseline' }>;

/** How long a condition must hold before the rule enters, and be over before it leaves. Measured time only. */
export const alertHoldEntries = {
  enterAfterMs: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(3_600_000)),
  leaveAfterMs: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(86_400_000)),
};

/** What a condition has found, for the sentence that tells it. */
export const alertFindingSchema = v.variant('kind', [
  v.object({
    kind: v.literal('threshold'),
    /** The newest figure, in the unit of its measure. */
    figure: v.number(),
    /** The worst since the rule entered. */
    worst: v.number(),
    beyond: v.number(),
    of: v.number(),
  }),
  v.object({
    kind: v.literal('baseline'),
    rttMs: v.number(),
    worstMs: v.number(),
    /** What is usual for this hour of the day, and what is beyond it. */
    usualMs: v.number(),
    limitMs: v.number(),
    beyond: v.number(),
    of: v.number(),
  }),
  v.object({
    kind: v.literal('route-changed'),
    /** Responders by hop, null where a hop is silent, as they last changed. */
    before: v.array(v.nullable(v.string())),
    after: v.array(v.nullable(v.string())),
    changes: v.number(),
  }),
  v.object({ kind: v.literal('address-in-path'), address: v.string(), hopLimit: v.number() }),
  v.object({ kind: v.literal('unreachable'), rounds: v.number(), isRefused: v.boolean() }),
]);
export type AlertFinding = v.InferOutput<typeof alertFindingSchema>;
