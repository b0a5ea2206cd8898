import { type Pages, ROUNDS_HOP } from './pages.ts';

/** Pages in memory, and how many bytes they are. */
export class MemoryPages implements Pages {
  readonly #pages = new Map<string, Uint8Array>();
  /** Pages read since the beginning. */
  reads = 0;
  /** Of those, pages of probes. */
  probesRead = 0;

  read(level: number, hop: number, node: number): Uint8Array | undefined {
    this.reads += 1;
    if (level === 0 && hop !== ROUNDS_HOP) this.probesRead += 1;
    return this.#pages.get(`${level} ${hop} ${node}`);
  }

  *readAll(level: number, hop: number): Iterable<{ node: number; bytes: Uint8Array }> {
    for (let node = 0; ; node += 1) {
      const bytes = this.#pages.get(`${level} ${hop} ${node}`);
      if (bytes === undefined) return;
      yield { node, bytes };
    }
  }

  write(level: number, hop: number, node: number, bytes: Uint8Array | null): void {
    const name = `${level} ${hop} ${node}`;
    if (bytes === null) this.#pages.delete(name);
    else this.#pages.set(name, bytes);
  }

  /** As if they had never been written. */
  forget(level: number): void {
    for (const name of this.#pages.keys()) if (Number.parseInt(name, 10) === level) this.#pages.delete(name);
  }

  bytes(level: (level: number) => boolean): number {
    const pages = [...this.#pages].filter(([name]) => level(Number.parseInt(name, 10)));
    return pages.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  }
}
