import { formatQuantity } from '../../format/count.ts';
import { formatRtt } from '../../format/rtt.ts';
import type { RecentColumn } from '../../live-store/path-store.ts';
import { isSlow } from './trouble.ts';

/** The last minutes as bars, one SVG path for each kind; shape says the same as colour. */
export interface HeatStrip {
  /** From the bottom, as high as the longest round trip of the column. */
  readonly usual: string;
  readonly slow: string;
  /** From the top, as deep as the share that was lost. */
  readonly lost: string;
  /** The ground under columns in which something was measured; where it is missing, nothing was. */
  readonly ground: string;
  /** In words, for those who do not see it. */
  readonly words: string;
}

/** Units of the drawing across a bar, the gap to the next included, and of its height. */
export const BAR_WIDTH = 4;
export const STRIP_HEIGHT = 30;

/** Least height of a bar, so that the quickest answer is seen too, and least depth of what was lost. */
const LEAST_HEIGHT = 4;
const LEAST_DEPTH = 8;
const GAP = 1;

/** Bars over the columns, the newest at the right; the longest round trip leaves a little room to the top. */
export function heatStrip(columns: readonly RecentColumn[]): HeatStrip {
  const longest = columns.flatMap(({ longestMs }) => longestMs ?? []);
  const least = Math.min(...longest);
  const most = Math.max(...longest, Number.MIN_VALUE);
  const bars = { usual: '', slow: '', lost: '', ground: '' };
  for (const [place, { sent, lost, longestMs }] of columns.entries()) {
    if (sent === 0) continue;
    const x = place * BAR_WIDTH;
    bars.ground += `M${x},${STRIP_HEIGHT}h${BAR_WIDTH}`;
    if (longestMs !== null) {
      const height = LEAST_HEIGHT + Math.round((longestMs / most) * (STRIP_HEIGHT - LEAST_HEIGHT - 4));
      bars[isSlow(longestMs, least) ? 'slow' : 'usual'] +=
        `M${x},${STRIP_HEIGHT}v${-height}h${BAR_WIDTH - GAP}v${height}z`;
    }
    if (lost > 0) {
      const depth = Math.max(LEAST_DEPTH, Math.round((lost / sent) * STRIP_HEIGHT));
      bars.lost += `M${x},0v${depth}h${BAR_WIDTH - GAP}v${-depth}z`;
    }
  }
  return { ...bars, words: stripWords(columns, least, most) };
}

function stripWords(columns: readonly RecentColumn[], least: number, most: number): string {
  const sent = columns.reduce((sum, column) => sum + column.sent, 0);
  if (sent === 0) return 'No round trip in the last 5 minutes';
  const lost = columns.reduce((sum, column) => sum + column.lost, 0);
  const slow = columns.filter(({ longestMs }) => longestMs !== null && isSlow(longestMs, least)).length;
  const answered = Number.isFinite(least) ? `, longest ${formatRtt(most)}` : '';
  return `Last 5 minutes: ${lost} of ${formatQuantity(sent, 'round trip')} lost, ${formatQuantity(slow, 'time')} slower than usual${answered}`;
}
