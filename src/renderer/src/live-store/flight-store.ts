import type { Failure } from '../../../contract/failure.ts';
import type { FlightState } from '../../../contract/flight.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { worthTelling } from './worth-telling.ts';

const LOST: Failure = { code: 'connection-lost' };

/** What the flight recorder records, followed while somebody looks at it. */
export class FlightStore {
  readonly #listeners = new Set<() => void>();
  #client: EngineClient | null = null;
  #state: FlightState | null = null;
  #failure: Failure | null = null;
  #close: (() => void) | null = null;

  /** Null before the engine has told. */
  readonly getState = (): FlightState | null => this.#state;

  /** Why it is no longer followed although the engine is there; null while it is. */
  readonly getFailure = (): Failure | null => this.#failure;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    if (this.#listeners.size === 1) this.#open();
    return () => {
      this.#listeners.delete(changed);
      if (this.#listeners.size === 0) this.#end();
    };
  };

  readonly retry = (): void => {
    if (this.#failure !== null) this.#open();
  };

  /** Records a target from now on. Gives why not, or null. */
  async add(target: string): Promise<Failure | null> {
    if (this.#client === null) return LOST;
    const added = await this.#client.flight.add({ target });
    return added.ok ? null : added.failure;
  }

  /** Records it no longer. Gives why not, or null. */
  async remove(flightId: string): Promise<Failure | null> {
    if (this.#client === null) return LOST;
    const removed = await this.#client.flight.remove({ flightId });
    return removed.ok ? null : removed.failure;
  }

  /** Follows an engine until disposed; what the last one told stays. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    if (this.#listeners.size > 0) this.#open();
    return {
      [Symbol.dispose]: () => {
        if (this.#client !== client) return;
        this.#end();
        this.#client = null;
        this.#failure = null;
        this.#tell();
      },
    };
  }

  #open(): void {
    this.#end();
    this.#failure = null;
    this.#close =
      this.#client?.flight.follow(
        {},
        {
          onEvent: (state) => {
            this.#state = state;
            this.#tell();
          },
          onEnd: (failure) => {
            this.#failure = worthTelling(failure);
            this.#tell();
          },
        },
      ) ?? null;
  }

  #end(): void {
    this.#close?.();
    this.#close = null;
  }

  #tell(): void {
    for (const changed of [...this.#listeners]) changed();
  }
}
