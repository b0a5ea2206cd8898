import type { Gap, Round, RouteChange } from '../../../contract/path.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import { type AlertState, type AlertTransition, type AlertTrigger, AlertWatch } from './alert-watch.ts';
import type { HourBaseline } from './hour-baseline.ts';

/** A rule by its identifier. */
export interface NamedTrigger {
  readonly ruleId: string;
  readonly trigger: AlertTrigger;
}

export interface RuleTransition {
  readonly ruleId: string;
  readonly transition: AlertTransition;
}

/** What a round has brought about. */
export interface RoundEffect {
  readonly transitions: readonly RuleTransition[];
  /** Whether a rule stands otherwise than before. */
  readonly hasChanged: boolean;
  /** Whether the baseline has an hour more, which is to be kept. */
  readonly hasLearned: boolean;
}

/** All rules over one path. The work of a round depends on the number of rules, and on nothing that grows. */
export class PathAlerts {
  readonly baseline: HourBaseline;
  readonly #interval: Milliseconds;
  readonly #watches = new Map<string, AlertWatch>();

  constructor({ interval, baseline }: { readonly interval: Milliseconds; readonly baseline: HourBaseline }) {
    this.#interval = interval;
    this.baseline = baseline;
  }

  /** The rules from now on. One whose condition and times are as they were goes on where it is; others begin anew. */
  use(rules: readonly NamedTrigger[]): void {
    const wanted = new Set(rules.map(({ ruleId }) => ruleId));
    for (const ruleId of [...this.#watches.keys()]) if (!wanted.has(ruleId)) this.#watches.delete(ruleId);
    for (const { ruleId, trigger } of rules) {
      const before = this.#watches.get(ruleId);
      if (before !== undefined && JSON.stringify(before.trigger) === JSON.stringify(trigger)) continue;
      this.#watches.set(ruleId, new AlertWatch(trigger, { interval: this.#interval, baseline: this.baseline }));
    }
  }

  stateOf(ruleId: string): AlertState | null {
    return this.#watches.get(ruleId)?.state ?? null;
  }

  /** Takes the next round. */
  take(round: Round): RoundEffect {
    const { roundTrip, atEpochMs } = round;
    const rttMs = roundTrip?.fate === 'answered' ? roundTrip.rttMs : null;
    const hasLearned = rttMs !== null && this.baseline.take(rttMs, atEpochMs);
    let hasChanged = false;
    const transitions = this.#ask((watch) => {
      const before = watch.state.kind;
      const transition = watch.take(round);
      if (watch.state.kind !== before) hasChanged = true;
      return transition;
    });
    return { transitions, hasChanged, hasLearned };
  }

  change(change: RouteChange): readonly RuleTransition[] {
    return this.#ask((watch) => watch.change(change));
  }

  gap(gap: Gap): void {
    for (const watch of this.#watches.values()) watch.gap(gap);
  }

  #ask(ask: (watch: AlertWatch) => AlertTransition | null): readonly RuleTransition[] {
    const transitions: RuleTransition[] = [];
    for (const [ruleId, watch] of this.#watches) {
      const transition = ask(watch);
      if (transition !== null) transitions.push({ ruleId, transition });
    }
    return transitions;
  }
}
