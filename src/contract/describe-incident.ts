import { type Anomaly, type IncidentEnd, MINUTES_AROUND } from './flight.ts';

/** What an incident began with, in one plain sentence. */
export function describeAnomaly(anomaly: Anomaly): string {
  switch (anomaly.kind) {
    case 'unreachable':
      return anomaly.isRefused
        ? `${anomaly.rounds} rounds in a row were refused on the way.`
        : `${anomaly.rounds} rounds in a row had no answer.`;
    case 'loss':
      return `${anomaly.lost} of the last ${anomaly.of} rounds were lost.`;
    case 'slow':
      return `${anomaly.beyond} of the last ${anomaly.of} answers took over ${milliseconds(anomaly.limitMs)}, the longest ${milliseconds(anomaly.rttMs)}; usual were ${milliseconds(anomaly.usualMs)}.`;
    case 'route-changed':
      return 'The route changed.';
    case 'no-link':
      return 'Nothing could leave this machine.';
  }
}

/** The same in two words or three. */
export function anomalyTitle({ kind }: Anomaly): string {
  switch (kind) {
    case 'unreachable':
      return 'No answer';
    case 'loss':
      return 'Loss';
    case 'slow':
      return 'Slow answers';
    case 'route-changed':
      return 'Route changed';
    case 'no-link':
      return 'No link';
  }
}

/** How an incident ended; null where it ended as incidents do, and while it lasts. */
export function describeIncidentEnd(end: IncidentEnd | null): string | null {
  switch (end) {
    case null:
    case 'calm':
      return null;
    case 'lasting':
      return 'It lasted a day, and counts as usual since.';
    case 'stopped':
      return 'Recording was stopped while it lasted.';
    case 'not-running':
      return 'Hopscope ended while it lasted; it was closed at the next start.';
    case 'cut-off':
      return 'The disk did not take what was measured for too long; it goes on in another incident.';
  }
}

/** What is kept around each incident. */
export const AROUND_WORDS = `the ${MINUTES_AROUND.before} minutes before and ${MINUTES_AROUND.after} after`;

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
