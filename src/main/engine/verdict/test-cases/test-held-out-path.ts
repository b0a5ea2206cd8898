/** Paths of the held-out cases: written down in one line each, so that every case can have its own. */

/** What is told of a hop beyond its address and delay: keys of a scenario's hop. */
export type HopExtras = Readonly<Record<number, object>>;

const ADDRESS_AND_DELAY = /^(.+)@([\d.]+)$/;

/**
 * Hops from `address@delay` in milliseconds one way, `-@delay` for a silent one. Each link has a little jitter, more on
 * a longer one, and each router takes a moment to answer. `extras` adds to the hop of that number (from 1).
 */
export function hopsOf(line: string, extras: HopExtras = {}): object[] {
  return line
    .trim()
    .split(/\s+/)
    .map((word, index) => {
      const [, address, delay] = ADDRESS_AND_DELAY.exec(word) ?? [];
      if (address === undefined) throw new Error(`${word} is no address@delay`);
      const delayMs = Number(delay);
      return {
        ...(address === '-' ? { isSilent: true } : { address }),
        delayMs,
        jitter: { kind: 'exponential', meanMs: 0.05 + delayMs / 100 },
        answerJitter: { kind: 'exponential', meanMs: 0.3 },
        ...extras[index + 1],
      };
    });
}

/** The machine behind the last hop, with a little jitter of its own. */
export function serverWith(extras: object = {}): object {
  return { delayMs: 0.3, jitter: { kind: 'exponential', meanMs: 0.08 }, ...extras };
}

/** The most of a scenario: its seed, its hops and the address that is probed. */
export function pathTo(target: string, seed: number, hops: object[], rest: object = {}): object {
  return { seed, hops, destination: serverWith(), targets: [{ address: target }], ...rest };
}
