/** Sizes of the timelines in CSS pixels. */

/** Room for the labels of one vertical axis: five digits and a little air. */
export const AXIS_WIDTH_PX = 46;

/** Air between the border of the timelines and their charts. */
export const SIDE_PX = 10;

/** Height of the labels of the time axis, which only the lowest timeline has. */
export const TIME_AXIS_PX = 24;

export const ROUND_TRIP_HEIGHT_PX = 150;
export const HOP_HEIGHT_PX = 104;

/** Height of the jitter graph below a timeline, when it is wanted. */
export const JITTER_HEIGHT_PX = 44;

/** Room above the plot for the labels of marks. */
export const TOP_PX = 14;

/** Width of the plot in timelines of a width. */
export function plotWidth(widthPx: number): number {
  return Math.max(0, widthPx - 2 * SIDE_PX - 2 - 2 * AXIS_WIDTH_PX);
}
