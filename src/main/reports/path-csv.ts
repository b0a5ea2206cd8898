import { csvCell } from '../../contract/csv.ts';
import type { Branches, PathMtu, PathReport, Responder } from '../../contract/path.ts';
import type { SeriesStatistics } from '../../contract/path-statistics.ts';
import { type PathRow, pathRows } from './path-rows.ts';
import type { ToldPath } from './path-told.ts';

const COLUMNS = [
  'target',
  'destination',
  'hop',
  'address',
  'name',
  'asn',
  'sent',
  'received',
  'loss_percent',
  'last_ms',
  'mean_ms',
  'min_ms',
  'max_ms',
  'stddev_ms',
  'p50_ms',
  'p95_ms',
  'p99_ms',
  'jitter_ms',
  'icmp_type',
  'icmp_code',
  'mpls',
  'mtu_bytes',
  'late',
  'duplicates',
  'reordered',
  'branch_flows',
  'branch_next',
  'largest_bytes',
  'told_mtu_bytes',
  'path_mtu_bytes',
  'is_mtu_black_hole',
] as const;

type Cell = string | number | null;

/** The heading of {@link pathCsv}. */
export const CSV_HEADING = COLUMNS.join(',');

/**
 * The hops of a path in CSV (RFC 4180): a line a hop, of a hop with several responders one line each. A silent hop has
 * no address. Who answered only when branches or packet sizes were searched has a line without statistics. What is not
 * known, or was not asked for, is empty.
 */
export function pathCsv(told: ToldPath): string[] {
  const { target, report } = told;
  if (report === null) return [];
  const rows = [...pathRows(report).flatMap(toLine), ...foundOnly(report, told)];
  return rows
    .toSorted((a, b) => a.hopLimit - b.hopLimit)
    .map(({ hopLimit, responder, statistics }) => {
      const address = responder?.address ?? null;
      const cells = [
        target,
        report.destination,
        hopLimit,
        ...who(responder),
        ...numbers(statistics),
        ...last(responder),
        ...odd(statistics),
        ...branch(told.branches, hopLimit, address),
        ...sizes(told.pathMtu, hopLimit, address),
      ];
      return cells.map(csvCell).join(',');
    });
}

/** One line: what answered there, null for silence, and its statistics, null when the rounds did not meet it. */
interface Line {
  readonly hopLimit: number;
  readonly responder: Known | null;
  readonly statistics: SeriesStatistics | null;
}

type Known = Pick<Responder, 'address'> & Partial<Responder>;

function toLine(row: PathRow): Line[] {
  if (row.kind === 'branching') return []; // its responders follow
  const { hopLimit, statistics } = row;
  return [{ hopLimit, statistics, responder: row.kind === 'silent' ? null : row.responder }];
}

/** Who answered only to a search. */
function foundOnly({ hops }: PathReport, { branches, pathMtu }: ToldPath): Line[] {
  const found = [
    ...(branches?.hops.flatMap(({ hopLimit, responders }) =>
      responders.map(({ address }) => ({ hopLimit, address })),
    ) ?? []),
    ...(pathMtu?.hops ?? []),
  ];
  const lines = new Map<string, Line>();
  for (const { hopLimit, address } of found) {
    const known = hops.find((hop) => hop.hopLimit === hopLimit)?.responders ?? [];
    if (address === null || known.some((responder) => responder.address === address)) continue;
    lines.set(`${hopLimit} ${address}`, { hopLimit, responder: { address }, statistics: null });
  }
  return [...lines.values()];
}

function who(responder: Known | null): Cell[] {
  return [responder?.address ?? null, responder?.name ?? null, responder?.asn?.number ?? null];
}

function numbers(statistics: SeriesStatistics | null): Cell[] {
  if (statistics === null) return Array<Cell>(12).fill(null);
  const { sent, received, lossRatio, rttMs, jitterMs } = statistics;
  const { last, mean, min, max, stddev, p50, p95, p99 } = rttMs;
  const times = [last, mean, min, max, stddev, p50, p95, p99, jitterMs];
  return [sent, received, lossRatio === null ? null : rounded(lossRatio * 100), ...times.map(rounded)];
}

function last(responder: Known | null): Cell[] {
  return [
    responder?.icmpType ?? null,
    responder?.icmpCode ?? null,
    responder?.mpls?.map(({ label }) => label).join(' ') ?? null,
    responder?.mtuBytes ?? null,
  ];
}

function odd(statistics: SeriesStatistics | null): Cell[] {
  return [statistics?.late ?? null, statistics?.duplicates ?? null, statistics?.reordered ?? null];
}

/** Flows that met it, as many as were tried, and who comes next behind it. */
function branch(branches: Branches | null, hopLimit: number, address: string | null): Cell[] {
  const responders = branches?.hops.find((hop) => hop.hopLimit === hopLimit)?.responders ?? [];
  const flows = responders.find((responder) => responder.address === address)?.flows ?? null;
  const next = branches?.links.filter((link) => link.hopLimit === hopLimit && link.from === address) ?? [];
  return [flows?.join(' ') ?? null, next.map(({ to }) => to).join(' ')];
}

/** What was found of packet sizes at this hop, and of the whole path. */
function sizes(pathMtu: PathMtu | null, hopLimit: number, address: string | null): Cell[] {
  const hop = pathMtu?.hops.find((each) => each.hopLimit === hopLimit && each.address === address);
  const { pathMtuBytes = null, isBlackHole } = pathMtu ?? {};
  return [
    hop?.largestBytes ?? null,
    hop?.toldMtuBytes ?? null,
    pathMtuBytes,
    isBlackHole === undefined ? null : String(isBlackHole),
  ];
}

/** To the microsecond. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}
