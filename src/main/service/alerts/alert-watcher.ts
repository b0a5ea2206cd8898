import type { AlertRule, AlertStanding } from '../../../contract/alerts.ts';
import { alertSentence, ruleTitle } from '../../../contract/describe-alert.ts';
import type { Result } from '../../../contract/failure.ts';
import type { PathEvent, PathReport, Round } from '../../../contract/path.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Random } from '../../base/random.ts';
import type { AlertTransition } from '../../engine/alerts/alert-watch.ts';
import { HourBaseline } from '../../engine/alerts/hour-baseline.ts';
import { PathAlerts, type RuleTransition } from '../../engine/alerts/path-alerts.ts';
import type { AlertRuleStore, BaselineStore } from '../../store/alert-store.ts';
import type { AlertActions } from './alert-actions.ts';
import type { AlertHistory } from './alert-history.ts';

/** The time before an alert that its verdict is on. */
const JUDGED_MS = 300_000;

/** A path that rules are asked about. */
export interface AlertedPath {
  readonly pathId: string;
  readonly target: string;
  readonly intervalMs: number;
  /** Null while it is not known. */
  readonly destination: () => string | null;
  /** Everything about its last so many milliseconds. */
  readonly report: (lastMs: number) => Result<PathReport>;
  /** Title of the simulated internet it is in; null in the network. */
  readonly simulated: string | null;
}

/** What is told of such a path. */
export interface PathAlertFeed {
  onRound(round: Round): void;
  onEvent(event: PathEvent): void;
}

export interface AlertWatcherDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: AlertRuleStore;
  readonly baselines: BaselineStore;
  readonly history: AlertHistory;
  readonly actions: AlertActions;
}

interface Watched {
  readonly path: AlertedPath;
  readonly alerts: PathAlerts;
  /** Identifiers of the alerts that last, by rule. */
  readonly open: Map<string, string>;
}

/** Asks every rule about every path, keeps a record of what they find, and has done what they say. */
export class AlertWatcher implements Disposable {
  /** A rule stands otherwise over a path than before. */
  readonly onChange = new Emitter<void>();
  readonly #deps: AlertWatcherDeps;
  readonly #paths = new Map<string, Watched>();
  readonly #owned = new DisposableStore();
  #rules: readonly AlertRule[];

  constructor(deps: AlertWatcherDeps) {
    this.#deps = deps;
    this.#rules = deps.rules.rules;
    this.#owned.add(deps.rules.record.onChange.on(() => this.#heedRules()));
  }

  /** Begins with a path; it is asked about until `end`. */
  begin(path: AlertedPath): PathAlertFeed {
    const hours = this.#deps.baselines.hoursOf(path.target);
    const baseline = new HourBaseline(hours.map(([hour, medianMs, spreadMs]) => ({ hour, medianMs, spreadMs })));
    const alerts = new PathAlerts({ interval: milliseconds(path.intervalMs), baseline });
    const watched: Watched = { path, alerts, open: new Map() };
    this.#paths.set(path.pathId, watched);
    alerts.use(triggersFor(this.#rules, path));
    this.onChange.emit();
    return {
      onRound: (round) => this.#takeRound(watched, round),
      onEvent: (event) => this.#takeEvent(watched, event),
    };
  }

  /** The path is watched no more. */
  end(pathId: string): void {
    const watched = this.#paths.get(pathId);
    if (watched === undefined) return;
    this.#paths.delete(pathId);
    for (const ruleId of [...watched.open.keys()]) this.#cutOff(watched, ruleId, 'target-removed');
    this.onChange.emit();
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }

  /** How a rule stands over the targets it is of. */
  standings(rule: AlertRule): AlertStanding[] {
    return [...this.#paths.values()].flatMap(({ path, alerts }): AlertStanding[] => {
      const state = alerts.stateOf(rule.ruleId);
      if (state === null) return [];
      const { pathId, target } = path;
      return [{ pathId, target, state: state.kind, sinceEpochMs: state.kind === 'alert' ? state.sinceEpochMs : null }];
    });
  }

  #takeRound(watched: Watched, round: Round): void {
    const { transitions, hasLearned, hasChanged } = watched.alerts.take(round);
    if (hasLearned) this.#keepBaseline(watched);
    this.#follow(watched, transitions);
    if (hasChanged) this.onChange.emit();
  }

  #takeEvent(watched: Watched, event: PathEvent): void {
    switch (event.kind) {
      case 'route-change':
        this.#follow(watched, watched.alerts.change(event.change));
        this.onChange.emit();
        return;
      case 'gap':
        watched.alerts.gap(event.gap);
        return;
      case 'clock-stepped':
      case 'send-failed':
      case 'machine-changed':
        return;
    }
  }

  #follow(watched: Watched, transitions: readonly RuleTransition[]): void {
    for (const { ruleId, transition } of transitions) {
      const rule = this.#rules.find((one) => one.ruleId === ruleId);
      if (rule === undefined) continue;
      if (transition.kind === 'enter') this.#enter(watched, rule, transition);
      else this.#leave(watched, rule, transition);
    }
  }

  #enter(watched: Watched, rule: AlertRule, { atEpochMs, finding }: AlertTransition): void {
    const { path, open } = watched;
    const { clock, random, history } = this.#deps;
    const alertId = [1, 2].map(() => random.uint32().toString(16).padStart(8, '0')).join('');
    open.set(rule.ruleId, alertId);
    history.begin({
      alertId,
      ruleId: rule.ruleId,
      ruleName: rule.name,
      condition: rule.condition,
      target: path.target,
      pathId: path.pathId,
      destination: path.destination(),
      simulated: path.simulated,
      enteredAtEpochMs: atEpochMs,
      finding,
      verdict: null,
      end: null,
      actions: [],
    });
    // In a turn of its own: when a line is cut, every path is to be judged.
    const turn = this.#owned.add(
      clock.after(milliseconds(0), () => {
        this.#owned.forget(turn);
        history.noteVerdict(alertId, verdictOf(path));
        void this.#act(watched, rule, alertId, { kind: 'enter', atEpochMs, finding });
      }),
    );
  }

  #leave(watched: Watched, rule: AlertRule, transition: AlertTransition): void {
    const alertId = watched.open.get(rule.ruleId);
    if (alertId === undefined) return;
    watched.open.delete(rule.ruleId);
    const { atEpochMs, finding } = transition;
    // Begun before the end, so that what comes of it is noted still.
    using _work = this.#deps.history.work(alertId);
    this.#deps.history.end(alertId, { cause: 'left', atEpochMs, finding });
    void this.#act(watched, rule, alertId, transition);
  }

  async #act(
    { path }: Watched,
    rule: AlertRule,
    alertId: string,
    { kind, atEpochMs, finding }: AlertTransition,
  ): Promise<void> {
    const { actions, history } = this.#deps;
    using _work = history.work(alertId);
    const { ruleId, condition } = rule;
    const { target, pathId, simulated } = path;
    const news = {
      event: kind,
      ruleId,
      rule: ruleTitle(rule),
      target,
      pathId,
      destination: path.destination(),
      atEpochMs,
      sentence: alertSentence(kind, { target, condition, finding }),
      finding,
      verdict: history.verdictOf(alertId),
      simulated,
    };
    const wanted = kind === 'enter' ? rule.onEnter : rule.onLeave;
    await Promise.all(
      wanted.map(async (action) => history.noteAction(alertId, kind, action.kind, await actions.do(action, news))),
    );
  }

  /** Rules may be others, fewer or more. What has changed begins anew. */
  #heedRules(): void {
    const rules = this.#deps.rules.rules;
    if (JSON.stringify(rules) === JSON.stringify(this.#rules)) return;
    this.#rules = rules;
    for (const watched of this.#paths.values()) {
      watched.alerts.use(triggersFor(rules, watched.path));
      for (const ruleId of [...watched.open.keys()]) {
        if (watched.alerts.stateOf(ruleId)?.kind !== 'alert') this.#cutOff(watched, ruleId, 'rule-changed');
      }
    }
    this.onChange.emit();
  }

  /** Nothing is done: nobody knows that it is over. */
  #cutOff({ open }: Watched, ruleId: string, cause: 'rule-changed' | 'target-removed'): void {
    const alertId = open.get(ruleId);
    if (alertId === undefined) return;
    open.delete(ruleId);
    this.#deps.history.end(alertId, { cause, atEpochMs: this.#deps.clock.wallNow() });
  }

  #keepBaseline({ path, alerts }: Watched): void {
    const hours = alerts.baseline.measured.map(({ hour, medianMs, spreadMs }) => [hour, medianMs, spreadMs] as const);
    this.#deps.baselines.put(path.target, hours);
  }
}

/** The first verdict, in a sentence; null where nothing is measured. */
function verdictOf({ report }: AlertedPath): string | null {
  const told = report(JUDGED_MS);
  return told.ok ? (told.value.verdicts[0]?.sentence ?? null) : null;
}

function triggersFor(rules: readonly AlertRule[], { target }: AlertedPath) {
  return rules
    .filter(({ isOn, scope }) => isOn && (scope.kind === 'all' || scope.targets.some((one) => isSame(one, target))))
    .map(({ ruleId, condition, enterAfterMs, leaveAfterMs }) => ({
      ruleId,
      trigger: { condition, enterAfterMs, leaveAfterMs },
    }));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
