import type { Failure } from '../../../contract/failure.ts';
import {
  DEFAULT_SETTINGS,
  type SettingChanges,
  type Settings,
  type SettingsState,
} from '../../../contract/settings.ts';
import type { EngineClient } from '../connection/engine-client.ts';

/** The person's settings as the engine has them; the defaults until it has told. */
export class SettingsStore {
  readonly #listeners = new Set<() => void>();
  #client: EngineClient | null = null;
  #state: SettingsState | null = null;
  #failure: Failure | null = null;
  #follow: (() => void) | null = null;

  /** Follows an engine until the returned disposable is disposed; what it told last stays. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    this.#open(client);
    return {
      [Symbol.dispose]: () => {
        this.#follow?.();
        this.#follow = null;
        this.#client = null;
      },
    };
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  };

  /** Null until the engine has told. */
  readonly getState = (): SettingsState | null => this.#state;

  /** The same object until one of them changes. */
  readonly getSettings = (): Settings => this.#state?.settings ?? DEFAULT_SETTINGS;

  /** Why settings are no longer followed; null while they are. */
  readonly getFailure = (): Failure | null => this.#failure;

  readonly retry = (): void => {
    if (this.#client !== null) this.#open(this.#client);
  };

  /** Changes settings; the new ones come as they come to every page. Gives why not, or null. */
  async change(changes: SettingChanges): Promise<Failure | null> {
    if (this.#client === null) return { code: 'connection-lost' };
    const changed = await this.#client.settings.change({ changes });
    return changed.ok ? null : changed.failure;
  }

  #open(client: EngineClient): void {
    this.#failure = null;
    this.#follow?.();
    this.#follow = client.settings.follow(
      {},
      {
        onEvent: (state) => this.#become(state),
        onEnd: (failure) => {
          // That the connection is lost is told elsewhere.
          if (failure === null || failure.code === 'connection-lost') return;
          this.#failure = failure;
          this.#tell();
        },
      },
    );
  }

  #become(state: SettingsState): void {
    const before = this.#state?.settings ?? DEFAULT_SETTINGS;
    // What is drawn from settings is drawn anew only when they are others.
    const settings = JSON.stringify(before) === JSON.stringify(state.settings) ? before : state.settings;
    this.#state = { ...state, settings };
    this.#tell();
  }

  #tell(): void {
    for (const changed of [...this.#listeners]) changed();
  }
}
