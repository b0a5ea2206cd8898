import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers, StreamSink } from '../../contract/serve.ts';
import { DEFAULT_SETTINGS, type SettingChanges, type Settings, type SettingsState } from '../../contract/settings.ts';
import { conflictIn } from '../../contract/settings-rules.ts';
import { seconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore, onDispose } from '../base/disposables.ts';
import type { KeptRecord } from '../store/kept-record.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { Publisher } from './publisher.ts';

/** Between two looks whether another instance has changed the file, while somebody follows it. */
const REFRESH_INTERVAL = seconds(2);

export interface SettingsServiceDeps {
  readonly clock: Clock;
  readonly store: SettingsStore;
  /** Whatever else is kept, for its troubles. */
  readonly others: readonly KeptRecord[];
}

/** Answers the contract's `settings`. */
export function createSettingsService({
  clock,
  store,
  others,
}: SettingsServiceDeps): Handlers<HopscopeContract>['settings'] {
  const records = [store.record, ...others];
  const state = (): SettingsState => ({
    ...store.state,
    path: store.record.path,
    troubles: records.flatMap(({ troubles }) => troubles),
  });
  let followers = 0;
  let refreshing: Disposable | null = null;
  const refreshLater = () => {
    refreshing = clock.after(REFRESH_INTERVAL, () => {
      store.record.refresh();
      refreshLater();
    });
  };
  return {
    get: () => {
      store.record.refresh();
      return succeed(state());
    },
    change: async ({ changes }): Promise<Result<SettingsState>> => {
      const conflict = conflictIn(withChanges(store.settings, changes));
      if (conflict !== null) {
        return fail({ code: 'invalid-arguments', issue: `${conflict.key}: ${conflict.sentence}` });
      }
      await store.change(changes);
      return succeed(state());
    },
    follow: (_, sink: StreamSink<SettingsState>) => {
      const own = new DisposableStore();
      store.record.refresh();
      const publisher = own.add(
        new Publisher({ clock }, () => {
          if (sink.isCongested()) return false;
          sink.emit(state());
          return true;
        }),
      );
      for (const { onChange } of records) own.add(onChange.on(() => publisher.request()));
      publisher.request();
      followers += 1;
      if (followers === 1) refreshLater();
      own.add(
        onDispose(() => {
          followers -= 1;
          if (followers === 0) refreshing?.[Symbol.dispose]();
        }),
      );
      return own;
    },
  };
}

/** Settings with some changed. */
export function withChanges(settings: Settings, changes: SettingChanges): Settings {
  const next: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(changes)) {
    if (value !== undefined) next[key] = value ?? DEFAULT_SETTINGS[key as keyof Settings];
  }
  return next as Settings;
}
