/** What was read last, by name; of more than `most`, those not asked for longest are forgotten. */
export class PageCache<Page> {
  readonly #most: number;
  readonly #pages = new Map<string, Page>();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string, read: () => Page): Page {
    const known = this.#pages.get(name);
    if (known !== undefined) {
      this.#pages.delete(name);
      this.#pages.set(name, known);
      return known;
    }
    const page = read();
    this.#pages.set(name, page);
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
