import { type ReadSettings, readSettings } from '../../contract/read-settings.ts';
import type { SettingChanges, Settings } from '../../contract/settings.ts';
import type { KeptRecord } from './kept-record.ts';

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

  get state(): ReadSettings {
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
