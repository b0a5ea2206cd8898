import { describeFailure } from '../../../../contract/describe-failure.ts';
import { anomalyTitle, describeAnomaly, describeIncidentEnd } from '../../../../contract/describe-incident.ts';
import type { FlightTarget } from '../../../../contract/flight.ts';
import { tellInstants } from '../../../../contract/instants.ts';
import type { Session } from '../../../../contract/sessions.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatDuration, formatMoment } from '../../format/time.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** A target that is recorded, as it is shown. */
export interface FlightRow {
  readonly flightId: string;
  readonly target: string;
  readonly tone: Tone;
  readonly state: string;
  /** What it does in a sentence. */
  readonly words: string;
  /** The session that it is recorded into now; null before there is one. */
  readonly sessionId: string | null;
}

export function flightRows(
  targets: readonly FlightTarget[],
  sessions: readonly Session[],
  platform: Platform,
): readonly FlightRow[] {
  return targets.map((one) => {
    const { flightId, target } = one;
    const sessionId = sessions.find(({ pathId }) => pathId === flightId)?.sessionId ?? null;
    return { flightId, target, sessionId, ...stateOf(one, platform) };
  });
}

function stateOf(
  { phase, failure, intervalMs }: FlightTarget,
  platform: Platform,
): Pick<FlightRow, 'tone' | 'state' | 'words'> {
  const rate = `A round each ${intervalMs === 1_000 ? 'second' : formatDuration(intervalMs)}.`;
  switch (phase) {
    case 'starting':
      return { tone: 'resting', state: 'Starting', words: 'The target is being resolved.' };
    case 'resting':
      return { tone: 'good', state: 'At rest', words: rate };
    case 'looking':
      return { tone: 'trouble', state: 'Looking closer', words: `A first sign of trouble. ${rate}` };
    case 'incident':
      return { tone: 'bad', state: 'Incident', words: rate };
    case 'failed': {
      const why = failure === null ? '' : `${describeFailure(failure, platform).sentence} `;
      return { tone: 'bad', state: 'Not measured', words: `${why}It is tried again each minute.` };
    }
  }
}

/** How often is measured. @param restMs as the settings say, which holds for what is recorded from now on */
export function rateWords(targets: readonly FlightTarget[], restMs: number): string {
  const isOther = targets.some(({ phase, intervalMs }) => phase === 'resting' && intervalMs !== restMs);
  const since = isOther ? ' (what is recorded already: from the next start on)' : '';
  return `Measures always, a round each ${formatDuration(restMs)}${since}.`;
}

/** An incident, as it is listed. */
export interface IncidentRow {
  readonly session: Session;
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
  readonly when: string;
  readonly lasted: string;
  readonly isOpen: boolean;
  /** What a person calls it, else by what it began. */
  readonly title: string;
  readonly seen: string;
  /** What is concluded, with its moments as they are here; null while nothing is. */
  readonly verdict: Session['verdict'];
  /** How it ended, where not as usual; null otherwise. */
  readonly end: string | null;
}

/** All incidents, the newest first. */
export function incidentRows(sessions: readonly Session[]): readonly IncidentRow[] {
  return sessions
    .flatMap((session) => {
      const { incident, name } = session;
      if (incident === null) return [];
      const { fromEpochMs, end, seen } = incident;
      const toEpochMs = incident.toEpochMs ?? Math.max(fromEpochMs, session.toEpochMs ?? fromEpochMs);
      return [
        {
          session,
          fromEpochMs,
          toEpochMs,
          when: formatMoment(fromEpochMs),
          lasted: formatDuration(toEpochMs - fromEpochMs),
          isOpen: incident.toEpochMs === null,
          title: name === '' ? anomalyTitle(seen) : name,
          seen: describeAnomaly(seen),
          verdict:
            session.verdict === null
              ? null
              : { ...session.verdict, sentence: tellInstants(session.verdict.sentence, formatMoment) },
          end: describeIncidentEnd(end),
        },
      ];
    })
    .toSorted((a, b) => b.fromEpochMs - a.fromEpochMs);
}

/** What the flight recorder has recorded at rest, the newest first. */
export function restSessions(sessions: readonly Session[]): readonly Session[] {
  return sessions
    .filter(({ flight }) => flight === 'at-rest')
    .toSorted((a, b) => (b.toEpochMs ?? 0) - (a.toEpochMs ?? 0));
}

/** How much of its cap it takes. */
export function capWords(sessions: readonly Session[], capMb: number): string {
  const ofRecorder = sessions.filter(({ flight }) => flight !== null);
  const bytes = ofRecorder.reduce((sum, session) => sum + session.bytes, 0);
  const incidents = ofRecorder.filter(({ incident }) => incident !== null).length;
  return `${formatQuantity(incidents, 'incident')}; ${formatBytes(bytes)} of at most ${formatBytes(capMb * 1e6)} on disk. When it is full, what was recorded at rest goes first, the oldest of it; then the oldest incidents; pinned ones stay.`;
}
