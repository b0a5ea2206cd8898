import { anomalyTitle, describeAnomaly, describeIncidentEnd } from '../../../contract/describe-incident.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import { formatInstant } from '../../../contract/instants.ts';
import type { Session } from '../../../contract/sessions.ts';
import { withLocalTimes } from '../../reports/local-times.ts';
import { jsonLine } from '../../reports/path-lines.ts';
import { toMillionths, wholeMilliseconds } from '../../reports/quantities.ts';
import type { Style } from '../../reports/style.ts';

/** Incidents, the newest first, as the one array that docs/json.md describes. */
export function incidentsJson(sessions: readonly Session[]): string {
  return jsonLine(
    newestFirst(sessions).map(({ sessionId, target, destination, incident, lossRatio, verdict }) => ({
      id: sessionId,
      target,
      destination,
      from: wholeMilliseconds(incident.fromEpochMs),
      to: incident.toEpochMs === null ? null : wholeMilliseconds(incident.toEpochMs),
      seen: incident.seen,
      end: incident.end,
      lossRatio: toMillionths(lossRatio),
      verdict,
    })),
  );
}

/** The same for people: a line for each, and below it what was seen first and what is concluded. */
export function incidentsText(sessions: readonly Session[], style: Style): string[] {
  const rows = newestFirst(sessions);
  if (rows.length === 0) return ['There are no incidents.'];
  return withLocalTimes(
    rows.flatMap(({ sessionId, target, incident: { fromEpochMs, toEpochMs, seen, end }, verdict }) => {
      const to = toEpochMs === null ? 'now' : formatInstant(toEpochMs);
      const words = [describeAnomaly(seen), describeIncidentEnd(end) ?? ''].join(' ').trim();
      return [
        style.strong(
          `${sessionId}  ${formatInstant(fromEpochMs)} to ${to}  ${escapeControls(target)}: ${anomalyTitle(seen)}`,
        ),
        `  ${words}`,
        ...(verdict === null ? [] : [`  ${escapeControls(verdict.sentence)}`]),
      ];
    }),
  );
}

type IncidentSession = Session & { readonly incident: NonNullable<Session['incident']> };

function newestFirst(sessions: readonly Session[]): readonly IncidentSession[] {
  return sessions
    .filter((session): session is IncidentSession => session.incident !== null)
    .toSorted((a, b) => b.incident.fromEpochMs - a.incident.fromEpochMs);
}
