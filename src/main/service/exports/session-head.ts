import {
  type AnswerOfFile,
  readSessionHead,
  SESSION_FORMAT,
  type SessionHead,
  versionOfHead,
} from '../../../contract/session-file.ts';
import type { MomentComment } from '../../../contract/sessions.ts';
import type { EpochMilliseconds } from '../../../contract/units.ts';
import type { Answer } from '../../engine/path/recording.ts';
import type { KeptFailures } from '../../engine/path/send-failures.ts';
import type { KeptSession } from '../sessions/kept-session.ts';

/** Rounds of a session that are exported, from `first` (included) to `end` (excluded), and the period they are of. */
export interface ExportedRounds {
  readonly first: number;
  readonly end: number;
  /** Null: all of the session. */
  readonly period: { readonly from: EpochMilliseconds; readonly to: EpochMilliseconds } | null;
}

/** Everything of a file but its rounds. Its keys are in the order of the schema, whatever their order was before. */
export function headOfSession(
  kept: KeptSession,
  comments: readonly MomentComment[],
  { first, end, period }: ExportedRounds,
): SessionHead {
  const { row, facts, names, recording } = kept;
  const isWithin = (at: number) => period === null || (at >= period.from && at < period.to);
  const overlaps = ({ fromEpochMs, toEpochMs }: { fromEpochMs: number; toEpochMs: number }) =>
    period === null || (toEpochMs > period.from && fromEpochMs < period.to);
  const happenings = kept.happenings.filter(({ atEpochMs }) => isWithin(atEpochMs));
  const { incident } = kept;
  const isOfIncident =
    incident !== null && overlaps({ ...incident, toEpochMs: incident.toEpochMs ?? Number.POSITIVE_INFINITY });
  const beside = {
    ...(row.closeIntervalMs === null ? {} : { closeIntervalMs: row.closeIntervalMs }),
    ...(happenings.length === 0 ? {} : { happenings }),
    ...(isOfIncident ? { incident } : {}),
  };
  const head: SessionHead = {
    format: SESSION_FORMAT,
    version: versionOfHead(beside),
    target: row.target,
    destination: row.destination,
    family: row.family,
    intervalMs: row.intervalMs,
    maxHops: row.maxHops,
    simulated: facts.simulated ?? (row.isSimulated ? '' : null),
    begunAtEpochMs: period === null || end === first ? row.begunAtEpochMs : recording.timeline.began(first),
    name: row.name,
    comment: row.comment,
    comments: comments
      .filter(({ atEpochMs }) => isWithin(atEpochMs))
      .map(({ atEpochMs, text }) => ({ atEpochMs, text })),
    isMasked: false,
    destinationHopLimit: facts.destinationHopLimit,
    hasDestinationAnswered: recording.hasReplied,
    localDrops: facts.localDrops,
    gateways: [...facts.gateways],
    names: names.map(({ address, name, asn }) => ({ address, name, asn })),
    pathMtu: facts.pathMtu,
    branches: facts.branches,
    gaps: recording.gaps.filter(overlaps),
    routeChanges: recording.routeChanges.filter(({ atEpochMs }) => isWithin(atEpochMs)),
    ...beside,
    sendFailures: failuresOf(recording.failures, overlaps),
    responders: Array.from({ length: recording.hopCount }, (_, hopLimit) => hopLimit).flatMap((hopLimit) => {
      const table = recording.hop(hopLimit)?.responders;
      if (table === undefined) return [];
      const rejections = table.rejections.map(([responder, answer]) => ({ responder, answer: fileAnswer(answer) }));
      return [{ hopLimit, last: table.answers.map(fileAnswer), rejections }];
    }),
    rounds: end - first,
  };
  const read = readSessionHead(head);
  // What is kept has grown beyond what a file may hold.
  if (!read.ok) throw new Error(`The session cannot be written as a file: ${read.place ?? ''} ${read.reason}`);
  return read.value;
}

function failuresOf(
  failures: KeptFailures | null,
  overlaps: (span: { fromEpochMs: number; toEpochMs: number }) => boolean,
): SessionHead['sendFailures'] {
  if (failures === null) return null;
  const { widthMs, spans } = failures;
  const kept = spans.filter(({ place }) =>
    overlaps({ fromEpochMs: place * widthMs, toEpochMs: (place + 1) * widthMs }),
  );
  if (kept.length === 0) return null;
  return {
    spanMs: widthMs,
    spans: kept.map(({ place, reason, osCode, count }) => ({ span: place, reason, osCode, count })),
  };
}

/** The causes of failed sends, as they are kept. */
export function keptFailures(failures: SessionHead['sendFailures']): KeptFailures | null {
  if (failures === null) return null;
  const spans = failures.spans.map(({ span, reason, osCode, count }) => ({ place: span, reason, osCode, count }));
  return { widthMs: failures.spanMs, spans };
}

function fileAnswer({ responder, mtu, extensions, ...answer }: Answer): AnswerOfFile {
  const { icmpType, icmpCode, replyHopLimit, quotedHopLimit, isQuoteAltered } = answer;
  return {
    address: responder,
    icmpType,
    icmpCode,
    replyHopLimit,
    mtuBytes: mtu,
    quotedHopLimit,
    isQuoteAltered,
    extensions:
      extensions === null
        ? null
        : {
            mpls: [...extensions.mpls],
            interfaces: [...extensions.interfaces],
            others: [...extensions.others],
          },
  };
}

export function answerOfFile({ address, mtuBytes, ...answer }: AnswerOfFile): Answer {
  return { ...answer, responder: address, mtu: mtuBytes };
}
