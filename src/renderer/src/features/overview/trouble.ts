import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { DEFAULT_SETTINGS } from '../../../../contract/settings.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatQuantity } from '../../format/count.ts';
import { type LossLimits, type PathStatus, pathStatus } from '../../live-store/path-status.ts';
import type { PathPulse } from '../../live-store/path-store.ts';

/** In what order the paths stand. */
export const SORTS = [
  { value: 'trouble', label: 'Trouble first' },
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
  limits: LossLimits = DEFAULT_SETTINGS,
): readonly string[] {
  return [...paths].sort(comparison(sort, platform, limits)).map(({ path }) => path.pathId);
}

function comparison(
  sort: Sort,
  platform: Platform,
  limits: LossLimits,
): (one: PulsedPath, other: PulsedPath) => number {
  switch (sort) {
    case 'trouble':
      return (one, other) => compareTrouble(troubleOf(one, platform, limits), troubleOf(other, platform, limits));
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

function troubleOf({ path, pulse }: PulsedPath, platform: Platform, limits: LossLimits): Trouble {
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

/** How many are how: `5 paths: 1 in trouble, 3 well, 1 paused`. Lessons that are played are told apart. */
export function tallyWords(
  all: readonly PulsedPath[],
  platform: Platform,
  limits: LossLimits = DEFAULT_SETTINGS,
): string {
  const paths = all.filter(({ path }) => path.simulated?.scenario == null);
  const played = all.length - paths.length;
  if (played > 0) {
    const simulated = `${formatQuantity(played, 'path')} of simulated internets`;
    return paths.length === 0 ? simulated : `${tallyWords(paths, platform, limits)}; and ${simulated}`;
  }
  const kinds = paths.map((pulsed) => kindOf(pulsed, platform, limits));
  const parts = TALLY.map(({ kind, words }) => ({ words, count: kinds.filter((one) => one === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${count} ${words}`);
  return [formatQuantity(paths.length, 'path'), ...(parts.length === 0 ? [] : [parts.join(', ')])].join(': ');
}

type Kind = PathStatus['tone'] | 'slow';

/** Trouble is loss, or else that the answers are waited for. */
function kindOf({ path, pulse }: PulsedPath, platform: Platform, limits: LossLimits): Kind {
  const { tone } = pathStatus(path, pulse, platform, true, { ...limits, badLossPercent: 100 });
  return tone === 'trouble' && pulse.lossRatio === 0 ? 'slow' : tone;
}

const TALLY: readonly { readonly kind: Kind; readonly words: string }[] = [
  { kind: 'bad', words: 'down' },
  { kind: 'trouble', words: 'losing probes' },
  { kind: 'slow', words: 'slow' },
  { kind: 'good', words: 'well' },
  { kind: 'waiting', words: 'not known yet' },
  { kind: 'resting', words: 'paused' },
];
