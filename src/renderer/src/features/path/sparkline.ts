/** A small line of the last round trips, ready to be drawn. */
export interface Sparkline {
  /** SVG path of the line, interrupted where an answer is missing. */
  readonly path: string;
  /** Where answers are missing, across. */
  readonly lost: readonly number[];
}

/** Air above and below the line, so that its stroke is not cut. */
const INSET_PX = 1.5;

/** The longest round trip stands at this part of the height: a steady line is not one along the upper edge. */
const HIGHEST = 2 / 3;

/** Round trips on a scale from 0, the newest at the right edge. */
export function sparkline(spark: readonly (number | null)[], widthPx: number, heightPx: number, room = 60): Sparkline {
  const step = widthPx / Math.max(1, room - 1);
  const highest = Math.max(...spark.map((rtt) => rtt ?? 0), Number.MIN_VALUE);
  const x = (place: number) => round(widthPx - (spark.length - 1 - place) * step);
  const y = (rtt: number) => round(heightPx - INSET_PX - (rtt / highest) * HIGHEST * (heightPx - 2 * INSET_PX));
  let path = '';
  let isDown = false;
  for (const [place, rtt] of spark.entries()) {
    if (rtt === null) {
      isDown = false;
      continue;
    }
    // A lone point becomes a stroke too short to be a line, which round caps show as a dot.
    path += isDown ? `L${x(place)},${y(rtt)}` : `M${x(place)},${y(rtt)}h0.01`;
    isDown = true;
  }
  return { path, lost: spark.flatMap((rtt, place) => (rtt === null ? [x(place)] : [])) };
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
