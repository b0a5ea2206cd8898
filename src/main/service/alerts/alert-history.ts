import type { ActionOutcome, AlertActionKind } from '../../../contract/alert-action.ts';
import type { AlertRecord } from '../../../contract/alerts.ts';
import { onDispose } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { AlertHistoryStore } from '../../store/alert-store.ts';

/** Alerts that last and those of the past. */
export class AlertHistory {
  readonly onChange = new Emitter<void>();
  readonly #store: AlertHistoryStore;
  /** Those that last, and those whose actions are not done with. */
  readonly #own = new Map<string, AlertRecord>();
  /** How much is being done for an alert. */
  readonly #works = new Map<string, number>();

  constructor(store: AlertHistoryStore) {
    this.#store = store;
    store.record.onChange.on(() => this.onChange.emit());
  }

  /** The newest first. One that nobody here has begun and nobody has ended was cut off by the end of its program. */
  get alerts(): readonly AlertRecord[] {
    return this.#store.alerts
      .map((alert): AlertRecord => {
        const isCutOff = alert.end === null && !this.#own.has(alert.alertId);
        return isCutOff ? { ...alert, end: { cause: 'program-ended', atEpochMs: null } } : alert;
      })
      .toSorted((a, b) => b.enteredAtEpochMs - a.enteredAtEpochMs);
  }

  begin(alert: AlertRecord): void {
    this.#put(alert);
  }

  /** Ends an alert; gives it as it was, or null when there is none. */
  end(alertId: string, end: NonNullable<AlertRecord['end']>): AlertRecord | null {
    const alert = this.#own.get(alertId);
    if (alert === undefined) return null;
    const ended = { ...alert, end };
    this.#put(ended);
    this.#forgetIfDone(alertId);
    return ended;
  }

  noteVerdict(alertId: string, verdict: string | null): void {
    const alert = this.#own.get(alertId);
    if (alert !== undefined) this.#put({ ...alert, verdict });
  }

  verdictOf(alertId: string): string | null {
    return this.#own.get(alertId)?.verdict ?? null;
  }

  noteAction(alertId: string, on: 'enter' | 'leave', action: AlertActionKind, outcome: ActionOutcome): void {
    const alert = this.#own.get(alertId);
    if (alert !== undefined) this.#put({ ...alert, actions: [...alert.actions, { on, action, outcome }] });
  }

  /** Something is being done for an alert; its end is to be noted, however late, until the result is disposed. */
  work(alertId: string): Disposable {
    this.#works.set(alertId, (this.#works.get(alertId) ?? 0) + 1);
    return onDispose(() => {
      const left = (this.#works.get(alertId) ?? 1) - 1;
      if (left > 0) this.#works.set(alertId, left);
      else this.#works.delete(alertId);
      this.#forgetIfDone(alertId);
    });
  }

  forget(): void {
    this.#store.keepOnly(
      new Set([...this.#own.values()].flatMap(({ alertId, end }) => (end === null ? [alertId] : []))),
    );
  }

  #forgetIfDone(alertId: string): void {
    if (this.#own.get(alertId)?.end != null && !this.#works.has(alertId)) this.#own.delete(alertId);
  }

  #put(alert: AlertRecord): void {
    this.#own.set(alert.alertId, alert);
    this.#store.put(alert);
  }
}
