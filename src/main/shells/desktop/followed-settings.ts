import type { Client } from '../../../contract/client.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import { DEFAULT_SETTINGS } from '../../../contract/settings.ts';
import { onDispose } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';

/** The settings that the shell around the page obeys, whoever changes them: its menu, or a page. */
export class FollowedSettings implements Disposable {
  /** The shell has to do otherwise than before. */
  readonly onChange = new Emitter<void>();
  readonly #client: Pick<Client<HopscopeContract>, 'settings'>;
  readonly #stream: Disposable;
  #notifications: boolean = DEFAULT_SETTINGS.notifications;
  /** Not before it is known: who has switched it off has switched it off. */
  #updates = false;

  constructor(client: Pick<Client<HopscopeContract>, 'settings'>) {
    this.#client = client;
    this.#stream = onDispose(
      client.settings.follow(
        {},
        {
          onEvent: ({ settings: { notifications, updates } }) => {
            if (notifications === this.#notifications && updates === this.#updates) return;
            this.#notifications = notifications;
            this.#updates = updates;
            this.onChange.emit();
          },
          onEnd: () => {}, // the engine ends with the app
        },
      ),
    );
  }

  /** Whether the person wants to be told of trouble while not looking. */
  get notifications(): boolean {
    return this.#notifications;
  }

  /** Whether the person wants newer versions to be looked for. */
  get updates(): boolean {
    return this.#updates;
  }

  /** Changes {@link notifications}; what keeps it from being written down is said on the page. */
  notify(isWanted: boolean): void {
    void this.#client.settings.change({ changes: { notifications: isWanted } });
  }

  [Symbol.dispose](): void {
    this.#stream[Symbol.dispose]();
  }
}
