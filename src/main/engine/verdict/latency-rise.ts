import { type LatencyLevel, latencyLevels, medianOf, noiseOf } from './latency-levels.ts';
import { isRamp, type LevelRun } from './latency-ramp.ts';
import { oncePerEvidence } from './once-per-evidence.ts';
import type { PathEvidence } from './path-evidence.ts';
import { type Witness, witnessesOf } from './witnesses.ts';

/** Least rise that people feel and that is told, in ms and beside the latency before. */
const LEAST_RISE = { milliseconds: 20, share: 0.1 } as const;
/** A rise stands out of the noise when it is so many times the usual distance of neighbouring levels from their middle. */
const LEAST_CLEARNESS = 6;
/** Levels in a row that must be up: single slow answers are jitter. Few of them are enough where the rise is very clear. */
const LEAST_STRETCH = { fine: 5, clear: 3, coarse: 2 } as const;
const VERY_CLEAR = 12;
/** Share of the levels of a stretch that must be up, and of those outside that must be down. */
const LEAST_PURITY = 0.8;
/**
 * By how many standard deviations there must be fewer runs of high and low levels than a shuffled series has: jitter
 * reaches the first once in 2,000 periods. Slices are few, and their medians of many probes do not jitter.
 */
const LEAST_CLUSTERING = { fine: 3.3, coarse: 2.5 } as const;
/** Fewest levels that have a shape. */
const LEAST_LEVELS = 8;
/** Share of the destination's rise that a hop must have to share it. */
const LEAST_SHARED = 0.5;
/** Answers of a hop on each side that make a median. */
const LEAST_ANSWERS = 5;

/** Times in which the destination's round trip was longer than at others. */
export interface LatencyRise {
  readonly shape: 'step' | 'ramp';
  /** Median round trip in the low times (of a ramp: its lowest level) and in the high ones, in ms. */
  readonly low: number;
  readonly high: number;
  /** The greatest level, in ms. */
  readonly top: number;
  /** Stretches of high levels, oldest first. */
  readonly stretches: ReadonlyArray<{ readonly fromEpochMs: number; readonly toEpochMs: number }>;
  /** Whether the last level is a high one. */
  readonly isOpen: boolean;
  readonly levels: number;
  /** Where it starts, as far as witnesses tell; the destination when none before shares it. */
  readonly first: Witness;
  readonly before: Witness | null;
  readonly lossWhileHigh: { readonly lost: number; readonly probes: number };
  readonly lossWhileLow: { readonly lost: number; readonly probes: number };
}

/** Finds times of raised latency that noise does not explain, tells a step from a ramp, and where on the path it starts. */
export const latencyRise = oncePerEvidence((evidence): LatencyRise | null => {
  const { levels, isFine } = latencyLevels(evidence);
  const bounds = boundsOf(levels);
  if (levels.length < LEAST_LEVELS || bounds === null) return null;
  const { base, rise } = bounds;
  const least = Math.max(LEAST_RISE.milliseconds, LEAST_RISE.share * base);
  const noise = noiseOf(levels);
  if (rise < least || rise < LEAST_CLEARNESS * noise) return null;
  const limit = base + rise / 2;
  const leastStretch = isFine
    ? rise >= VERY_CLEAR * noise
      ? LEAST_STRETCH.clear
      : LEAST_STRETCH.fine
    : LEAST_STRETCH.coarse;
  const runs = highRuns(levels, limit).filter(
    (run) => run.to - run.from >= leastStretch && shareAbove(levels.slice(run.from, run.to), limit) >= LEAST_PURITY,
  );
  const leastClustering = isFine ? LEAST_CLUSTERING.fine : LEAST_CLUSTERING.coarse;
  if (runs.length === 0 || clusteringOf(levels, limit) < leastClustering) return null;
  const isHigh = (index: number) => runs.some(({ from, to }) => index >= from && index < to);
  const outside = levels.filter((_, index) => !isHigh(index));
  if (shareAbove(outside, limit) > 1 - LEAST_PURITY) return null;
  const high = levels.filter((_, index) => isHigh(index));
  const low = levels.filter(({ median }) => median < base + rise / 2);
  const lowMedian = medianOf(low.map(({ median }) => median));
  const highMedian = medianOf(high.map(({ median }) => median));
  if (lowMedian === null || highMedian === null || highMedian - lowMedian < least) return null;
  const place = placeOfRise(evidence, low, high, highMedian - lowMedian);
  if (place === null) return null;
  const shape = isRamp(evidence, levels, runs, base, rise) ? 'ramp' : 'step';
  return {
    ...place,
    shape,
    // On the way up a ramp passes through every level: what it starts from is its lowest.
    low: shape === 'ramp' ? base : lowMedian,
    high: highMedian,
    top: base + rise,
    stretches: runs.flatMap(({ from, to }) => {
      const [start, end] = [levels[from], levels[to - 1]];
      return start === undefined || end === undefined
        ? []
        : [{ fromEpochMs: start.fromEpochMs, toEpochMs: end.toEpochMs }];
    }),
    isOpen: isHigh(levels.length - 1),
    levels: levels.length,
    lossWhileHigh: lossIn(high),
    lossWhileLow: lossIn(low),
  };
});

/** The third lowest and third highest level: one odd level at either end does not set the scale. */
function boundsOf(levels: readonly LatencyLevel[]): { base: number; rise: number } | null {
  const sorted = levels.map(({ median }) => median).sort((a, b) => a - b);
  const spare = Math.min(2, Math.floor((sorted.length - 1) / 6));
  const base = sorted[spare];
  const top = sorted.at(-1 - spare);
  return base === undefined || top === undefined ? null : { base, rise: top - base };
}

/** How far the number of runs lies below that of a shuffled series, in standard deviations (Wald and Wolfowitz, 1940). */
function clusteringOf(levels: readonly LatencyLevel[], limit: number): number {
  const flags = levels.map(({ median }) => median >= limit);
  const count = flags.length;
  const high = flags.filter(Boolean).length;
  const runs = flags.filter((flag, index) => flag !== flags[index - 1]).length;
  const product = 2 * high * (count - high);
  const variance = (product * (product - count)) / (count * count * (count - 1));
  return variance <= 0 ? 0 : (1 + product / count - runs) / Math.sqrt(variance);
}

function shareAbove(levels: readonly LatencyLevel[], limit: number): number {
  return levels.length === 0 ? 0 : levels.filter(({ median }) => median >= limit).length / levels.length;
}

/** Runs of levels above a limit; a single lower level within a run does not end it. */
function highRuns(levels: readonly LatencyLevel[], limit: number): LevelRun[] {
  const runs: LevelRun[] = [];
  let from: number | null = null;
  for (let index = 0; index <= levels.length; index += 1) {
    const isHigh = (levels[index]?.median ?? 0) >= limit;
    const isNextHigh = (levels[index + 1]?.median ?? 0) >= limit;
    if (isHigh && from === null) from = index;
    if (!isHigh && !isNextHigh && from !== null) {
      runs.push({ from, to: index });
      from = null;
    }
  }
  return runs;
}

/**
 * The first witness from which all that follow share the rise. A hop that answers slowly by itself does so in the low
 * times and in the high ones, so its rise is as good as any.
 */
function placeOfRise(
  evidence: PathEvidence,
  low: readonly LatencyLevel[],
  high: readonly LatencyLevel[],
  rise: number,
): { first: Witness; before: Witness | null } | null {
  const known = witnessesOf(evidence.report).flatMap((witness) => {
    const own = riseAt(evidence, witness, low, high);
    return own === null ? [] : [{ witness, isSharing: own >= LEAST_SHARED * rise }];
  });
  const lastWithout = known.findLastIndex(({ isSharing }) => !isSharing);
  const first = known[lastWithout + 1]?.witness;
  return first === undefined ? null : { first, before: known[lastWithout]?.witness ?? null };
}

function riseAt(
  evidence: PathEvidence,
  witness: Witness,
  low: readonly LatencyLevel[],
  high: readonly LatencyLevel[],
): number | null {
  const times = timesOf(evidence, witness);
  const lowMedian = medianWithin(times, low);
  const highMedian = medianWithin(times, high);
  return lowMedian === null || highMedian === null ? null : highMedian - lowMedian;
}

interface Timed {
  readonly at: number;
  readonly rtt: number;
  readonly answers: number;
}

function timesOf(evidence: PathEvidence, { hopLimit, isDestination, statistics }: Witness): Timed[] {
  const outcomes = evidence.outcomes(isDestination ? 0 : hopLimit);
  if (outcomes.length >= statistics.sent - statistics.inFlight) {
    return outcomes.flatMap(({ at, rtt }) => (rtt === null ? [] : [{ at, rtt, answers: 1 }]));
  }
  return evidence.slices.flatMap(({ fromEpochMs, toEpochMs, roundTrip, statisticsOf }) => {
    const series = isDestination ? roundTrip : statisticsOf(hopLimit);
    const rtt = series?.rttMs.p50 ?? null;
    return rtt === null ? [] : [{ at: (fromEpochMs + toEpochMs) / 2, rtt, answers: series?.received ?? 0 }];
  });
}

function medianWithin(times: readonly Timed[], levels: readonly LatencyLevel[]): number | null {
  const inside = times.filter(({ at }) => levels.some((level) => at >= level.fromEpochMs && at <= level.toEpochMs));
  const answers = inside.reduce((sum, timed) => sum + timed.answers, 0);
  return answers < LEAST_ANSWERS ? null : medianOf(inside.map(({ rtt }) => rtt));
}

function lossIn(levels: readonly LatencyLevel[]): { lost: number; probes: number } {
  return levels.reduce((sum, { lost, probes }) => ({ lost: sum.lost + lost, probes: sum.probes + probes }), {
    lost: 0,
    probes: 0,
  });
}
