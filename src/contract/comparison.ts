import * as v from 'valibot';
import { seriesStatisticsSchema } from './path-statistics.ts';

/** Two periods beside each other: before and after the router was restarted, by cable and by radio. */

/** A difference, after less before, with what a test says of it. */
export const differenceSchema = v.object({
  /** Loss: difference of the ratios. Round trips: the Hodges–Lehmann shift in ms. Null where one side has no numbers. */
  value: v.nullable(v.number()),
  /** 95 % interval of it; null where it cannot be had. */
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  /**
   * How probable so great a difference would be if nothing had changed, two-sided: two proportions (Fisher when counts
   * are small), or Mann–Whitney with ties corrected. Null where there are too few numbers to test.
   */
  pValue: v.nullable(v.number()),
});
export type Difference = v.InferOutput<typeof differenceSchema>;

/** One hop of both periods. Hops are aligned by who answers there, so that a route that grew by one is not all new. */
export const comparedHopSchema = v.object({
  beforeHopLimit: v.nullable(v.number()),
  afterHopLimit: v.nullable(v.number()),
  beforeAddresses: v.array(v.string()),
  afterAddresses: v.array(v.string()),
  before: v.nullable(seriesStatisticsSchema),
  after: v.nullable(seriesStatisticsSchema),
  loss: differenceSchema,
  rtt: differenceSchema,
});
export type ComparedHop = v.InferOutput<typeof comparedHopSchema>;

const sideSchema = v.object({
  sessionId: v.string(),
  target: v.string(),
  destination: v.string(),
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  rounds: v.number(),
});

export const comparisonSchema = v.object({
  before: sideSchema,
  after: sideSchema,
  hops: v.array(comparedHopSchema),
  /** The destination itself. */
  roundTrip: comparedHopSchema,
  /** Of the addresses above those whose names are kept with either session. */
  names: v.array(v.object({ address: v.string(), name: v.string() })),
  /** `unclear`: too few samples, or a difference that chance explains. */
  outcome: v.picklist(['better', 'worse', 'mixed', 'same', 'unclear']),
  /** One sentence of conclusion, with its uncertainty. */
  sentence: v.string(),
});
export type Comparison = v.InferOutput<typeof comparisonSchema>;
