import type { AlertRecord, AlertRule, AlertStanding } from '../../../../contract/alerts.ts';
import { ACTION_NAMES, describeOutcome, hasSucceeded } from '../../../../contract/describe-action.ts';
import { findingWords, ruleTitle, worstWords } from '../../../../contract/describe-alert.ts';
import { tellInstants } from '../../../../contract/instants.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatClock, formatDay, formatDuration } from '../../format/time.ts';
import type { Tone } from '../../ui/StatusBadge.tsx';

/** Targets of a rule that are named. */
const NAMED = 3;

export function scopeWords({ scope }: Pick<AlertRule, 'scope'>): string {
  if (scope.kind === 'all') return 'All targets';
  const more = scope.targets.length - NAMED;
  return `${scope.targets.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a rule does, in a few words. */
export function actionWords({ onEnter, onLeave }: Pick<AlertRule, 'onEnter' | 'onLeave'>): string {
  const words = { notify: 'notifies', sound: 'sounds', log: 'logs', webhook: 'posts', program: 'runs a program' };
  const kinds = [...new Set([...onEnter, ...onLeave].map(({ kind }) => words[kind]))];
  return kinds.length === 0 ? 'only listed here' : kinds.join(', ');
}

/** How a rule stands over all its targets. */
export function standingBadge(rule: AlertRule, standings: readonly AlertStanding[]): { tone: Tone; label: string } {
  if (!rule.isOn) return { tone: 'resting', label: 'Off' };
  const inAlert = standings.filter(({ state }) => state === 'alert').length;
  if (inAlert > 0) return { tone: 'bad', label: inAlert === 1 ? 'Alert' : `${inAlert} alerts` };
  if (standings.length === 0) return { tone: 'waiting', label: 'No such target' };
  const waiting = standings.filter(({ state }) => state === 'waiting').length;
  if (waiting === standings.length) return { tone: 'waiting', label: 'Waiting for data' };
  return { tone: 'good', label: 'All well' };
}

/** An alert as the list shows it. */
export interface AlertRow {
  readonly alertId: string;
  readonly tone: Tone;
  readonly state: string;
  readonly target: string;
  readonly title: string;
  readonly sentence: string;
  /** What was concluded of the minutes before, with local times; null where nothing was. */
  readonly verdict: string | null;
  /** Local day and time. */
  readonly when: string;
  readonly lasted: string | null;
  /** What was to be done and was not, and why; each once. */
  readonly failures: readonly string[];
  readonly done: number;
  /** The path to show it on and the time around it; null where it cannot be shown. */
  readonly moment: AlertMoment | null;
}

export interface AlertMoment {
  readonly pathId: string;
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/** Shown before an alert and after it. */
const BEFORE_MS = 300_000;
const AFTER_MS = 120_000;

export function alertRows(
  alerts: readonly AlertRecord[],
  paths: readonly PathMonitorInfo[],
  nowEpochMs: number,
): readonly AlertRow[] {
  return alerts.map((alert) => alertRow(alert, paths, nowEpochMs));
}

function alertRow(alert: AlertRecord, paths: readonly PathMonitorInfo[], nowEpochMs: number): AlertRow {
  const { alertId, target, condition, finding, enteredAtEpochMs, end, actions, ruleName } = alert;
  const worst = end?.cause === 'left' ? worstWords(condition, end.finding) : null;
  const words = findingWords(condition, finding);
  const endedAt = end === null ? nowEpochMs : end.atEpochMs;
  return {
    alertId,
    ...stateOf(alert),
    target,
    title: ruleTitle({ name: ruleName, condition }),
    sentence: `${words.charAt(0).toUpperCase()}${words.slice(1)}${worst === null ? '' : `; ${worst} while it lasted`}.`,
    verdict: alert.verdict === null ? null : tellInstants(alert.verdict, formatClock),
    when: `${formatDay(enteredAtEpochMs)} ${formatClock(enteredAtEpochMs)}`,
    lasted: endedAt === null ? null : formatDuration(Math.max(0, endedAt - enteredAtEpochMs)),
    failures: failureWords(actions),
    done: actions.filter(({ outcome }) => hasSucceeded(outcome)).length,
    moment: momentOf(alert, paths, endedAt),
  };
}

/** What fails at the beginning and at the end for the same reason is said once. */
function failureWords(actions: AlertRecord['actions']): readonly string[] {
  const failed = actions.filter(({ outcome }) => !hasSucceeded(outcome));
  return [...new Set(failed.map(({ action, outcome }) => `${ACTION_NAMES[action]}: ${describeOutcome(outcome)}`))];
}

function stateOf({ end }: AlertRecord): { tone: Tone; state: string } {
  if (end === null) return { tone: 'bad', state: 'Now' };
  switch (end.cause) {
    case 'left':
      return { tone: 'good', state: 'Over' };
    case 'rule-changed':
      return { tone: 'resting', state: 'Rule changed' };
    case 'target-removed':
      return { tone: 'resting', state: 'Target removed' };
    case 'program-ended':
      return { tone: 'resting', state: 'Hopscope ended' };
  }
}

/** A path that was measured then: the same one, or another of the same target that was there already. */
function momentOf(
  { pathId, target, enteredAtEpochMs }: AlertRecord,
  paths: readonly PathMonitorInfo[],
  endedAt: number | null,
): AlertMoment | null {
  const isOfThen = (path: PathMonitorInfo) =>
    path.target.toLowerCase() === target.toLowerCase() &&
    path.addedAtEpochMs <= enteredAtEpochMs &&
    path.simulated?.scenario == null;
  const path = paths.find((one) => one.pathId === pathId) ?? paths.find(isOfThen);
  if (path === undefined) return null;
  return {
    pathId: path.pathId,
    fromEpochMs: Math.max(path.addedAtEpochMs, enteredAtEpochMs - BEFORE_MS),
    // What is still to come of it is shown as it comes.
    toEpochMs: (endedAt ?? enteredAtEpochMs) + AFTER_MS,
  };
}

/** How many alerts last, for the head of their list. */
export function lastingWords(alerts: readonly AlertRecord[]): string {
  const lasting = alerts.filter(({ end }) => end === null).length;
  return lasting === 0 ? 'None now' : `${formatQuantity(lasting, 'alert')} now`;
}
