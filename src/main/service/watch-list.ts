import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import type { StreamSink } from '../../contract/serve.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import type { Random } from '../base/random.ts';
import { Publisher } from './publisher.ts';

/** Something that goes on until it is removed, whoever added it. */
export interface Watched extends Disposable {
  /** What a list tells of it has changed. */
  readonly onChange: Emitter<void>;
}

export interface WatchListDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Things watched, each under an identifier, in the order of adding; disposing ends all. */
export class WatchList<T extends Watched> implements Disposable {
  readonly onRemove = new Emitter<string>();
  readonly #deps: WatchListDeps;
  readonly #what: { readonly one: string; readonly several: string; readonly limit: number };
  readonly #items = new Map<string, T>();
  readonly #owned = new DisposableStore();
  /** One was added or removed, or its state has changed. */
  readonly #onChange = new Emitter<void>();

  /** @param what names them in failures, and says how many there may be */
  constructor(deps: WatchListDeps, what: { readonly one: string; readonly several: string; readonly limit: number }) {
    this.#deps = deps;
    this.#what = what;
  }

  add(create: (id: string) => T): Result<T> {
    const { several, limit } = this.#what;
    if (this.#items.size >= limit) return fail({ code: 'limit-reached', what: several, limit });
    // Not a count: an identifier from before a restart of the engine must not name another thing.
    const id = [1, 2].map(() => this.#deps.random.uint32().toString(16).padStart(8, '0')).join('');
    const item = this.#owned.add(create(id));
    this.#items.set(id, item);
    item.onChange.on(() => this.#onChange.emit());
    this.#onChange.emit();
    return succeed(item);
  }

  find(id: string): Result<T> {
    const item = this.#items.get(id);
    return item === undefined ? fail(this.#notFound(id)) : succeed(item);
  }

  remove(id: string): Result<null> {
    const item = this.#items.get(id);
    if (item === undefined) return fail(this.#notFound(id));
    this.#items.delete(id);
    this.#owned.release(item);
    this.onRemove.emit(id);
    this.#onChange.emit();
    return succeed(null);
  }

  /** Tells `sink` what `describe` makes of all of them, now and at every change; at those that `also` tells of too. */
  list<E>(sink: StreamSink<E>, describe: (items: readonly T[]) => E, also?: Emitter<void>): Disposable {
    const own = new DisposableStore();
    const publisher = own.add(
      new Publisher(this.#deps, () => {
        if (sink.isCongested()) return false;
        sink.emit(describe([...this.#items.values()]));
        return true;
      }),
    );
    own.add(this.#onChange.on(() => publisher.request()));
    if (also !== undefined) own.add(also.on(() => publisher.request()));
    publisher.request();
    return own;
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
    this.#items.clear();
  }

  #notFound(id: string): Failure {
    return { code: 'not-found', what: this.#what.one, id };
  }
}
