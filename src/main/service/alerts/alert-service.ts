import type { AlertAction } from '../../../contract/alert-action.ts';
import { type AlertRule, type AlertRuleDraft, type AlertsState, MOST_ALERT_RULES } from '../../../contract/alerts.ts';
import { fail, type Result, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Random } from '../../base/random.ts';
import type { AlertHistoryStore, AlertRuleStore, BaselineStore } from '../../store/alert-store.ts';
import { Publisher } from '../publisher.ts';
import { AlertActions, type AlertActionsDeps } from './alert-actions.ts';
import { AlertHistory } from './alert-history.ts';
import type { AlertLog } from './alert-log.ts';
import { AlertSignals } from './alert-signals.ts';
import { AlertWatcher } from './alert-watcher.ts';
import type { ProgramPermission } from './program-permission.ts';

export interface AlertServiceDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly platform: NodeJS.Platform;
  readonly rules: AlertRuleStore;
  readonly history: AlertHistoryStore;
  readonly baselines: BaselineStore;
  readonly log: AlertLog;
  readonly programs: ProgramPermission;
  /** Title of the simulated internet; null in the network. */
  readonly simulated: string | null;
  readonly lookUp?: AlertActionsDeps['lookUp'];
}

/** Answers the contract's `alerts`, and watches paths for their rules. */
export class AlertService implements Disposable {
  readonly handlers: Handlers<HopscopeContract>['alerts'] = {
    follow: (_, sink) => {
      this.#deps.rules.record.refresh();
      return this.#publish(sink, () => this.#state(), [
        this.watcher.onChange,
        this.#deps.programs.onChange,
        ...this.#records(),
      ]);
    },
    history: (_, sink) => this.#publish(sink, () => ({ alerts: [...this.#history.alerts] }), [this.#history.onChange]),
    signals: ({ can }, sink) => this.#signals.listen(can, sink),
    save: ({ ruleId, rule }) => this.#save(ruleId, rule),
    remove: ({ ruleId }) => {
      const found = this.#find(ruleId);
      if (!found.ok) return found;
      this.#deps.rules.remove(ruleId);
      return succeed(null);
    },
    switch: ({ ruleId, isOn }) => {
      const found = this.#find(ruleId);
      if (!found.ok) return found;
      return this.#put({ ...found.value, isOn });
    },
    test: async ({ action }) => succeed({ outcome: await this.#test(action) }),
    forgetHistory: () => {
      this.#history.forget();
      return succeed(null);
    },
  };
  readonly watcher: AlertWatcher;
  readonly #deps: AlertServiceDeps;
  readonly #history: AlertHistory;
  readonly #signals: AlertSignals;
  readonly #actions: AlertActions;

  constructor(deps: AlertServiceDeps) {
    this.#deps = deps;
    this.#history = new AlertHistory(deps.history);
    this.#signals = new AlertSignals(deps);
    this.#actions = new AlertActions({ ...deps, signals: this.#signals });
    this.watcher = new AlertWatcher({ ...deps, history: this.#history, actions: this.#actions });
  }

  [Symbol.dispose](): void {
    this.watcher[Symbol.dispose]();
    this.#signals[Symbol.dispose]();
  }

  #state(): AlertsState {
    const { rules, programs, simulated } = this.#deps;
    return {
      rules: rules.rules.map((rule) => ({ rule, standings: this.watcher.standings(rule) })),
      areProgramsAllowed: programs.isGiven,
      path: rules.record.path,
      simulated,
      troubles: [rules, this.#deps.history, this.#deps.baselines].flatMap(({ record }) => record.troubles),
    };
  }

  #records(): Emitter<void>[] {
    const { rules, history, baselines } = this.#deps;
    return [rules, history, baselines].map(({ record }) => record.onChange);
  }

  #save(ruleId: string | null, draft: AlertRuleDraft): Result<AlertRule> {
    if (ruleId !== null) {
      const found = this.#find(ruleId);
      if (!found.ok) return found;
      return this.#areProgramsKept(draft, found.value)
        ? this.#put({ ...draft, ruleId })
        : fail({ code: 'programs-not-allowed' });
    }
    if (this.#deps.rules.rules.length >= MOST_ALERT_RULES) {
      return fail({ code: 'limit-reached', what: 'rules', limit: MOST_ALERT_RULES });
    }
    if (!this.#areProgramsKept(draft, null)) return fail({ code: 'programs-not-allowed' });
    const id = [1, 2].map(() => this.#deps.random.uint32().toString(16).padStart(8, '0')).join('');
    return this.#put({ ...draft, ruleId: id });
  }

  /** Whether it has no program that it did not have before, while programs are not allowed: nobody is to lay one in wait. */
  #areProgramsKept(draft: AlertRuleDraft, before: AlertRule | null): boolean {
    if (this.#deps.programs.isGiven) return true;
    const known = before === null ? [] : programsOf(before);
    return programsOf(draft).every((program) => known.includes(program));
  }

  #put(rule: AlertRule): Result<AlertRule> {
    this.#deps.rules.put(rule);
    return succeed(rule);
  }

  #find(ruleId: string): Result<AlertRule> {
    const rule = this.#deps.rules.rules.find((one) => one.ruleId === ruleId);
    return rule === undefined ? fail({ code: 'not-found', what: 'rule', id: ruleId }) : succeed(rule);
  }

  #test(action: AlertAction) {
    return this.#actions.do(action, {
      event: 'test',
      ruleId: null,
      rule: 'Test',
      target: 'example.net',
      pathId: null,
      destination: '192.0.2.1',
      atEpochMs: this.#deps.clock.wallNow(),
      sentence: 'This is a test of what an alert does. Nothing is the matter.',
      finding: null,
      verdict: null,
      simulated: this.#deps.simulated,
    });
  }

  #publish<E>(sink: StreamSink<E>, state: () => E, changes: readonly Emitter<void>[]): Disposable {
    const own = new DisposableStore();
    const publisher = own.add(
      new Publisher(this.#deps, () => {
        if (sink.isCongested()) return false;
        sink.emit(state());
        return true;
      }),
    );
    for (const change of changes) own.add(change.on(() => publisher.request()));
    publisher.request();
    return own;
  }
}

/** Programs with their arguments, each as one text. */
function programsOf({ onEnter, onLeave }: AlertRuleDraft): string[] {
  return [...onEnter, ...onLeave].flatMap((action) => (action.kind === 'program' ? [JSON.stringify(action)] : []));
}
