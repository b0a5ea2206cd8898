/** A thing that ends once: the callback runs at the first dispose, later ones do nothing. */
export function onDispose(callback: () => void): Disposable {
  let ended = false;
  return {
    [Symbol.dispose]() {
      if (ended) return;
      ended = true;
      callback();
    },
  };
}

/**
 * What an owner has opened. Disposing ends everything in reverse order of adding; a thing added afterwards is
 * ended at once. When one of them throws, the others are still ended and the first error is thrown at the end.
 */
export class DisposableStore implements Disposable {
  readonly #owned = new Set<Disposable>();
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership and gives the thing back, so that it can be opened and owned in one statement. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#disposed) disposable[Symbol.dispose]();
    else this.#owned.add(disposable);
    return disposable;
  }

  /** Ends one owned thing now and forgets it. */
  release(disposable: Disposable): void {
    if (this.#owned.delete(disposable)) disposable[Symbol.dispose]();
  }

  /** Forgets one owned thing without ending it: it has ended by itself. */
  forget(disposable: Disposable): void {
    this.#owned.delete(disposable);
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const disposable of [...this.#owned].reverse()) {
      try {
        disposable[Symbol.dispose]();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#owned.clear();
    if (errors.length > 0) throw errors[0];
  }
}
