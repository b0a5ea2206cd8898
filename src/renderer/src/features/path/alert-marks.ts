import type { AlertRecord } from '../../../../contract/alerts.ts';
import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';

/** The moments at which alerts of a path began; those of a path of the same target of before are its own too. */
export function alertMarks(
  alerts: readonly AlertRecord[],
  { pathId, target, simulated }: Pick<PathMonitorInfo, 'pathId' | 'target' | 'simulated'>,
): readonly TimelineMark[] {
  // No alert is raised in a lesson.
  if (simulated?.scenario != null) return [];
  return alerts
    .filter((alert) => alert.pathId === pathId || alert.target.toLowerCase() === target.toLowerCase())
    .map(({ enteredAtEpochMs }) => ({ kind: 'alert', atEpochMs: enteredAtEpochMs, label: 'alert' }));
}
