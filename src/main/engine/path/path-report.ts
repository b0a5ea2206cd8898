import type { Branches, Hop, PathMtu, PathReport, Responder } from '../../../contract/path.ts';
import { type EpochMilliseconds, epochMilliseconds, type Milliseconds } from '../../../contract/units.ts';
import type { EvidenceSlice, PathEvidence } from '../verdict/path-evidence.ts';
import { segmentsOf } from '../verdict/segments.ts';
import { isEchoReply } from './path-answers.ts';
import type { PathMonitor } from './path-monitor.ts';
import type { RecordedHop, RecordedPeriod, RecordedResponder, RecordedSlice, RecordingReader } from './recording.ts';

/** Slices of a period, at most and of rounds at least. */
const MOST_SLICES = 30;
const LEAST_ROUNDS_OF_SLICE = 10;

/** Probes of a hop limit that are shown to the rules one by one. */
const MOST_OUTCOMES = 600;

/** What is probed, for the report. */
export interface PathSubject {
  /** As a person typed it. */
  readonly target: string;
  readonly destination: string;
  readonly family: 4 | 6;
  readonly interval: Milliseconds;
}

/** What is known of addresses now; null while unknown or not wanted. */
export interface Naming {
  nameOf(address: string): string | null;
  asnOf(address: string): { number: number; name: string | null } | null;
}

/** What was found out beside the rounds; null where it was not asked for. */
export interface EvidenceExtras {
  /** Addresses of this machine's default gateways. */
  readonly gateways: readonly string[];
  readonly pathMtu: PathMtu | null;
  readonly branches: Branches | null;
}

/** Session time from (included) to (excluded); null: from the beginning, until now. */
interface Period {
  readonly from: EpochMilliseconds | null;
  readonly to: EpochMilliseconds | null;
}

/** What a report is made from: a path that is being probed, or one that was. */
export interface MeasuredPath
  extends Pick<PathMonitor, 'destinationHopLimit' | 'currentGap' | 'localDrops' | 'sessionNow'> {
  readonly recording: RecordingReader;
}

/** Everything known of a path over a period, as a report without verdicts and in the pieces that the rules judge. */
export function evidenceOf(
  monitor: MeasuredPath,
  subject: PathSubject,
  period: Period,
  naming: Naming,
  extras: EvidenceExtras,
): PathEvidence {
  const { recording } = monitor;
  const now = monitor.sessionNow();
  const from = period.from ?? recording.firstAt ?? now;
  // What is asked for until now has the round that begins at this very moment too.
  const to = period.to ?? epochMilliseconds(now + 1);
  const whole = recording.query(from, to);
  const hops = hopsOf(whole.hops, subject, naming, extras.gateways);
  const openGap = monitor.currentGap();
  const isGapInPeriod = openGap !== null && openGap.fromEpochMs < to && openGap.toEpochMs > from;
  return {
    report: {
      target: subject.target,
      destination: subject.destination,
      family: subject.family,
      reached: whole.roundTrip.received > 0,
      destinationHopLimit: destinationHopLimitOf(whole, subject.destination, monitor.destinationHopLimit),
      ...spanOf(whole),
      intervalMs: subject.interval,
      hops,
      roundTrip: whole.roundTrip,
      gaps: isGapInPeriod ? [...whole.gaps, openGap] : [...whole.gaps],
      routeChanges: [...whole.routeChanges],
      outages: [...whole.outages],
      localDrops: monitor.localDrops(),
    },
    slices: slicesOf(monitor, whole)?.map((slice) => sliceOf(slice, subject, naming, extras.gateways)) ?? [
      onlySlice(whole, hops),
    ],
    outcomes: (hopLimit) => recording.outcomes(hopLimit, whole.from, whole.to, MOST_OUTCOMES),
    sendFailures: recording.sendFailures(from, to),
    rejections: rejectionsOf(whole),
    ...extras,
  };
}

function rejectionsOf({ hops }: RecordedPeriod): PathEvidence['rejections'] {
  return hops.flatMap(({ hopLimit, responders }) =>
    responders.flatMap(({ rejections, statistics }) => {
      if (rejections === null) return [];
      const { responder, icmpType, icmpCode } = rejections.last;
      return [
        { hopLimit, address: responder, icmpType, icmpCode, isAllItSays: rejections.count === statistics.received },
      ];
    }),
  );
}

function spanOf({
  from,
  to,
  rounds,
}: Pick<RecordedPeriod, 'from' | 'to' | 'rounds'>): Pick<PathReport, 'fromEpochMs' | 'toEpochMs' | 'rounds'> {
  return { fromEpochMs: from, toEpochMs: to, rounds };
}

/** Equal slices of time, oldest first; null when the period is too short to be cut. */
function slicesOf({ recording }: MeasuredPath, whole: RecordedPeriod): RecordedSlice[] | null {
  const count = Math.min(MOST_SLICES, Math.floor(whole.rounds / LEAST_ROUNDS_OF_SLICE));
  return count < 2 ? null : recording.slices(whole, count);
}

function sliceOf(slice: RecordedSlice, ...context: [PathSubject, Naming, readonly string[]]): EvidenceSlice {
  return {
    ...spanOf(slice),
    roundTrip: slice.roundTrip,
    hops: () => hopsOf(slice.hops(), ...context),
    statisticsOf: slice.statisticsOf,
  };
}

function onlySlice(whole: RecordedPeriod, hops: readonly Hop[]): EvidenceSlice {
  return {
    ...spanOf(whole),
    roundTrip: whole.roundTrip,
    hops: () => hops,
    statisticsOf: (hopLimit) => {
      const { statistics } = whole.hops.find((hop) => hop.hopLimit === hopLimit) ?? {};
      return statistics === undefined || statistics.sent === 0 ? null : statistics;
    },
  };
}

function hopsOf(
  hops: readonly RecordedHop[],
  { destination }: PathSubject,
  naming: Naming,
  gateways: readonly string[],
): Hop[] {
  const withoutSegments = hops.map(({ hopLimit, statistics, responders }: RecordedHop) => ({
    hopLimit,
    statistics,
    responders: responders.map((responder) => responderOf(responder, naming)),
  }));
  const segments = segmentsOf(withoutSegments, destination, gateways);
  return withoutSegments.map((hop, index) => ({ ...hop, segment: segments[index] ?? null }));
}

function responderOf({ answer, statistics }: RecordedResponder, naming: Naming): Responder {
  const address = answer.responder;
  const interfaces = answer.extensions?.interfaces ?? [];
  const incoming = interfaces.find(({ role }) => role === 'incoming') ?? interfaces[0];
  return {
    address,
    name: naming.nameOf(address),
    asn: naming.asnOf(address),
    statistics,
    icmpType: answer.icmpType,
    icmpCode: answer.icmpCode,
    mpls: (answer.extensions?.mpls ?? []).map((label) => ({ ...label })),
    mtuBytes: answer.mtu,
    quotedHopLimit: answer.quotedHopLimit,
    isQuoteAltered: answer.isQuoteAltered,
    replyHopLimit: answer.replyHopLimit,
    interfaceName: incoming?.name ?? null,
  };
}

/** Where the destination answered in the period; as last learned when it did at several hop limits or at none. */
function destinationHopLimitOf({ hops }: RecordedPeriod, destination: string, learned: number | null): number | null {
  const replied = hops.filter(({ responders }) =>
    responders.some(({ answer }) => answer.responder === destination && isEchoReply(answer)),
  );
  const [only] = replied;
  return replied.length === 1 && only !== undefined ? only.hopLimit : learned;
}
