import type { ActionOutcome, AlertActionKind } from '../../../contract/alert-action.ts';
import type { AlertRecord } from '../../../contract/alerts.ts';
import { Emitter } from '../../base/emitter.ts';
import type { AlertHistoryStore } from '../../store/alert-store.ts';

/** Alerts that last and those of the past. */
export class AlertHistory {
  readonly onChange = new Emitter<void>();
  readonly #store: AlertHistoryStore;
  /** Those that last, and those whose actions are not done with. */
  readonly #own = new Map<string, AlertRecord>();

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

  /** Nothing more is noted of an alert that has ended. */
  close(alertId: string): void {
    if (this.#own.get(alertId)?.end != null) this.#own.delete(alertId);
  }

  forget(): void {
    this.#store.keepOnly(
      new Set([...this.#own.values()].flatMap(({ alertId, end }) => (end === null ? [alertId] : []))),
    );
  }

  #put(alert: AlertRecord): void {
    this.#own.set(alert.alertId, alert);
    this.#store.put(alert);
  }
}
