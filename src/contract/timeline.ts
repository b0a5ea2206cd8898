import * as v from 'valibot';

/** How one hop, or the round trip, went over a period, made small enough to be drawn. */

/** Most columns of a timeline: no chart gets more points. */
export const MOST_TIMELINE_COLUMNS = 300;

/** One column of a timeline: what became of the probes of the rounds begun from `fromEpochMs` up to `toEpochMs`. */
export const timelineColumnSchema = v.object({
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  /** Rounds begun; none where nothing was measured. */
  rounds: v.number(),
  /** Probes, those in flight included; none while the hop was not probed. */
  sent: v.number(),
  received: v.number(),
  /** Lost among those whose fate is known, 0 to 1; null without one. */
  lossRatio: v.nullable(v.number()),
  /** Round trips: least, percentiles (type 7 of Hyndman and Fan) and greatest; all null without an answer in time. */
  minMs: v.nullable(v.number()),
  p10Ms: v.nullable(v.number()),
  p25Ms: v.nullable(v.number()),
  p50Ms: v.nullable(v.number()),
  p75Ms: v.nullable(v.number()),
  p90Ms: v.nullable(v.number()),
  maxMs: v.nullable(v.number()),
  /** Mean difference of each round trip from the one before it, which may be in an earlier column; null without a pair. */
  jitterMs: v.nullable(v.number()),
});
export type TimelineColumn = v.InferOutput<typeof timelineColumnSchema>;

/**
 * One hop limit over a period, in columns that follow each other without a hole, as far as something is recorded. Each
 * round has a column of its own where there are so few; else they are equally wide, and their bounds are whole multiples
 * of the width, so that they stay where they are while time goes on: the first may begin before the period and the last
 * end after it. Old rounds, of which only roll-ups are kept, may make them wider, and percentiles then are within 1 %.
 */
export const timelineSchema = v.object({
  /** 0 is the round trip. */
  hopLimit: v.number(),
  /** The period asked for, from the beginning and until now where that was asked; session time, as in `report`. */
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  /** None where nothing is recorded. */
  columns: v.array(timelineColumnSchema),
});
export type Timeline = v.InferOutput<typeof timelineSchema>;
