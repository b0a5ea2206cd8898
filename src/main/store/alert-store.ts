import {
  type AlertRecord,
  type AlertRule,
  MOST_KEPT_ALERTS,
  readAlertRecord,
  readAlertRule,
} from '../../contract/alerts.ts';
import type { JsonRecord } from './json-file.ts';
import type { KeptRecord } from './kept-record.ts';

/** An hour that was measured, as three numbers: hours since the epoch, median and spread in milliseconds. */
export type KeptHour = readonly [hour: number, medianMs: number, spreadMs: number];

/** Targets whose baselines are kept; of more, those that were kept longest ago are forgotten. */
const MOST_BASELINES = 200;

/** Rules in order. Entries of a newer version that are not understood here stay kept. */
export class AlertRuleStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  get rules(): readonly AlertRule[] {
    return listOf(this.record.value, 'rules')
      .map(readAlertRule)
      .filter((rule) => rule !== null);
  }

  /** Keeps a rule in its place, a new one behind the others. */
  put(rule: AlertRule): void {
    this.#edit((rules) => {
      const at = rules.findIndex((entry) => idOf(entry, 'ruleId') === rule.ruleId);
      return at === -1 ? [...rules, rule] : rules.with(at, rule);
    });
  }

  remove(ruleId: string): void {
    this.#edit((rules) => rules.filter((entry) => idOf(entry, 'ruleId') !== ruleId));
  }

  #edit(edit: (list: readonly unknown[]) => readonly unknown[]): void {
    // What could not be kept is among the record's troubles.
    void this.record.change((record) => ({ ...record, rules: edit(listOf(record, 'rules')) }));
  }
}

/** Alerts of the past and those that last, the newest first. */
export class AlertHistoryStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  get alerts(): readonly AlertRecord[] {
    return listOf(this.record.value, 'alerts')
      .map(readAlertRecord)
      .filter((alert) => alert !== null);
  }

  /** Keeps an alert in its place, a new one in front; beyond so many the oldest go. */
  put(alert: AlertRecord): void {
    void this.record.change((record) => {
      const alerts = listOf(record, 'alerts');
      const at = alerts.findIndex((entry) => idOf(entry, 'alertId') === alert.alertId);
      const next = at === -1 ? [alert, ...alerts] : alerts.with(at, alert);
      return { ...record, alerts: next.slice(0, MOST_KEPT_ALERTS) };
    });
  }

  /** Keeps only those that are named. */
  keepOnly(alertIds: ReadonlySet<unknown>): void {
    void this.record.change((record) => ({
      ...record,
      alerts: listOf(record, 'alerts').filter((entry) => alertIds.has(idOf(entry, 'alertId'))),
    }));
  }
}

/** What is usual of each target, hour by hour. */
export class BaselineStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  hoursOf(target: string): readonly KeptHour[] {
    return listOf(this.record.value, keyOf(target)).filter(isKeptHour);
  }

  put(target: string, hours: readonly KeptHour[]): void {
    void this.record.change((record) => {
      const { [keyOf(target)]: _, ...others } = record;
      const kept = Object.entries(others).slice(-(MOST_BASELINES - 1));
      return { ...Object.fromEntries(kept), [keyOf(target)]: hours };
    });
  }
}

/** Names are the same whatever their case (RFC 4343). A number as a key would not stay in its place. */
function keyOf(target: string): string {
  return `target ${target.toLowerCase()}`;
}

function isKeptHour(entry: unknown): entry is KeptHour {
  return Array.isArray(entry) && entry.length === 3 && entry.every((value) => Number.isFinite(value));
}

function listOf(record: JsonRecord, name: string): readonly unknown[] {
  const list = record[name];
  return Array.isArray(list) ? list : [];
}

function idOf(entry: unknown, name: string): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)[name] : null;
}
