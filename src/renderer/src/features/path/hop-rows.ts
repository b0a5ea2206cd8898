import type { Hop, PathReport, Responder } from '../../../../contract/path.ts';
import type { SeriesStatistics } from '../../../../contract/path-statistics.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import type { CellSubject, HopColumn } from './hop-columns.ts';
import { type ResponderHint, responderHints } from './responder-hints.ts';

/** What the range graphic of a row is made of. */
export interface RangeValues {
  readonly minMs: number;
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Null where the newest probe has no round trip. */
  readonly lastMs: number | null;
}

/** One row of the hop table, in words. */
export interface HopRow {
  readonly key: string;
  readonly kind: 'hop' | 'silent' | 'responder' | 'round-trip';
  /** Whose timeline the row opens; null for a row that has none of its own. The round trip is 0. */
  readonly hopLimit: number | null;
  /** The number at the left: `5`, or `12–30` for several silent hops; empty for a responder. */
  readonly number: string;
  readonly host: string;
  /** The address, where the host is told by its name. */
  readonly address: string | null;
  /** How many others answered at this hop too. */
  readonly others: number;
  readonly isUnfolded: boolean;
  /** What who answers there told besides: labels, an MTU, a refusal. */
  readonly hints: readonly ResponderHint[];
  readonly cells: readonly string[];
  readonly lossRatio: number;
  /** Whether the destination may suffer from it: false where it surely loses less than this row. */
  readonly isLossCarried: boolean;
  readonly range: RangeValues | null;
  /** The row in a sentence, for who does not see the graphic. */
  readonly description: string;
  /** Of the worst verdict that begins at this hop. */
  readonly severity: Verdict['severity'] | null;
}

/** So many silent hops in a row are told in one row. */
const FOLDED_SILENCE = 4;

/** The rows of a report: its hops in order, the responders of those unfolded, and last the round trip. */
export function hopRows(
  report: PathReport,
  columns: readonly HopColumn[],
  unfolded: ReadonlySet<number>,
): readonly HopRow[] {
  const rows: HopRow[] = [];
  for (const group of bySilence(report.hops)) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length >= FOLDED_SILENCE) {
      rows.push(silentRow(group, columns));
      continue;
    }
    for (const hop of group) {
      rows.push(hop.responders.length === 0 ? silentRow([hop], columns) : hopRow(hop, report, columns, unfolded));
      if (!isUnfolded(hop, unfolded)) continue;
      for (const responder of hop.responders) rows.push(responderRow(hop, responder, report, columns));
    }
  }
  rows.push(roundTripRow(report, columns));
  return rows;
}

/** What a row is of, as its menu is called: `Hop 4`, `Hops 12–30`, `Responder 10.0.0.5`, `Round trip`. */
export function rowName({ kind, number, host }: Pick<HopRow, 'kind' | 'number' | 'host'>): string {
  switch (kind) {
    case 'hop':
      return `Hop ${number}`;
    case 'silent':
      return `${number.includes('–') ? 'Hops' : 'Hop'} ${number}`;
    case 'responder':
      return `Responder ${host}`;
    case 'round-trip':
      return host;
  }
}

/** Hops in order, with silent neighbours together. */
function bySilence(hops: readonly Hop[]): readonly Hop[][] {
  const groups: Hop[][] = [];
  for (const hop of hops) {
    const before = groups.at(-1);
    const goesOn = hop.responders.length === 0 && before?.at(-1)?.responders.length === 0;
    if (before !== undefined && goesOn) before.push(hop);
    else groups.push([hop]);
  }
  return groups;
}

function isUnfolded(hop: Hop, unfolded: ReadonlySet<number>): boolean {
  return hop.responders.length > 1 && unfolded.has(hop.hopLimit);
}

function hopRow(hop: Hop, report: PathReport, columns: readonly HopColumn[], unfolded: ReadonlySet<number>): HopRow {
  const { hopLimit, statistics, segment } = hop;
  const responder = mainResponder(hop) ?? null;
  const who = hostOf(responder);
  return {
    key: `hop-${hopLimit}`,
    kind: 'hop',
    hopLimit,
    number: String(hopLimit),
    ...who,
    others: Math.max(0, hop.responders.length - 1),
    isUnfolded: isUnfolded(hop, unfolded),
    hints: hintsOf(responder, report),
    cells: cellsOf(columns, { statistics, segment, responder }),
    lossRatio: statistics.lossRatio ?? 0,
    isLossCarried: isLossCarried(statistics, report.roundTrip),
    range: rangeOf(statistics),
    description: describe(`Hop ${hopLimit}, ${who.host}`, statistics),
    severity: severityAt(report.verdicts, hopLimit),
  };
}

/** Whoever answered most often stands for the hop; of equals the first. */
function mainResponder({ responders }: Hop): Responder | undefined {
  return responders.reduce<Responder | undefined>(
    (most, one) => (most !== undefined && most.statistics.received >= one.statistics.received ? most : one),
    undefined,
  );
}

function hostOf(responder: Responder | null): Pick<HopRow, 'host' | 'address'> {
  if (responder === null) return { host: 'no answer', address: null };
  const { name, address } = responder;
  return name === null ? { host: address, address: null } : { host: name, address };
}

function responderRow(
  { hopLimit, segment }: Hop,
  responder: Responder,
  report: PathReport,
  columns: readonly HopColumn[],
): HopRow {
  const { statistics } = responder;
  const who = hostOf(responder);
  return {
    key: `hop-${hopLimit}-${responder.address}`,
    kind: 'responder',
    hopLimit: null,
    number: '',
    ...who,
    others: 0,
    isUnfolded: false,
    hints: hintsOf(responder, report),
    cells: cellsOf(columns, { statistics, segment, responder }),
    lossRatio: statistics.lossRatio ?? 0,
    isLossCarried: isLossCarried(statistics, report.roundTrip),
    range: rangeOf(statistics),
    description: describe(`Responder ${who.host} at hop ${hopLimit}`, statistics),
    severity: null,
  };
}

/** Silence says nothing about times, and as long as later hops answer it is no loss either: only what was sent stands. */
function silentRow(hops: readonly Hop[], columns: readonly HopColumn[]): HopRow {
  const [first] = hops;
  const from = first?.hopLimit ?? 0;
  const to = hops.at(-1)?.hopLimit ?? from;
  const number = hops.length === 1 ? String(from) : `${from}–${to}`;
  const sent = hops.reduce((sum, { statistics }) => sum + statistics.sent, 0);
  return {
    key: `silent-${number}`,
    kind: 'silent',
    hopLimit: null,
    number,
    host: 'no answer',
    address: null,
    others: 0,
    isUnfolded: false,
    hints: [],
    cells: columns.map(({ id, text }) =>
      id === 'sent' && first !== undefined
        ? text({ statistics: { ...first.statistics, sent }, segment: null, responder: null })
        : '',
    ),
    lossRatio: 0,
    isLossCarried: false,
    range: null,
    description:
      hops.length === 1
        ? `Hop ${from} answered none of ${formatQuantity(sent, 'probe')}.`
        : `Hops ${from} to ${to} answered none of ${formatQuantity(sent, 'probe')}.`,
    severity: null,
  };
}

function roundTripRow({ roundTrip, destination, target }: PathReport, columns: readonly HopColumn[]): HopRow {
  return {
    key: 'round-trip',
    kind: 'round-trip',
    hopLimit: 0,
    number: '',
    host: 'Round trip',
    address: destination === target ? destination : `${target}, ${destination}`,
    others: 0,
    isUnfolded: false,
    hints: [],
    cells: cellsOf(columns, { statistics: roundTrip, segment: 'destination', responder: null }),
    lossRatio: roundTrip.lossRatio ?? 0,
    isLossCarried: true,
    range: rangeOf(roundTrip),
    description: describe(`Round trip to ${target}`, roundTrip),
    severity: null,
  };
}

/** Loss that ends before the destination is a router's reluctance to answer: the intervals do not even touch. */
function isLossCarried({ lossLow }: SeriesStatistics, roundTrip: SeriesStatistics): boolean {
  return lossLow === null || roundTrip.lossHigh === null || lossLow <= roundTrip.lossHigh;
}

function cellsOf(columns: readonly HopColumn[], subject: CellSubject): readonly string[] {
  return columns.map(({ text }) => text(subject));
}

function hintsOf(responder: Responder | null, { family }: PathReport): readonly ResponderHint[] {
  return responder === null ? [] : responderHints(responder, family);
}

function rangeOf({ rttMs: { min, mean, p95, max, last } }: SeriesStatistics): RangeValues | null {
  if (min === null || mean === null || max === null) return null;
  return { minMs: min, meanMs: mean, p95Ms: p95 ?? max, maxMs: max, lastMs: last };
}

function describe(who: string, { rttMs, lossRatio }: SeriesStatistics): string {
  const times =
    rttMs.mean === null
      ? 'no round trip'
      : `mean ${formatRtt(rttMs.mean)}, from ${formatRtt(rttMs.min)} to ${formatRtt(rttMs.max)}`;
  return `${who}: ${times}, ${formatLoss(lossRatio)} lost.`;
}

const SEVERITIES: readonly Verdict['severity'][] = ['critical', 'warning', 'info'];

function severityAt(verdicts: readonly Verdict[], hopLimit: number): Verdict['severity'] | null {
  const here = verdicts.filter((verdict) => verdict.hopLimit === hopLimit);
  return SEVERITIES.find((severity) => here.some((verdict) => verdict.severity === severity)) ?? null;
}
