import type { Anomaly, Incident, IncidentEnd } from '../../../contract/flight.ts';
import type { IncidentRow, IncidentRows } from '../../store/sessions/incident-rows.ts';

/** What is known of the incident that a session is of; null of any other session. */
export class KeptIncident {
  #value: Incident | null;
  #isWaiting = false;

  constructor(row?: IncidentRow) {
    this.#value = row === undefined ? null : incidentOf(row);
  }

  get value(): Incident | null {
    return this.#value;
  }

  /** To be written soon. */
  set(incident: Incident): void {
    this.#value = incident;
    this.#isWaiting = true;
  }

  /** Writes it if it waits; `noteWritten` is to follow once it is certain that it is kept. */
  write(rows: IncidentRows, session: number): void {
    if (this.#value === null || !this.#isWaiting) return;
    rows.put(session, rowOfIncident(this.#value));
  }

  noteWritten(): void {
    this.#isWaiting = false;
  }
}

/** As it is kept. */
export function rowOfIncident({ fromEpochMs, toEpochMs, end, seen }: Incident): IncidentRow {
  return { fromEpochMs, toEpochMs, end, seen: JSON.stringify(seen) };
}

/** What a row tells. */
export function incidentOf({ fromEpochMs, toEpochMs, end, seen }: IncidentRow): Incident {
  // Written by this program or an older one: it is what it was.
  return { fromEpochMs, toEpochMs, end: end as IncidentEnd | null, seen: JSON.parse(seen) as Anomaly };
}
