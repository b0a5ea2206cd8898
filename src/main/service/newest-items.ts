/** The newest items of a series, each known by its place since the beginning; older ones are forgotten. */
export class NewestItems<T> {
  readonly #capacity: number;
  readonly #items: T[] = [];
  #nextIndex = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Place of the oldest one kept. */
  get firstIndex(): number {
    return this.#nextIndex - this.#items.length;
  }

  /** Place that the next one will have. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  push(item: T): void {
    this.#items[this.#nextIndex % this.#capacity] = item;
    this.#nextIndex += 1;
  }

  /** What is kept from a place on, oldest first. */
  from(index: number): T[] {
    const items: T[] = [];
    for (let place = Math.max(index, this.firstIndex); place < this.#nextIndex; place += 1) {
      const item = this.#items[place % this.#capacity];
      if (item !== undefined) items.push(item);
    }
    return items;
  }
}
