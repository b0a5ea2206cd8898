import { type Failure, fail, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import {
  DEFAULT_SETTINGS,
  type SettingChanges,
  type Settings,
  type SettingsState,
} from '../../../contract/settings.ts';

/** The settings of a test engine, kept as long as it lives. */
export class TestSettings {
  state: SettingsState = {
    settings: DEFAULT_SETTINGS,
    changed: [],
    ignored: [],
    path: '/home/test/.config/hopscope/settings.json',
    troubles: [],
  };
  /** What `change` answers instead of changing anything. */
  refusal: Failure | null = null;
  readonly handlers: Handlers<HopscopeContract>['settings'] = {
    get: () => succeed(this.state),
    change: ({ changes }) => {
      this.#calls.push(`settings.change ${JSON.stringify(changes)}`);
      if (this.refusal !== null) return fail(this.refusal);
      this.change(changes);
      return succeed(this.state);
    },
    follow: (_, sink) => {
      this.#sinks.add(sink);
      sink.emit(this.state);
      return { [Symbol.dispose]: () => void this.#sinks.delete(sink) };
    },
  };
  readonly #calls: string[];
  readonly #sinks = new Set<StreamSink<SettingsState>>();

  constructor(calls: string[]) {
    this.#calls = calls;
  }

  /** Changes settings as another window would. */
  change(changes: SettingChanges): void {
    const settings: Record<string, unknown> = { ...this.state.settings };
    const changed = new Set(this.state.changed);
    for (const [key, value] of Object.entries(changes)) {
      settings[key] = value ?? DEFAULT_SETTINGS[key as keyof Settings];
      if (value === null) changed.delete(key);
      else changed.add(key);
    }
    this.become({ settings: settings as Settings, changed: [...changed] });
  }

  /** Tells everyone who follows. */
  become(state: Partial<SettingsState>): void {
    this.state = { ...this.state, ...state };
    for (const sink of this.#sinks) sink.emit(this.state);
  }
}
