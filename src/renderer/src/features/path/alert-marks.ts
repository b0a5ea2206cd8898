import type { AlertRecord } from '../../../../contract/alerts.ts';
import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Session } from '../../../../contract/sessions.ts';

/** The moments at which alerts of a path began; those of a path of the same target of before are its own too. */
export function alertMarks(
  alerts: readonly AlertRecord[],
  { pathId, target, simulated }: Pick<PathMonitorInfo, 'pathId' | 'target' | 'simulated'>,
): readonly TimelineMark[] {
  // No alert is raised in a lesson.
  if (simulated?.scenario != null) return [];
  return alerts.filter((alert) => alert.pathId === pathId || isOf(alert, target)).map(markOf);
}

/** The moments at which alerts of what a session is of began, while it was measured here. */
export function sessionAlertMarks(
  alerts: readonly AlertRecord[],
  { target, isSimulated, origin }: Pick<Session, 'target' | 'isSimulated' | 'origin'>,
): readonly TimelineMark[] {
  // What another Hopscope measured, another one watched too.
  if (origin === 'imported') return [];
  return alerts.filter((alert) => isOf(alert, target) && (alert.simulated !== null) === isSimulated).map(markOf);
}

function isOf(alert: AlertRecord, target: string): boolean {
  return alert.target.toLowerCase() === target.toLowerCase();
}

function markOf({ enteredAtEpochMs }: AlertRecord): TimelineMark {
  return { kind: 'alert', atEpochMs: enteredAtEpochMs, label: 'alert' };
}
