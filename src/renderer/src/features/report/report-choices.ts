import type { ExportFormat } from '../../../../contract/exports.ts';
import type { MaskedAddress, MaskOptions } from '../../../../contract/privacy-mask.ts';
import type { Session } from '../../../../contract/sessions.ts';
import { formatClock, formatDay } from '../../format/time.ts';

/** What a person chooses before a session is saved as a file. */

/** What is to be saved: a path that is being recorded, or a session by its name. */
export interface ReportSubject {
  readonly of: { readonly pathId: string } | { readonly sessionId: string };
  /** As it is called. */
  readonly title: string;
  /** The period that is looked at; null when it is all. */
  readonly shown: { readonly fromEpochMs: number; readonly toEpochMs: number } | null;
  /** Whether that is an incident's own period, which is what a report of it is of. */
  readonly isIncident?: boolean;
}

/** A session of a list; of an incident its own period, unless a person wants the minutes around it too. */
export function subjectOfSession(
  { sessionId, incident, toEpochMs }: Pick<Session, 'sessionId' | 'incident' | 'toEpochMs'>,
  title: string,
): ReportSubject {
  if (incident === null) return { of: { sessionId }, title, shown: null };
  const { fromEpochMs } = incident;
  const end = incident.toEpochMs ?? Math.max(fromEpochMs, toEpochMs ?? fromEpochMs);
  return { of: { sessionId }, title, shown: { fromEpochMs, toEpochMs: end }, isIncident: true };
}

/** What is chosen before a person chooses. */
export function firstChoices({ isIncident = false }: ReportSubject): ReportChoices {
  return { ...FIRST_CHOICES, isWhole: !isIncident };
}

export interface ReportChoices {
  readonly format: ExportFormat;
  readonly isWhole: boolean;
  readonly isMasked: boolean;
  readonly firstHops: number;
  /** Further addresses, as they were typed. */
  readonly addresses: string;
}

/** Masked unless a person says otherwise: what was sent cannot be called back. */
export const FIRST_CHOICES: ReportChoices = {
  format: 'html',
  isWhole: true,
  isMasked: true,
  firstHops: 0,
  addresses: '',
};

export const FORMATS: readonly { readonly format: ExportFormat; readonly label: string; readonly ending: string }[] = [
  { format: 'html', label: 'Report for a provider (HTML)', ending: 'html' },
  { format: 'text', label: 'Report as text', ending: 'txt' },
  { format: 'markdown', label: 'Report as Markdown', ending: 'md' },
  { format: 'hops', label: 'Table of hops (CSV)', ending: 'csv' },
  { format: 'csv', label: 'Every probe (CSV)', ending: 'csv' },
  { format: 'json', label: 'Everything, to be imported again (JSON)', ending: 'json' },
];

/** Whether addresses can be masked in a format; masked JSON could not be imported, which is what it is for. */
export function canBeMasked(format: ExportFormat): boolean {
  return format === 'html';
}

/** What the engine is to mask; null for nothing. */
export function maskOf({ format, isMasked, firstHops, addresses }: ReportChoices): MaskOptions | null {
  if (!canBeMasked(format)) return null;
  const chosen = addresses.split(/[\s,]+/).filter((address) => address !== '');
  if (!isMasked && firstHops === 0 && chosen.length === 0) return null;
  return { ownAddresses: isMasked, firstHops, addresses: chosen };
}

/** The period to ask for. */
export function periodOf({ shown }: ReportSubject, { isWhole }: ReportChoices) {
  const period = isWhole ? null : shown;
  return { fromEpochMs: period?.fromEpochMs ?? null, toEpochMs: period?.toEpochMs ?? null, lastMs: null };
}

/** The period that is looked at, in words: `2026-11-22, 14:03:07 to 14:13:07`. */
export function shownText({ fromEpochMs, toEpochMs }: NonNullable<ReportSubject['shown']>): string {
  const [day, lastDay] = [formatDay(fromEpochMs), formatDay(toEpochMs)];
  const end = day === lastDay ? formatClock(toEpochMs) : `${lastDay}, ${formatClock(toEpochMs)}`;
  return `${day}, ${formatClock(fromEpochMs)} to ${end}`;
}

/** What a file is named after: nothing that is masked in it. */
export function shownTitle(title: string, masked: readonly MaskedAddress[] | null): string {
  const isMasked = masked?.some(({ address, name }) => address === title || name === title) === true;
  return isMasked ? '' : title;
}

/** A name that every system takes: `hopscope-www.example.net-2026-11-22.html`. */
export function fileNameOf(title: string, format: ExportFormat, nowEpochMs: number): string {
  const safe = title
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  const ending = FORMATS.find((each) => each.format === format)?.ending ?? 'txt';
  return `hopscope-${safe === '' ? 'session' : safe}-${formatDay(nowEpochMs)}.${ending}`;
}

const REASONS: Readonly<Record<MaskedAddress['why'], string>> = {
  private: 'private range',
  'this-machine': 'this machine or its network',
  'first-hop': 'one of the first hops',
  chosen: 'as you chose',
};

/** One line of the preview. */
export function maskedRow({ label, address, name, hopLimit, why }: MaskedAddress) {
  return {
    label,
    who: name === null ? address : `${name} (${address})`,
    hop: hopLimit === null ? '' : String(hopLimit),
    why: REASONS[why],
  };
}
