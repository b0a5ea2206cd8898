/**
 * How many of some things in a row have room, in CSS pixels: all of them, or as many as stand before another thing of
 * `moreWidth` that leads to the rest.
 */
export function fittingCount(
  widths: readonly number[],
  { room, gap, moreWidth }: { readonly room: number; readonly gap: number; readonly moreWidth: number },
): number {
  // Nothing is laid out: as in a page that is not shown.
  if (widths.every((width) => width === 0)) return widths.length;
  let taken = 0;
  let beforeMore = 0;
  for (const [place, width] of widths.entries()) {
    taken += width + (place === 0 ? 0 : gap);
    if (taken + gap + moreWidth <= room) beforeMore = place + 1;
  }
  return taken <= room ? widths.length : beforeMore;
}
