import * as v from 'valibot';
import {
  DEFAULT_SETTINGS,
  type SettingChanges,
  type SettingKey,
  type Settings,
  type SettingsState,
  settingsSchema,
} from '../../contract/settings.ts';
import { conflictIn } from '../../contract/settings-rules.ts';
import type { JsonRecord } from './json-file.ts';
import type { KeptRecord } from './kept-record.ts';

type Read = Omit<SettingsState, 'path' | 'troubles'>;

const KEYS = Object.keys(DEFAULT_SETTINGS) as SettingKey[];

/**
 * Settings as the file has them: only what differs from nothing set is kept, so that a better default of a later version
 * reaches whoever never changed it.
 */
export class SettingsStore {
  readonly record: KeptRecord;

  constructor(record: KeptRecord) {
    this.record = record;
  }

  get settings(): Settings {
    return readSettings(this.record.value).settings;
  }

  get state(): Read {
    return readSettings(this.record.value);
  }

  /** Puts new values in place of old ones; null forgets one. Resolves when it is kept or known not to be. */
  async change(changes: SettingChanges): Promise<void> {
    await this.record.change((record) => {
      const next: Record<string, unknown> = { ...record };
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) delete next[key];
        else if (value !== undefined) next[key] = value;
      }
      return next;
    });
  }
}

/** The settings that a record means. A value that is not allowed counts as not set; so do all of a pair that conflict. */
export function readSettings(record: JsonRecord): Read {
  const changed: SettingKey[] = [];
  const ignored: SettingKey[] = [];
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const key of KEYS) {
    if (!Object.hasOwn(record, key)) continue;
    const value = v.safeParse(settingsSchema.entries[key], record[key]);
    if (value.success) {
      settings[key] = value.output;
      changed.push(key);
    } else ignored.push(key);
  }
  for (;;) {
    const conflict = conflictIn(settings as Settings);
    if (conflict === null) break;
    // Of two that do not fit together one may be a default; it is the one set that gives way.
    const culprits = conflictingWith(conflict.key).filter((key) => changed.includes(key));
    for (const key of culprits) {
      Object.assign(settings, { [key]: DEFAULT_SETTINGS[key] });
      changed.splice(changed.indexOf(key), 1);
      ignored.push(key);
    }
    if (culprits.length === 0) break; // the defaults fit together
  }
  return { settings: settings as Settings, changed, ignored };
}

function conflictingWith(key: SettingKey): readonly SettingKey[] {
  switch (key) {
    case 'warnUntilMs':
      return ['goodUntilMs', 'warnUntilMs'];
    case 'badLossPercent':
      return ['warnLossPercent', 'badLossPercent'];
    default:
      return [key];
  }
}
