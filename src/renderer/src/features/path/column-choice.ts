import { HOP_COLUMNS, type HopColumn } from './hop-columns.ts';

/** Which columns the hop table shows, in which order and how wide. */

export interface ChosenColumn {
  readonly id: string;
  /** Null: as wide as its numbers need. */
  readonly widthPx: number | null;
}

export interface ColumnChoice {
  /** In the order in which they stand. */
  readonly columns: readonly ChosenColumn[];
  /** Null: what the numbers leave. */
  readonly hostPx: number | null;
}

/** As it is remembered: `loss,mean:90,host:240`. */
export const DEFAULT_COLUMNS = 'loss,interval,sent,last,mean,best,worst,p95,jitter';

export const NARROWEST_PX = 44;
const WIDEST_PX = 400;

/** The host column in a remembered choice, and the narrowest it may be. */
export const HOST = 'host';
export const LEAST_HOST_PX = 140;

/** A remembered choice. What is not the id of a column is passed over, and so is a column that was there before. */
export function parseColumns(remembered: string): ColumnChoice {
  const columns: ChosenColumn[] = [];
  let hostPx: number | null = null;
  for (const word of remembered.split(',')) {
    const [id = '', width = ''] = word.split(':');
    const px = /^\d{1,4}$/.test(width) ? Number(width) : null;
    if (id === HOST) hostPx = px === null ? null : within(px, LEAST_HOST_PX);
    else if (HOP_COLUMNS.some((column) => column.id === id) && columns.every((column) => column.id !== id)) {
      columns.push({ id, widthPx: px === null ? null : within(px, NARROWEST_PX) });
    }
  }
  return { columns, hostPx };
}

export function formatColumns({ columns, hostPx }: ColumnChoice): string {
  const words = columns.map(({ id, widthPx }) => (widthPx === null ? id : `${id}:${widthPx}`));
  return [...words, ...(hostPx === null ? [] : [`${HOST}:${hostPx}`])].join(',');
}

/** The choice with one column in (after all others) or out of it. */
export function toggleColumn(choice: ColumnChoice, id: string): ColumnChoice {
  const { columns } = choice;
  const others = columns.filter((column) => column.id !== id);
  return { ...choice, columns: others.length < columns.length ? others : [...columns, { id, widthPx: null }] };
}

/** The choice with a column so many places further; it stops at either end. */
export function moveColumn(choice: ColumnChoice, id: string, places: number): ColumnChoice {
  const from = choice.columns.findIndex((column) => column.id === id);
  const column = choice.columns[from];
  if (column === undefined) return choice;
  const others = choice.columns.filter((one) => one !== column);
  const to = Math.min(others.length, Math.max(0, from + places));
  return { ...choice, columns: others.toSpliced(to, 0, column) };
}

/** The choice with a column where another one stands, which makes room for it. */
export function placeColumn(choice: ColumnChoice, id: string, at: string): ColumnChoice {
  const place = (wanted: string) => choice.columns.findIndex((column) => column.id === wanted);
  return place(id) < 0 || place(at) < 0 ? choice : moveColumn(choice, id, place(at) - place(id));
}

/** The choice with a column, or the host, of another width; null: the width of its own. */
export function resizeColumn(choice: ColumnChoice, id: string, widthPx: number | null): ColumnChoice {
  if (id === HOST) return { ...choice, hostPx: widthPx === null ? null : within(widthPx, LEAST_HOST_PX) };
  const width = widthPx === null ? null : within(widthPx, NARROWEST_PX);
  return {
    ...choice,
    columns: choice.columns.map((column) => (column.id === id ? { ...column, widthPx: width } : column)),
  };
}

function within(px: number, least: number): number {
  return Math.round(Math.min(WIDEST_PX, Math.max(least, px)));
}

/** The first to stay where there is no room for all, of those shown at first. */
const BY_IMPORTANCE = ['loss', 'last', 'mean', 'p95', 'best', 'worst', 'jitter', 'interval', 'sent'];

/** Room for the hop limit, and least room for the range graphic, in CSS pixels. */
export const HOP_WIDTH_PX = 48;
const LEAST_RANGE_PX = 180;

/** The host gets this share of what the numbers leave, within its bounds; the range graphic gets the rest. */
const HOST_SHARE = 0.45;
const USUAL_HOST_PX = { least: 180, most: 330 };

export interface TableLayout {
  /** Those of the chosen columns that fit, in the order in which they stand. */
  readonly columns: readonly HopColumn[];
  readonly hostPx: number;
  readonly rangePx: number;
}

/** How the chosen columns share the width of the table. Where there is no room the least important ones are left out. */
export function tableLayout({ columns: chosen, hostPx: wantedHost }: ColumnChoice, tableWidthPx: number): TableLayout {
  const wide = chosen.flatMap(({ id, widthPx }) => {
    const column = HOP_COLUMNS.find((one) => one.id === id);
    return column === undefined ? [] : [widthPx === null ? column : { ...column, widthPx }];
  });
  const leastHost = wantedHost ?? USUAL_HOST_PX.least;
  let room = tableWidthPx - HOP_WIDTH_PX - leastHost - LEAST_RANGE_PX;
  const fitting = new Set<string>();
  for (const { id, widthPx } of wide.toSorted((a, b) => rank(a.id) - rank(b.id))) {
    // Once one has no room the less important ones have none either, so that they come and go in one order.
    if (widthPx > room) break;
    room -= widthPx;
    fitting.add(id);
  }
  const columns = wide.filter(({ id }) => fitting.has(id));
  const left = tableWidthPx - HOP_WIDTH_PX - columns.reduce((sum, { widthPx }) => sum + widthPx, 0);
  const share = Math.max(USUAL_HOST_PX.least, Math.min(USUAL_HOST_PX.most, Math.round(left * HOST_SHARE)));
  const hostPx = wantedHost ?? share;
  return { columns, hostPx, rangePx: Math.max(LEAST_RANGE_PX, Math.floor(left - hostPx)) };
}

/** Who chose a column that is not shown at first wants it more than all but the loss. */
function rank(id: string): number {
  const place = BY_IMPORTANCE.indexOf(id);
  return place === -1 ? 0.5 : place;
}
