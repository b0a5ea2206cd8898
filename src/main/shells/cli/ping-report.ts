import type { Failure } from '../../../contract/failure.ts';
import type { PingEvent } from '../../../contract/ping.ts';

/** What a report wants printed: lines of result and lines of notice. */
export interface Lines {
  readonly out: readonly string[];
  readonly notices: readonly string[];
}

/** How a run of pings is told: as text for people, or as JSON lines. */
export interface PingReport {
  /** The lines for one event. */
  tell(event: PingEvent): Lines;
  /** The lines for what went wrong with the whole run. */
  tellFailure(failure: Failure): Lines;
  /**
   * The last lines; `unresolved` are the targets that were given up before their name was resolved, `unfinished` those
   * that had started when the run broke.
   */
  close(unresolved: readonly string[], unfinished: readonly string[]): Lines;
}

export const NO_LINES: Lines = { out: [], notices: [] };
