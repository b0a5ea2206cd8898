import type { PathReport } from '../../../../contract/path.ts';
import { HOP_COLUMNS } from './hop-columns.ts';
import { hopRows } from './hop-rows.ts';

/** The hop table as text, every column of it, set apart by tabs, so that a sheet takes it; simulated ones say so. */
export function tableText(report: PathReport): string {
  const head = ['Hop', 'Host', 'Address', ...HOP_COLUMNS.map(({ label }) => label)];
  const everyHop = new Set(report.hops.map(({ hopLimit }) => hopLimit));
  const rows = hopRows(report, HOP_COLUMNS, everyHop).map(({ number, host, address, cells }) => [
    number,
    host,
    address ?? '',
    ...cells,
  ]);
  const lines = [head, ...rows].map((cells) => cells.join('\t'));
  return [...(report.simulated === null ? [] : [`Simulated internet: ${report.simulated}`]), ...lines].join('\n');
}
