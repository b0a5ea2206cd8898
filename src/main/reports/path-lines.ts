import { escapeControls } from '../../contract/escape-controls.ts';
import { CSV_HEADING, pathCsv } from './path-csv.ts';
import { pathJson } from './path-json.ts';
import { pathMarkdown } from './path-markdown.ts';
import { pathText } from './path-text.ts';
import type { ToldPath } from './path-told.ts';
import type { Style } from './style.ts';

/** Forms in which a path is reported. */
export const REPORT_FORMATS = ['text', 'csv', 'markdown', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The report of some paths in the form asked for; in JSON one document a line, with `type` where several things are told. */
export function pathLines(
  paths: readonly ToldPath[],
  format: ReportFormat,
  style: Style,
  columns: number | null,
): string[] {
  switch (format) {
    case 'text':
      return paths.flatMap((told, index) => [...(index === 0 ? [] : ['']), ...pathText(told, style, columns)]);
    case 'csv':
      return [CSV_HEADING, ...paths.flatMap(pathCsv)];
    case 'markdown':
      return paths.flatMap((told, index) => [...(index === 0 ? [] : ['']), ...pathMarkdown(told)]);
    case 'json':
      return paths.map((told) => jsonLine(pathJson(told)));
  }
}

/** One JSON text on one line; names in it cannot steer a terminal. */
export function jsonLine(value: object): string {
  return escapeControls(JSON.stringify(value));
}
