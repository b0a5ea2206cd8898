import type { PathStore } from './path-store.ts';

/** How often tiles are drawn. A hundred paths each with its own moment would have the page drawn in every frame. */
const BEAT_MS = 500;

export interface PulseBeatDeps {
  readonly store: Pick<PathStore, 'subscribePulse'>;
  /** Calls once after a delay. */
  readonly after: (delayMs: number, callback: () => void) => void;
}

/** Tells of every pulse that changed on one common beat, so that a hundred tiles are drawn at once and not one by one. */
export class PulseBeat {
  readonly #deps: PulseBeatDeps;
  readonly #due = new Set<() => void>();

  constructor(deps: PulseBeatDeps) {
    this.#deps = deps;
  }

  /** Calls after changes of the pulse of a path, once for those between two beats; the function returned ends it. */
  subscribe(pathId: string, changed: () => void): () => void {
    const unsubscribe = this.#deps.store.subscribePulse(pathId, () => {
      if (this.#due.size === 0) this.#deps.after(BEAT_MS, this.#tell);
      this.#due.add(changed);
    });
    return () => {
      unsubscribe();
      this.#due.delete(changed);
    };
  }

  readonly #tell = (): void => {
    const due = [...this.#due];
    this.#due.clear();
    for (const changed of due) changed();
  };
}
