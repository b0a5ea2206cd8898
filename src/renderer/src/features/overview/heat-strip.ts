import { isSlow } from './trouble.ts';

/** The last round trips as bars, one SVG path for each kind; height says the same as colour. */
export interface HeatStrip {
  readonly usual: string;
  readonly slow: string;
  readonly lost: string;
  /** In words, for those who do not see it. */
  readonly words: string;
}

/** Bars that fit into a strip, one for each of the newest round trips. */
export const STRIP_BARS = 60;
/** Units of the drawing across a bar, the gap to the next included, and of its height. */
export const BAR_WIDTH = 4;
export const STRIP_HEIGHT = 28;

/** Least height of a bar, so that the quickest answer is seen too. */
const LEAST_HEIGHT = 4;
const GAP = 1;

/** Bars from the bottom, the newest at the right; the longest round trip is as high as the strip, and so is what was lost. */
export function heatStrip(spark: readonly (number | null)[]): HeatStrip {
  const shown = spark.slice(-STRIP_BARS);
  const answered = shown.filter((rtt) => rtt !== null);
  const least = Math.min(...answered);
  const longest = Math.max(...answered, Number.MIN_VALUE);
  const bars = { usual: '', slow: '', lost: '' };
  const counts = { usual: 0, slow: 0, lost: 0 };
  for (const [place, rtt] of shown.entries()) {
    const kind = rtt === null ? 'lost' : isSlow(rtt, least) ? 'slow' : 'usual';
    const height =
      rtt === null ? STRIP_HEIGHT : LEAST_HEIGHT + Math.round((rtt / longest) * (STRIP_HEIGHT - LEAST_HEIGHT - 4));
    const x = (STRIP_BARS - shown.length + place) * BAR_WIDTH;
    bars[kind] += `M${x},${STRIP_HEIGHT}v${-height}h${BAR_WIDTH - GAP}v${height}z`;
    counts[kind] += 1;
  }
  const words =
    shown.length === 0
      ? 'No round trip yet'
      : `Last ${shown.length} round trips: ${counts.lost} lost, ${counts.slow} slower than usual`;
  return { ...bars, words };
}
