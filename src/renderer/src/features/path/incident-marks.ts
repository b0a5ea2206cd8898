import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import { describeAnomaly } from '../../../../contract/describe-incident.ts';
import type { Incident } from '../../../../contract/flight.ts';

/** Where the incident that a session is of begins and ends; none where it is of none. */
export function incidentMarks(incident: Incident | null): readonly TimelineMark[] {
  if (incident === null) return [];
  const { fromEpochMs, toEpochMs, seen } = incident;
  return [
    {
      kind: 'alert',
      atEpochMs: fromEpochMs,
      label: 'incident',
      title: `The incident begins: ${describeAnomaly(seen)}`,
    },
    ...(toEpochMs === null
      ? []
      : [{ kind: 'alert', atEpochMs: toEpochMs, label: 'over', title: 'The incident is over.' } as const]),
  ];
}
