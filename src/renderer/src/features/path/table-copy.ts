import { csvCell } from '../../../../contract/csv.ts';
import { escapeControls } from '../../../../contract/escape-controls.ts';
import { formatInstant } from '../../../../contract/instants.ts';
import { codeCell, escapeMarkdown } from '../../../../contract/markdown.ts';
import type { PathReport } from '../../../../contract/path.ts';
import { formatClock, formatDay } from '../../format/time.ts';
import { type CellSubject, HOP_COLUMNS, type HopColumn } from './hop-columns.ts';
import { type HopRow, hopRows } from './hop-rows.ts';

/** The hop table as it is shown, for the clipboard. Names come from strangers: none of them becomes a formula or a markup. */

/** What is copied: the columns as they stand and the responders that are unfolded, of the period in the report. */
export interface CopiedTable {
  readonly report: PathReport;
  readonly columns: readonly HopColumn[];
  readonly unfolded: ReadonlySet<number>;
}

/** The table in columns for a typewriter face, with what it is of in the first line. */
export function tableText({ report, columns, unfolded }: CopiedTable): string {
  const rows = hopRows(report, columns, unfolded);
  const cells = [
    ['Hop', 'Host', ...columns.map(({ label }) => label)],
    ...rows.map((row) => [row.number, hostText(row), ...row.cells]),
  ];
  const widths = (cells[0] ?? []).map((_, place) => Math.max(...cells.map((line) => (line[place] ?? '').length)));
  const lines = cells.map((line) =>
    line
      .map((cell, place) => (place === 1 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [...headLines(report), '', ...lines, ''].join('\n');
}

/** The table in Markdown. */
export function tableMarkdown({ report, columns, unfolded }: CopiedTable): string {
  const rows = hopRows(report, columns, unfolded);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...headLines(report).map(escapeMarkdown),
    '',
    line(['Hop', 'Host', ...columns.map(({ label }) => label)]),
    line(['---:', '---', ...columns.map(() => '---:')]),
    ...rows.map((row) => line([row.number, codeCell(hostText(row)), ...row.cells])),
    '',
  ].join('\n');
}

/** The whole of a report as text: every column, every responder. */
export function reportText(report: PathReport): string {
  return tableText({ report, columns: HOP_COLUMNS, unfolded: new Set(report.hops.map(({ hopLimit }) => hopLimit)) });
}

/** The table as CSV: numbers without units, which the heading has. */
export function tableCsv({ report, columns, unfolded }: CopiedTable): string {
  const plain = columns.map((column) => ({
    ...column,
    text: (subject: CellSubject) => String(column.value(subject) ?? ''),
  }));
  const names = columns.map(({ label, unit }) => (unit === null ? label : `${label} (${unit})`));
  const lines = hopRows(report, plain, unfolded).map(({ number, host, address, cells }) => [
    number,
    host,
    address,
    ...cells,
  ]);
  return [['Hop', 'Host', 'Address', ...names], ...lines, []].map((line) => line.map(csvCell).join(',')).join('\r\n');
}

/** One row in a line: `5  core1.example (10.0.0.5)  Loss 0 %  Last 12.4 ms`. */
export function rowText(row: HopRow, columns: readonly HopColumn[]): string {
  const told = row.cells.flatMap((cell, place) => (cell === '' ? [] : [`${columns[place]?.label ?? ''} ${cell}`]));
  return [row.number, hostText(row), ...told].filter((part) => part !== '').join('  ');
}

function hostText({ host, address }: HopRow): string {
  return escapeControls(address === null ? host : `${host} (${address})`);
}

/** What the table is of; one of a simulated internet says so first. */
function headLines(report: PathReport): readonly string[] {
  const { target, destination, rounds, fromEpochMs, toEpochMs, simulated } = report;
  const who = target === destination ? target : `${target} (${destination})`;
  return [
    ...(simulated === null ? [] : [`Simulated internet: ${simulated}`]),
    `Path to ${who}: ${rounds} rounds, ${formatInstant(fromEpochMs)} to ${formatInstant(toEpochMs)}`,
  ].map(escapeControls);
}

/** What a picture of a report is of, in the reader's own time. */
export function pictureCaption({ target, destination, rounds, fromEpochMs, toEpochMs, simulated }: PathReport): string {
  const who = target === destination ? target : `${target} (${destination})`;
  const of = simulated === null ? 'Path' : `Simulated internet (${simulated}), path`;
  return `${of} to ${who}: ${rounds} rounds, ${formatDay(fromEpochMs)}, ${formatClock(fromEpochMs)} to ${formatClock(toEpochMs)}`;
}
