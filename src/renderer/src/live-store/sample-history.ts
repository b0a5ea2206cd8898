import { KEPT_SAMPLES } from '../../../contract/monitor.ts';
import type { Sample } from '../../../contract/probe.ts';

/** The last samples of one monitor, as many as the engine keeps, each at its place in the order of completion. */
export class SampleHistory {
  #samples: Sample[] = [];
  #nextIndex = 0;
  #newestEpochMs = 0;

  /** The place of the next sample that is not here yet. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  /** When the newest probe was sent, or 0. */
  get newestEpochMs(): number {
    return this.#newestEpochMs;
  }

  /** Adds samples whose first has the place `firstIndex`. Those that are here already are left out. */
  append(firstIndex: number, samples: readonly Sample[]): void {
    const known = Math.max(0, this.#nextIndex - firstIndex);
    const added = samples.slice(known);
    this.#nextIndex = Math.max(this.#nextIndex, firstIndex + samples.length);
    this.#samples.push(...added);
    if (this.#samples.length > KEPT_SAMPLES) this.#samples = this.#samples.slice(-KEPT_SAMPLES);
    for (const { sentAtEpochMs } of added) this.#newestEpochMs = Math.max(this.#newestEpochMs, sentAtEpochMs);
  }

  clear(): void {
    this.#samples = [];
    this.#nextIndex = 0;
    this.#newestEpochMs = 0;
  }

  toArray(): readonly Sample[] {
    return this.#samples.slice();
  }
}
