import type { Incident } from '../../../contract/flight.ts';
import type { PathReport, RouteChange } from '../../../contract/path.ts';
import type { Session } from '../../../contract/sessions.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { evidenceOf } from '../../engine/path/path-report.ts';
import { judge } from '../../engine/verdict/judge.ts';
import type { PathEvidence } from '../../engine/verdict/path-evidence.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { between, type Period } from '../period.ts';
import type { KeptSession } from './kept-session.ts';

/** What a list shows of what was measured in a session. */
export type SessionSummary = Pick<
  Session,
  'fromEpochMs' | 'toEpochMs' | 'rounds' | 'samples' | 'lossRatio' | 'verdict' | 'bytes'
>;

/** Of a session in which nothing was measured yet. */
export const EMPTY_SUMMARY: SessionSummary = {
  fromEpochMs: null,
  toEpochMs: null,
  rounds: 0,
  samples: 0,
  lossRatio: null,
  verdict: null,
  bytes: 0,
};

/** A session over a period, in the pieces that the rules judge. */
export function evidenceOfSession(kept: KeptSession, period: Parameters<typeof evidenceOf>[2]): PathEvidence {
  const { gateways, pathMtu, branches } = kept.facts;
  return evidenceOf(
    kept.measured,
    kept.subject,
    period,
    {
      nameOf: (address) => kept.nameOf(address)?.name ?? null,
      asnOf: (address) => {
        const asn = kept.nameOf(address)?.asn ?? null;
        return asn === null ? null : { ...asn };
      },
    },
    { gateways, pathMtu, branches },
  );
}

/** Everything about a period of a session, verdicts included. */
export function reportOfSession(kept: KeptSession, asked: Period): PathReport {
  const evidence = evidenceOfSession(kept, between(asked, kept.measured.sessionNow()));
  const { closeIntervalMs } = kept.row;
  return {
    ...evidence.report,
    ...(closeIntervalMs === null ? {} : { closeIntervalMs }),
    simulated: kept.facts.simulated,
    verdicts: judge(evidence),
  };
}

/** Changes of the route, the newest first. */
export function routeChangesOf({ recording, row }: KeptSession, limit: number): RouteChange[] {
  const { firstAt, lastAt } = recording;
  if (firstAt === null || lastAt === null) return [];
  const { routeChanges } = recording.query(firstAt, epochMilliseconds(lastAt + row.intervalMs));
  return [...routeChanges].reverse().slice(0, limit);
}

/** Summarizes all of a session; loss and verdict of an incident are those of its own period. @param bytes it takes on disk */
export function summarize(kept: KeptSession, bytes: number): SessionSummary {
  const { firstAt, lastAt, rounds } = kept.recording;
  if (firstAt === null || lastAt === null) return { ...EMPTY_SUMMARY, bytes };
  const evidence = evidenceOfSession(kept, { from: null, to: null });
  const { hops, roundTrip } = evidence.report;
  const judged = kept.incident === null ? evidence : evidenceOfSession(kept, periodOfIncident(kept.incident));
  const [worst] = judge(judged);
  return {
    fromEpochMs: firstAt,
    toEpochMs: epochMilliseconds(lastAt),
    rounds,
    // A log of ping has round trips only.
    samples: (hops.length === 0 ? [{ statistics: roundTrip }] : hops).reduce(
      (sum, { statistics: { sent, inFlight } }) => sum + sent - inFlight,
      0,
    ),
    lossRatio: judged.report.roundTrip.lossRatio,
    verdict: worst === undefined ? null : { id: worst.id, severity: worst.severity, sentence: worst.sentence },
    bytes,
  };
}

/** As it is kept of a session that nobody records. */
export function textOfSummary(summary: SessionSummary): string {
  return JSON.stringify({ ...summary, isFinal: true });
}

/** What was kept, and whether it is of the whole session. */
export function summaryOfText(text: string): { readonly summary: SessionSummary; readonly isFinal: boolean } {
  const parsed = JSON.parse(text) as Partial<SessionSummary> & { isFinal?: boolean };
  const { isFinal = false, ...summary } = { ...EMPTY_SUMMARY, ...parsed };
  return { summary, isFinal };
}

function periodOfIncident({ fromEpochMs, toEpochMs }: Incident) {
  return { from: epochMilliseconds(fromEpochMs), to: toEpochMs === null ? null : epochMilliseconds(toEpochMs) };
}

/** A session as a list shows it, with the incident that it is of, and the path that is recording it, or null. */
export function sessionOf(
  row: SessionRow,
  summary: SessionSummary,
  { incident, pathId }: { readonly incident: Incident | null; readonly pathId: string | null },
): Session {
  const { id, target, destination, family, intervalMs, closeIntervalMs } = row;
  const { name, comment, isPinned, isSimulated, origin, flight } = row;
  return {
    sessionId: id,
    target,
    destination,
    family,
    intervalMs,
    closeIntervalMs,
    flight,
    incident,
    name,
    comment,
    isPinned,
    isSimulated,
    origin,
    pathId,
    ...summary,
  };
}
