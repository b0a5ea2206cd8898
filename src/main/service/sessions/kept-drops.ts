/** Changes of the count that are remembered: more than happen within the minutes that a session may begin before now. */
const MOST_CHANGES = 1_024;

interface Change {
  /** Session time of the last round when it was told. */
  readonly atEpochMs: number;
  /** As the path counts since it began. */
  readonly count: number;
}

/** Datagrams dropped on this machine within a session: a path counts them since it began, which may be long before. */
export class KeptDrops {
  /** What is to be added to what the path counts: of earlier programs; negative when it began before the session. */
  readonly #before: number;
  #changes: readonly Change[];

  constructor(before: number, changes: readonly Change[] = []) {
    this.#before = before;
    this.#changes = changes;
  }

  /** Those within the session. */
  get count(): number {
    return this.#before + this.#told;
  }

  /** @param count what the path counts now */
  take(count: number, atEpochMs: number): void {
    if (count !== this.#told) this.#changes = [...this.#changes, { atEpochMs, count }].slice(-MOST_CHANGES);
  }

  /** Of a session of the same path that begins at a moment. */
  since(epochMs: number): KeptDrops {
    const before = this.#changes.findLast(({ atEpochMs }) => atEpochMs < epochMs)?.count ?? 0;
    return new KeptDrops(-before, this.#changes);
  }

  get #told(): number {
    return this.#changes.at(-1)?.count ?? 0;
  }
}
