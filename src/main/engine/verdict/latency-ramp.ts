import { type LatencyLevel, latencyLevels, noiseOf } from './latency-levels.ts';
import type { PathEvidence } from './path-evidence.ts';

/** Shares of the rise below which a level counts as down, and above which it counts as up. */
const DOWN = 0.2;
const UP = 0.75;
/** A rise or fall over so many levels in between is gradual. A step has one at most: the level that straddles it. */
const GRADUAL_LEVELS = 3;
/** Fewest single probes in between, each slower than the one before, that are a gradual rise too fast for levels. */
const GRADUAL_PROBES = 3;
/** The shares of the rise between which they lie, and how many times the noise of single probes the rise must be. */
const CLIMB = { from: 0.08, to: 0.85, clearness: 12 } as const;
/** Share of the stretches that must begin so: a single climb among many may be chance. */
const LEAST_CLIMBING = 0.5;

/** Levels of a stretch: the index of its first one, and of the first after it. */
export interface LevelRun {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether latency climbs to its high stretches, or falls from them, little by little, as a buffer fills and drains. A
 * longer way, or a busy link that was switched on, rises at once.
 */
export function isRamp(
  evidence: PathEvidence,
  levels: readonly LatencyLevel[],
  runs: readonly LevelRun[],
  base: number,
  rise: number,
): boolean {
  if (runs.some((run) => isGradual(levels, run, base, rise))) return true;
  const { levels: probes, isFine } = latencyLevels(evidence, 1);
  if (!isFine || rise < CLIMB.clearness * noiseOf(probes)) return false;
  const climbing = runs.filter((run) => climbs(probes, levels[run.from]?.fromEpochMs ?? 0, base, rise));
  return climbing.length >= LEAST_CLIMBING * runs.length;
}

function isGradual(levels: readonly LatencyLevel[], run: LevelRun, base: number, rise: number): boolean {
  const isUp = ({ median }: LatencyLevel) => median >= base + UP * rise;
  const between = (start: number, step: 1 | -1) => {
    let count = 0;
    for (let index = start; index >= 0 && index < levels.length; index += step) {
      const share = ((levels[index]?.median ?? base) - base) / rise;
      if (share <= DOWN) return count;
      if (share < UP) count += 1;
    }
    // It was under way when the period began (or ended): nobody saw how it rose.
    return 0;
  };
  const stretch = levels.slice(run.from, run.to);
  const first = stretch.findIndex(isUp);
  const last = stretch.findLastIndex(isUp);
  return first >= 0 && Math.max(between(run.from + first, -1), between(run.from + last, 1)) >= GRADUAL_LEVELS;
}

/** Whether single probes around the beginning of a stretch climb in a row. */
function climbs(probes: readonly LatencyLevel[], stretchAt: number, base: number, rise: number): boolean {
  const start = probes.findIndex(({ fromEpochMs }) => fromEpochMs >= stretchAt);
  let inRow = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const { median } of probes.slice(Math.max(0, start - 2 * GRADUAL_PROBES), start + 2 * GRADUAL_PROBES)) {
    const share = (median - base) / rise;
    const isBetween = share > CLIMB.from && share < CLIMB.to;
    inRow = isBetween && (inRow === 0 || median > before) ? inRow + 1 : isBetween ? 1 : 0;
    before = median;
    if (inRow >= GRADUAL_PROBES) return true;
  }
  return false;
}
