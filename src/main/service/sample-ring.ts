import type { Sample } from '../../contract/probe.ts';

/** The newest samples, each known by its place since the beginning; older ones are forgotten. */
export class SampleRing {
  readonly #capacity: number;
  readonly #samples: Sample[] = [];
  #nextIndex = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Place of the oldest sample kept. */
  get firstIndex(): number {
    return this.#nextIndex - this.#samples.length;
  }

  /** Place that the next sample will have. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  push(sample: Sample): void {
    this.#samples[this.#nextIndex % this.#capacity] = sample;
    this.#nextIndex += 1;
  }

  /** What is kept from a place on, oldest first. */
  from(index: number): Sample[] {
    const samples: Sample[] = [];
    for (let place = Math.max(index, this.firstIndex); place < this.#nextIndex; place += 1) {
      const sample = this.#samples[place % this.#capacity];
      if (sample !== undefined) samples.push(sample);
    }
    return samples;
  }
}
