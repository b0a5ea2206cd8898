import type { Client } from '../../../contract/client.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Monitor } from '../../../contract/monitor.ts';
import { onDispose } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Paths } from './trouble-level.ts';

/** What is watched, as the shell around the page sees it: through the contract, and without hearing every round. */
export class WatchedTargets implements Disposable {
  readonly onChange = new Emitter<void>();
  readonly #client: Pick<Client<HopscopeContract>, 'path' | 'monitor'>;
  readonly #streams: readonly Disposable[];
  #paths: Paths = [];
  #monitors: readonly Monitor[] = [];

  constructor(client: Pick<Client<HopscopeContract>, 'path' | 'monitor'>) {
    this.#client = client;
    const onEnd = () => {}; // the engine ends with the app
    this.#streams = [
      client.path.conditions(
        {},
        {
          onEvent: ({ paths }) => {
            this.#paths = paths;
            this.onChange.emit();
          },
          onEnd,
        },
      ),
      client.monitor.list(
        {},
        {
          onEvent: ({ monitors }) => {
            this.#monitors = monitors;
            this.onChange.emit();
          },
          onEnd,
        },
      ),
    ].map(onDispose);
  }

  get paths(): Paths {
    return this.#paths;
  }

  /** Whether anything is being measured, or would be if it could. */
  get isActive(): boolean {
    return (
      this.#paths.some(({ condition }) => condition !== 'paused') ||
      this.#monitors.some(({ state }) => state.phase !== 'paused')
    );
  }

  pauseAll(): void {
    for (const { pathId, condition } of this.#paths)
      if (condition !== 'paused') void this.#client.path.pause({ pathId });
    for (const { monitorId, state } of this.#monitors)
      if (state.phase !== 'paused') void this.#client.monitor.pause({ monitorId });
  }

  /** What has failed is tried again as well. */
  resumeAll(): void {
    for (const { pathId, condition } of this.#paths)
      if (condition === 'paused' || condition === 'failed') void this.#client.path.resume({ pathId });
    for (const { monitorId, state } of this.#monitors)
      if (state.phase === 'paused' || state.phase === 'failed') void this.#client.monitor.resume({ monitorId });
  }

  [Symbol.dispose](): void {
    for (const stream of this.#streams) stream[Symbol.dispose]();
  }
}
