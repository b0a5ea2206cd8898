import type { ActionOutcome } from '../../../contract/alert-action.ts';
import type {
  AlertRecord,
  AlertRule,
  AlertSignal,
  AlertSignalKind,
  AlertStanding,
  AlertsState,
} from '../../../contract/alerts.ts';
import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';

/** Rules of a test engine: kept, told, and never asked about anything. */
export class TestAlerts {
  readonly rules: AlertRule[] = [];
  standings = new Map<string, AlertStanding[]>();
  history: AlertRecord[] = [];
  areProgramsAllowed = false;
  simulated: string | null = null;
  /** What a test of an action comes to. */
  outcome: ActionOutcome = { kind: 'posted', status: 204 };
  refusal: Failure | null = null;
  readonly calls: string[] = [];
  /** What pages say they can do. */
  readonly listeners: { readonly can: readonly AlertSignalKind[]; readonly sink: StreamSink<AlertSignal> }[] = [];
  readonly #followers = new Set<StreamSink<AlertsState>>();
  readonly #readers = new Set<StreamSink<{ alerts: AlertRecord[] }>>();

  /** What keeping a rule waits for. */
  beforeSaving: Promise<void> = Promise.resolve();

  readonly handlers: Handlers<HopscopeContract>['alerts'] = {
    follow: (_, sink) => {
      this.#followers.add(sink);
      sink.emit(this.#state());
      return { [Symbol.dispose]: () => void this.#followers.delete(sink) };
    },
    history: (_, sink) => {
      this.#readers.add(sink);
      sink.emit({ alerts: this.history });
      return { [Symbol.dispose]: () => void this.#readers.delete(sink) };
    },
    signals: ({ can }, sink) => {
      const listener = { can, sink };
      this.listeners.push(listener);
      return { [Symbol.dispose]: () => void this.listeners.splice(this.listeners.indexOf(listener), 1) };
    },
    save: async ({ ruleId, rule }) => {
      await this.beforeSaving;
      if (this.refusal !== null) return fail(this.refusal);
      const saved = { ...rule, ruleId: ruleId ?? `rule-${this.rules.length + 1}` };
      const at = this.rules.findIndex((one) => one.ruleId === ruleId);
      if (at === -1) this.rules.push(saved);
      else this.rules[at] = saved;
      this.calls.push(`save ${saved.ruleId}`);
      this.tell();
      return succeed(saved);
    },
    remove: ({ ruleId }) => {
      const at = this.rules.findIndex((one) => one.ruleId === ruleId);
      if (at !== -1) this.rules.splice(at, 1);
      this.calls.push(`remove ${ruleId}`);
      this.tell();
      return succeed(null);
    },
    switch: ({ ruleId, isOn }): Result<AlertRule> => {
      const at = this.rules.findIndex((one) => one.ruleId === ruleId);
      const rule = this.rules[at];
      if (rule === undefined) return fail({ code: 'not-found', what: 'rule', id: ruleId });
      const switched = { ...rule, isOn };
      this.rules[at] = switched;
      this.calls.push(`switch ${ruleId} ${isOn ? 'on' : 'off'}`);
      this.tell();
      return succeed(switched);
    },
    test: ({ action }) => {
      this.calls.push(`test ${action.kind}`);
      return succeed({ outcome: this.outcome });
    },
    forgetHistory: () => {
      this.history = this.history.filter(({ end }) => end === null);
      this.tell();
      return succeed(null);
    },
  };

  /** Tells every page what is so now. */
  tell(): void {
    for (const sink of this.#followers) sink.emit(this.#state());
    for (const sink of this.#readers) sink.emit({ alerts: this.history });
  }

  #state(): AlertsState {
    return {
      rules: this.rules.map((rule) => ({ rule, standings: this.standings.get(rule.ruleId) ?? [] })),
      areProgramsAllowed: this.areProgramsAllowed,
      path: '/home/ann/.config/hopscope/alert-rules.json',
      simulated: this.simulated,
      troubles: [],
    };
  }
}
