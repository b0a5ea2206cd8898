import * as v from 'valibot';
import { statisticsSchema } from './probe.ts';

/** What can be said of one series of probes over a period: a hop, one responder of a hop, or the round trip. */

const { localDrops: _ofTheMachine, mdevMs: _ofPing, ewmaMs: _ofPingToo, ...ofTheSeries } = statisticsSchema.entries;

/**
 * Statistics of a series. A number that needs more samples than there are is null. In a hop's series an answer is any
 * answer of the hop (an echo reply or an ICMP error); in the round trip's, an echo reply of the destination.
 */
export const seriesStatisticsSchema = v.object({
  ...ofTheSeries,
  /** Answers that came after the answer to a later probe (RFC 4737 §3.3). */
  reordered: v.number(),
  /** Smoothed jitter J += (|D| − J) / 16 (RFC 3550 §6.4.1, by analogy: D of round trips), at the end of the period. */
  smoothedJitterMs: v.nullable(v.number()),
  /** Greatest absolute difference of consecutive round trips. */
  maxJitterMs: v.nullable(v.number()),
  /**
   * 95th percentile of the round trips above the period's least (PDV of RFC 5481). Where percentiles are not exact it is
   * off by as much as that percentile may be, 1 % of the round trip: on a long and steady path, more than itself.
   */
  pdvP95Ms: v.nullable(v.number()),
  /** Share of round trips above max(1.2 × min, min + 5 ms), 0 to 1. */
  slowRatio: v.nullable(v.number()),
  /** Round trips with a modified z-score above 3.5 among the 120 before them (Iglewicz and Hoaglin, 1993). */
  outliers: v.number(),
  /** Runs of consecutive lost probes (loss periods of RFC 3357); lengths and distances in probes, null without any. */
  lossRuns: v.object({
    count: v.number(),
    meanLength: v.nullable(v.number()),
    maxLength: v.nullable(v.number()),
    /** Mean distance between one lost probe and the next (loss distance of RFC 3357). */
    meanDistance: v.nullable(v.number()),
  }),
  /** Mean opinion score, 1 to about 4.4: an estimate by the E-model of ITU-T G.107 for G.711 with concealment. */
  mos: v.nullable(v.number()),
  /** The same by the formula that PingPlotter publishes, for comparison with its figures. */
  mosPingPlotter: v.nullable(v.number()),
  /** Whether the percentiles are exact; else within 1 % of the true order statistics. */
  percentilesAreExact: v.boolean(),
});

export type SeriesStatistics = v.InferOutput<typeof seriesStatisticsSchema>;
