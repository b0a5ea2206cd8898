import type { PathMonitorInfo } from '../../../contract/path.ts';
import type { MeasuredSubject, MeasuredView } from './measured-watch.ts';

/** What is to be drawn of the chosen path. A new object each time something is new, never changed. */
export interface PathView extends MeasuredView {
  /** Null without a chosen path, and while the engine tells of no such path. */
  readonly path: PathMonitorInfo | null;
}

/** A path that is being measured, as something to look at. */
export function pathSubject({ pathId, addedAtEpochMs, state }: PathMonitorInfo): MeasuredSubject {
  return {
    key: `${pathId} ${addedAtEpochMs}`,
    isGrowing: true,
    report: (client, period) => client.path.report({ pathId, ...period }),
    timeline: (client, order) => client.path.timeline({ pathId, ...order }),
    isExpected: (failure) => {
      const isNothingYet = failure.code === 'not-found' && failure.what !== 'path';
      return isNothingYet || (state.phase === 'failed' && state.failure.code === failure.code);
    },
  };
}

/** Whether it is the same path: an engine that was started anew counts from one again. */
export function isSamePath(one: PathMonitorInfo | null, other: PathMonitorInfo | null): boolean {
  return one?.pathId === other?.pathId && one?.addedAtEpochMs === other?.addedAtEpochMs;
}
