/** What was read last, by number; of more than `most`, those not asked for longest are forgotten. */
export class PageCache<Page> {
  readonly #most: number;
  readonly #pages = new Map<number, Page>();

  constructor(most: number) {
    this.#most = most;
  }

  get(number: number, read: () => Page): Page {
    const known = this.#pages.get(number);
    if (known !== undefined) {
      this.#pages.delete(number);
      this.#pages.set(number, known);
      return known;
    }
    const page = read();
    this.#pages.set(number, page);
    if (this.#pages.size > this.#most) {
      for (const oldest of this.#pages.keys()) {
        this.#pages.delete(oldest);
        break;
      }
    }
    return page;
  }

  clear(): void {
    this.#pages.clear();
  }
}
