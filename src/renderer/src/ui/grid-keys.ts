/** Moving by the arrow keys among what stands in rows and columns. */

/**
 * The place that a key leads to in a grid that is filled row by row; null when the key leads nowhere. The first and the
 * last are where it ends: nothing goes round.
 */
export function placeAfterKey(key: string, place: number, count: number, columns: number): number | null {
  const to = {
    ArrowLeft: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place - columns,
    ArrowDown: place + columns,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || to < 0 || to >= count || to === place ? null : to;
}

/** How many of these stand beside each other: those before the first that is lower. */
export function columnsOf(tops: readonly number[]): number {
  const second = tops.findIndex((top) => top !== tops[0]);
  return Math.max(1, second < 0 ? tops.length : second);
}

/** What of a key press decides. */
export type GridKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'preventDefault'>;

/** Gives the keyboard to the neighbour that a key leads to, as they stand on the screen now. */
export function moveAmong(cells: readonly HTMLElement[], event: GridKey): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const place = document.activeElement instanceof HTMLElement ? cells.indexOf(document.activeElement) : -1;
  if (place < 0) return;
  const columns = columnsOf(cells.map((cell) => cell.getBoundingClientRect().top));
  const next = placeAfterKey(event.key, place, cells.length, columns);
  if (next === null) return;
  event.preventDefault();
  cells[next]?.focus();
}
