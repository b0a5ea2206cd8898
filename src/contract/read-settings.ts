import * as v from 'valibot';
import { DEFAULT_SETTINGS, type SettingKey, type Settings, type SettingsState, settingsSchema } from './settings.ts';
import { conflictIn } from './settings-rules.ts';

/** What is kept of settings; the file and what is in it are told apart. */
export type ReadSettings = Omit<SettingsState, 'path' | 'troubles'>;

const KEYS = Object.keys(DEFAULT_SETTINGS) as SettingKey[];

/** The settings that a record means. A value that is not allowed counts as not set; so do all of a pair that conflict. */
export function readSettings(record: Readonly<Record<string, unknown>>): ReadSettings {
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
