import { EXPORT_FORMATS, type ExportFormat } from '../../../contract/exports.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../reports/path-lines.ts';
import {
  accept,
  HELP_OPTION,
  type OptionDefinition,
  type ParsedLine,
  parseLine,
  quote,
  refuse,
  type Usage,
} from './option-table.ts';
import { readFormat } from './path-arguments.ts';

/** A lawful `hopscope sessions`. */
export type SessionsCommand = { readonly kind: 'sessions' } & (
  | { readonly action: 'list'; readonly isJson: boolean; readonly areIncidents: boolean }
  | {
      readonly action: 'show';
      readonly sessionId: string;
      /** Null: its beginning. */
      readonly fromEpochMs: number | null;
      /** Null: its end. */
      readonly toEpochMs: number | null;
      readonly isAll?: true;
      readonly format: ReportFormat;
    }
  | {
      readonly action: 'export';
      readonly sessionId: string;
      readonly fromEpochMs: number | null;
      readonly toEpochMs: number | null;
      readonly isAll?: true;
      readonly format: ExportFormat;
      /** Null: standard output. */
      readonly output: string | null;
      readonly isReplacing: boolean;
    }
  | { readonly action: 'import'; readonly paths: readonly string[] }
  | { readonly action: 'delete'; readonly sessionIds: readonly string[] }
);

/** What gives more of an incident than its own period. */
export const ALL_OPTION: OptionDefinition = {
  long: '--all',
  short: null,
  value: null,
  help: 'all of the session; without it, the figures of an incident are those of its own period',
};

export const LIST_OPTIONS: readonly OptionDefinition[] = [
  { long: '--incidents', short: null, value: null, help: 'only incidents of the flight recorder, with what they were' },
  { long: '--json', short: null, value: null, help: 'print the list as one JSON array' },
  HELP_OPTION,
];

export const SHOW_OPTIONS: readonly OptionDefinition[] = [
  { long: '--from', short: null, value: 'TIME', help: 'begin of the period (default: of the session or incident)' },
  { long: '--to', short: null, value: 'TIME', help: 'end of the period (default: of the session or incident)' },
  ALL_OPTION,
  {
    long: '--format',
    short: null,
    value: 'FORM',
    help: 'text, csv, markdown or json (default: text)',
    suggests: REPORT_FORMATS,
  },
  { long: '--json', short: null, value: null, help: 'the same as --format json' },
  HELP_OPTION,
];

export const EXPORT_OPTIONS: readonly OptionDefinition[] = [
  {
    long: '--format',
    short: null,
    value: 'FORM',
    help: 'json (to import again), csv (every probe), hops (the table of hops, as CSV), text or markdown (default: json)',
    suggests: EXPORT_FORMATS,
  },
  {
    long: '--output',
    short: '-o',
    value: 'FILE',
    help: 'write to a new file (default: standard output)',
    suggests: 'files',
  },
  { long: '--overwrite', short: null, value: null, help: 'replace the file when it is there already' },
  { long: '--from', short: null, value: 'TIME', help: 'begin of the period (default: of the session or incident)' },
  { long: '--to', short: null, value: 'TIME', help: 'end of the period (default: of the session or incident)' },
  ALL_OPTION,
  HELP_OPTION,
];

export const IMPORT_OPTIONS: readonly OptionDefinition[] = [HELP_OPTION];

export const DELETE_OPTIONS: readonly OptionDefinition[] = [HELP_OPTION];

const NAME = 'hopscope sessions';

/** Reads the arguments of `hopscope sessions`. */
export function readSessionsArguments(args: readonly string[]): Usage<SessionsCommand | { readonly kind: 'help' }> {
  const [action, ...rest] = args;
  switch (action) {
    case 'list':
      return readList(rest);
    case 'show':
      return readShow(rest);
    case 'export':
      return readExport(rest);
    case 'import':
      return readImport(rest);
    case 'delete':
      return readDelete(rest);
    case '--help':
    case '-h':
      return accept({ kind: 'help' });
    case undefined:
      return refuse(`${NAME} needs to know what to do: list, show, export, import or delete.`);
    default:
      return refuse(`${NAME} can list, show, export, import or delete, not ${quote(action)}.`);
  }
}

function readList(args: readonly string[]): ReturnType<typeof readSessionsArguments> {
  const line = parseLine(NAME, LIST_OPTIONS, args);
  if (!line.ok) return line;
  const { options, positionals } = line.value;
  if (options.has('--help')) return accept({ kind: 'help' });
  if (positionals[0] !== undefined) {
    return refuse(`${NAME} list takes no arguments, so ${quote(positionals[0])} is not allowed.`);
  }
  return accept({
    kind: 'sessions',
    action: 'list',
    isJson: options.has('--json'),
    areIncidents: options.has('--incidents'),
  });
}

function readShow(args: readonly string[]): ReturnType<typeof readSessionsArguments> {
  const line = parseLine(NAME, SHOW_OPTIONS, args);
  if (!line.ok) return line;
  if (line.value.options.has('--help')) return accept({ kind: 'help' });
  const which = readWhich(`${NAME} show`, line.value);
  if (!which.ok) return which;
  const format = readFormat(line.value);
  if (!format.ok) return format;
  return accept({
    kind: 'sessions',
    action: 'show',
    ...which.value,
    format: format.value,
  });
}

function readExport(args: readonly string[]): ReturnType<typeof readSessionsArguments> {
  const line = parseLine(NAME, EXPORT_OPTIONS, args);
  if (!line.ok) return line;
  const { options } = line.value;
  if (options.has('--help')) return accept({ kind: 'help' });
  const which = readWhich(`${NAME} export`, line.value);
  if (!which.ok) return which;
  const typed = options.get('--format') ?? 'json';
  const format = EXPORT_FORMATS.find((each) => each === typed);
  if (format === undefined) {
    return refuse(`--format must be json, csv, hops, text or markdown, not ${quote(typed)}.`);
  }
  const output = options.get('--output') ?? null;
  const isReplacing = options.has('--overwrite');
  if (output !== null && output.trim() === '') return refuse(`--output must be a path, not ${quote(output)}.`);
  if (isReplacing && output === null) return refuse('--overwrite is of a file, and needs --output.');
  return accept({ kind: 'sessions', action: 'export', ...which.value, format, output, isReplacing });
}

function readImport(args: readonly string[]): ReturnType<typeof readSessionsArguments> {
  const line = parseLine(NAME, IMPORT_OPTIONS, args);
  if (!line.ok) return line;
  if (line.value.options.has('--help')) return accept({ kind: 'help' });
  const { positionals } = line.value;
  if (positionals.length === 0) return refuse(`${NAME} import needs a file.`);
  return accept({ kind: 'sessions', action: 'import', paths: positionals });
}

/** One session, and a period of it. */
export function readWhich(
  command: string,
  line: ParsedLine,
): Usage<{
  readonly sessionId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly isAll?: true;
}> {
  const ids = readIds(command, line);
  if (!ids.ok) return ids;
  const [sessionId = '', second] = ids.value;
  if (second !== undefined) return refuse(`${command} takes one session, so ${quote(second)} is not allowed.`);
  const from = readMoment(line, '--from');
  if (!from.ok) return from;
  const to = readMoment(line, '--to');
  if (!to.ok) return to;
  if (from.value !== null && to.value !== null && from.value >= to.value) return refuse('--from must be before --to.');
  const isAll = line.options.has('--all');
  if (isAll && (from.value !== null || to.value !== null)) return refuse('--all is without --from and --to.');
  return accept({ sessionId, fromEpochMs: from.value, toEpochMs: to.value, ...(isAll ? { isAll } : {}) });
}

function readDelete(args: readonly string[]): ReturnType<typeof readSessionsArguments> {
  const line = parseLine(NAME, DELETE_OPTIONS, args);
  if (!line.ok) return line;
  if (line.value.options.has('--help')) return accept({ kind: 'help' });
  const ids = readIds(`${NAME} delete`, line.value);
  return ids.ok ? accept({ kind: 'sessions', action: 'delete', sessionIds: [...new Set(ids.value)] }) : ids;
}

function readIds(command: string, { positionals }: ParsedLine): Usage<readonly string[]> {
  if (positionals.length === 0) {
    return refuse(`${command} needs the ID of a session; "${NAME} list" lists them.`);
  }
  const empty = positionals.find((id) => id.trim() === '');
  return empty === undefined ? accept(positionals) : refuse(`${quote(empty)} is not the ID of a session.`);
}

const DAY_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;
const EPOCH_MS = /^\d{9,15}$/;

/** A moment in milliseconds since 1970; local where it says no offset, and null when the option is absent. */
function readMoment({ options }: ParsedLine, long: string): Usage<number | null> {
  const text = options.get(long);
  if (text === undefined) return accept(null);
  if (EPOCH_MS.test(text)) return accept(Number(text));
  const [, day, time = '00:00', offset = ''] = DAY_TIME.exec(text) ?? [];
  // A day that the calendar does not have would be taken for one of the next month.
  const isDay = day !== undefined && new Date(`${day}T00:00Z`).getUTCDate() === Number(day.slice(8));
  const moment = isDay ? Date.parse(`${day}T${time}${offset}`) : Number.NaN;
  if (!Number.isNaN(moment)) return accept(moment);
  return refuse(
    `${long} must be a time such as "2026-11-22 14:03", 2026-11-22T14:03:20Z or milliseconds since 1970, not ${quote(text)}.`,
  );
}
