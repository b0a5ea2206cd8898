import type { AlertRecord, AlertsState } from '../../../contract/alerts.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { EngineClient } from '../connection/engine-client.ts';

const NO_ALERTS: readonly AlertRecord[] = [];

/** Rules, how they stand, and alerts of now and before, as the engine has them. */
export class AlertStore {
  readonly #listeners = new Set<() => void>();
  #client: EngineClient | null = null;
  #state: AlertsState | null = null;
  #alerts: readonly AlertRecord[] = NO_ALERTS;
  #failure: Failure | null = null;
  #ends: (() => void)[] = [];

  /** Follows an engine until the returned disposable is disposed; what it told last stays. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    this.#open(client);
    return {
      [Symbol.dispose]: () => {
        this.#close();
        this.#client = null;
      },
    };
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  };

  /** Null until the engine has told. */
  readonly getState = (): AlertsState | null => this.#state;

  /** The newest first; the same object until one of them changes. */
  readonly getAlerts = (): readonly AlertRecord[] => this.#alerts;

  /** Why they are no longer followed; null while they are. */
  readonly getFailure = (): Failure | null => this.#failure;

  readonly retry = (): void => {
    if (this.#client !== null) this.#open(this.#client);
  };

  #open(client: EngineClient): void {
    this.#close();
    this.#failure = null;
    const onEnd = (failure: Failure | null) => {
      // That the connection is lost is told elsewhere.
      if (failure === null || failure.code === 'connection-lost') return;
      this.#failure = failure;
      this.#tell();
    };
    this.#ends = [
      client.alerts.follow(
        {},
        {
          onEvent: (state) => {
            this.#state = state;
            this.#tell();
          },
          onEnd,
        },
      ),
      client.alerts.history(
        {},
        {
          onEvent: ({ alerts }) => {
            this.#alerts = alerts;
            this.#tell();
          },
          onEnd,
        },
      ),
    ];
  }

  #close(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  #tell(): void {
    for (const changed of [...this.#listeners]) changed();
  }
}
