import type { AlertCondition, AlertFinding } from '../../../contract/alert-condition.ts';
import type { Gap, Round, RouteChange } from '../../../contract/path.ts';
import { type ConditionContext, type ConditionWatch, type Reading, watchCondition } from './condition-watch.ts';

/** When a rule enters and leaves, whatever follows from it. */
export interface AlertTrigger {
  readonly condition: AlertCondition;
  readonly enterAfterMs: number;
  readonly leaveAfterMs: number;
}

export type AlertState =
  /** Too little is known yet. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'well' }
  | { readonly kind: 'alert'; readonly sinceEpochMs: number; readonly finding: AlertFinding };

/** The rule became an alert, or is one no more. */
export interface AlertTransition {
  readonly kind: 'enter' | 'leave';
  readonly atEpochMs: number;
  /** What was found when it entered, and in the last round before it left. */
  readonly finding: AlertFinding;
}

/**
 * One rule over one path. A condition must hold for the time to enter, and be over for the time to leave, in measured
 * time and without a round that says otherwise; rounds that say nothing stop that time, and so does a gap.
 */
export class AlertWatch {
  readonly trigger: AlertTrigger;
  readonly #watch: ConditionWatch;
  #state: AlertState = { kind: 'waiting' };
  #finding: AlertFinding | null = null;
  /** When a round last spoke for the change that is waited for, less what lay unmeasured since; null when none did. */
  #spokeAt: number | null = null;
  #heldMs = 0;

  constructor(trigger: AlertTrigger, context: ConditionContext) {
    this.trigger = trigger;
    this.#watch = watchCondition(trigger.condition, context);
  }

  get state(): AlertState {
    return this.#state;
  }

  take(round: Round): AlertTransition | null {
    const reading = this.#watch.take(round);
    if (reading === null) {
      // The time until the next round that says something does not count.
      this.#spokeAt = null;
      return null;
    }
    if (this.#state.kind === 'alert') return this.#takeInAlert(reading, round.atEpochMs);
    if (reading.isMet)
      return this.#hold(round.atEpochMs) >= this.trigger.enterAfterMs ? this.#enter(reading, round.atEpochMs) : null;
    this.#letGo();
    if (reading.isOver) this.#state = { kind: 'well' };
    return null;
  }

  /** A change has happened: there is nothing to wait for before it counts. */
  change(change: RouteChange): AlertTransition | null {
    const reading = this.#watch.change(change);
    if (reading === null) return null;
    this.#letGo();
    if (this.#state.kind !== 'alert') return this.#enter(reading, change.atEpochMs);
    this.#keepFinding(reading);
    return null;
  }

  gap({ fromEpochMs, toEpochMs }: Gap): void {
    this.#watch.gap();
    if (this.#spokeAt !== null) this.#spokeAt += Math.max(0, toEpochMs - Math.max(fromEpochMs, this.#spokeAt));
  }

  #takeInAlert(reading: Reading, atEpochMs: number): AlertTransition | null {
    this.#keepFinding(reading);
    if (!reading.isOver) {
      this.#letGo();
      return null;
    }
    if (this.#hold(atEpochMs) < this.trigger.leaveAfterMs) return null;
    const finding = this.#finding;
    this.#letGo();
    this.#state = { kind: 'well' };
    this.#finding = null;
    return finding === null ? null : { kind: 'leave', atEpochMs, finding };
  }

  #enter({ finding }: Reading, atEpochMs: number): AlertTransition | null {
    this.#letGo();
    if (finding === null) return null;
    this.#finding = finding;
    this.#state = { kind: 'alert', sinceEpochMs: atEpochMs, finding };
    return { kind: 'enter', atEpochMs, finding };
  }

  #keepFinding({ finding }: Reading): void {
    if (finding !== null) this.#finding = finding;
    if (this.#state.kind === 'alert' && this.#finding !== null)
      this.#state = { ...this.#state, finding: this.#finding };
  }

  /** For how long it has held, this round included. */
  #hold(atEpochMs: number): number {
    if (this.#spokeAt !== null) this.#heldMs += Math.max(0, atEpochMs - this.#spokeAt);
    this.#spokeAt = atEpochMs;
    return this.#heldMs;
  }

  #letGo(): void {
    this.#spokeAt = null;
    this.#heldMs = 0;
  }
}
