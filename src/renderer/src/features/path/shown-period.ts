import type { PathReport } from '../../../../contract/path.ts';
import type { Timeline } from '../../../../contract/timeline.ts';
import type { Focus } from '../../live-store/path-store.ts';
import type { Period } from './focus-change.ts';

/**
 * The period that all timelines show: what is recorded of the span that was asked for. Where that is the focus, the
 * report tells it, so that the band and the plots end at the same place.
 */
export function shownPeriod(roundTrip: Timeline | undefined, report: PathReport, isLinked: boolean): Period {
  const first = roundTrip?.columns[0];
  const last = roundTrip?.columns.at(-1);
  if (isLinked || roundTrip === undefined || first === undefined || last === undefined) {
    return { fromEpochMs: report.fromEpochMs, toEpochMs: report.toEpochMs };
  }
  return {
    fromEpochMs: Math.max(roundTrip.fromEpochMs, first.fromEpochMs),
    toEpochMs: Math.min(roundTrip.toEpochMs, last.toEpochMs),
  };
}

/** The period in focus, also before it is reported. */
export function focusPeriod(focus: Focus, { fromEpochMs, toEpochMs }: PathReport): Period {
  return focus.kind === 'period' ? focus : { fromEpochMs, toEpochMs };
}
