import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { DEFAULT_SETTINGS } from '../../../../contract/settings.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatQuantity } from '../../format/count.ts';
import { type PathStatus, pathStatus, type StatusLimits } from '../../live-store/path-status.ts';
import type { PathPulse } from '../../live-store/path-store.ts';

/** In what order the paths stand. */
export const SORTS = [
  { value: 'trouble', label: 'Trouble first' },
  { value: 'loss', label: 'Most loss first' },
  { value: 'rtt', label: 'Slowest first' },
  { value: 'name', label: 'By name' },
  { value: 'added', label: 'As added' },
] as const;

export type Sort = (typeof SORTS)[number]['value'];

/** A path with its last minutes. */
export interface PulsedPath {
  readonly path: PathMonitorInfo;
  readonly pulse: PathPulse;
}

/** A remembered choice, or the first one when it is none of them. */
export function findSort(value: string): Sort {
  return SORTS.find((sort) => sort.value === value)?.value ?? 'trouble';
}

/** Identifiers of the paths in the order asked for. Equals stand as they were added. */
export function orderPaths(
  paths: readonly PulsedPath[],
  sort: Sort,
  platform: Platform,
  limits: StatusLimits = DEFAULT_SETTINGS,
): readonly string[] {
  return [...paths].sort(comparison(sort, platform, limits)).map(({ path }) => path.pathId);
}

function comparison(
  sort: Sort,
  platform: Platform,
  limits: StatusLimits,
): (one: PulsedPath, other: PulsedPath) => number {
  switch (sort) {
    case 'trouble':
      return (one, other) => compareTrouble(troubleOf(one, platform, limits), troubleOf(other, platform, limits));
    case 'loss':
      return (one, other) => (other.pulse.lossRatio ?? -1) - (one.pulse.lossRatio ?? -1);
    case 'rtt':
      return (one, other) => (other.pulse.lastRttMs ?? -1) - (one.pulse.lastRttMs ?? -1);
    case 'name':
      return (one, other) => one.path.target.localeCompare(other.path.target, 'en', { numeric: true });
    case 'added':
      return (one, other) => one.path.addedAtEpochMs - other.path.addedAtEpochMs;
  }
}

/** How much there is to worry about: the tone of the state first, then loss, then how far it is above its own usual. */
type Trouble = readonly [tone: number, lossRatio: number, slowness: number];

const TONE_RANKS: Readonly<Record<PathStatus['tone'], number>> = {
  bad: 4,
  trouble: 3,
  good: 2,
  waiting: 1,
  resting: 0,
};

function troubleOf({ path, pulse }: PulsedPath, platform: Platform, limits: StatusLimits): Trouble {
  const tone = TONE_RANKS[pathStatus(path, pulse, platform, true, limits).tone];
  return [tone, pulse.lossRatio ?? 0, slowness(pulse)];
}

function slowness({ spark }: PathPulse): number {
  const answered = spark.filter((rtt) => rtt !== null);
  return answered.filter((rtt) => isSlow(rtt, Math.min(...answered))).length;
}

function compareTrouble(one: Trouble, other: Trouble): number {
  return other[0] - one[0] || other[1] - one[1] || other[2] - one[2];
}

/** Above max(1.2 × least, least + 5 ms), as the statistics count slow round trips. */
export function isSlow(rttMs: number, leastMs: number): boolean {
  return rttMs > Math.max(1.2 * leastMs, leastMs + 5);
}

/** How a path is doing, for those who look for the ones that are so. Lessons that are played are told apart. */
export type Kind = PathStatus['tone'] | 'slow' | 'simulated';

/** Paths that are in the same way, and how many they are. */
export interface KindCount {
  readonly kind: Kind;
  /** The mark of it; null for lessons, which may be in any way. */
  readonly mark: PathStatus['tone'] | null;
  /** `losing probes` */
  readonly words: string;
  readonly count: number;
}

/** How many are how, the worst first; ways that no path is in are left out. */
export function kindCounts(
  paths: readonly PulsedPath[],
  platform: Platform,
  limits: StatusLimits = DEFAULT_SETTINGS,
): readonly KindCount[] {
  const kinds = paths.map((path) => kindOf(path, platform, limits));
  return TALLY.map((one) => ({ ...one, count: kinds.filter((kind) => kind === one.kind).length })).filter(
    ({ count }) => count > 0,
  );
}

/** In words: `5 paths: 1 losing probes, 3 well, 1 paused; and 1 path of simulated internets`. */
export function tallyWords(
  paths: readonly PulsedPath[],
  platform: Platform,
  limits: StatusLimits = DEFAULT_SETTINGS,
): string {
  const counts = kindCounts(paths, platform, limits);
  const played = counts.find(({ kind }) => kind === 'simulated')?.count ?? 0;
  const simulated = `${formatQuantity(played, 'path')} of simulated internets`;
  if (played > 0 && played === paths.length) return simulated;
  const parts = counts.filter(({ kind }) => kind !== 'simulated').map(({ words, count }) => `${count} ${words}`);
  const all = formatQuantity(paths.length - played, 'path');
  return `${parts.length === 0 ? all : `${all}: ${parts.join(', ')}`}${played > 0 ? `; and ${simulated}` : ''}`;
}

/** Trouble is loss, or else that the answers are waited for. */
export function kindOf({ path, pulse }: PulsedPath, platform: Platform, limits: StatusLimits = DEFAULT_SETTINGS): Kind {
  if (path.simulated?.scenario != null) return 'simulated';
  const { tone } = pathStatus(path, pulse, platform, true, { ...limits, badLossPercent: 100 });
  return tone === 'trouble' && 100 * (pulse.lossRatio ?? 0) <= limits.warnLossPercent ? 'slow' : tone;
}

const TALLY: readonly Omit<KindCount, 'count'>[] = [
  { kind: 'bad', mark: 'bad', words: 'down' },
  { kind: 'trouble', mark: 'trouble', words: 'losing probes' },
  { kind: 'slow', mark: 'trouble', words: 'slow' },
  { kind: 'good', mark: 'good', words: 'well' },
  { kind: 'waiting', mark: 'waiting', words: 'not known yet' },
  { kind: 'resting', mark: 'resting', words: 'paused' },
  { kind: 'simulated', mark: null, words: 'simulated' },
];

/** Whether what is looked for is part of the target or its address. */
export function isMatch({ target, destination }: PathMonitorInfo, sought: string): boolean {
  const text = sought.trim().toLowerCase();
  return text === '' || `${target} ${destination ?? ''}`.toLowerCase().includes(text);
}
