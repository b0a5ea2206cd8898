import type { Usual } from '../alerts/hour-baseline.ts';

/** Answers that what is usual is made of: an hour, at one each ten seconds. */
const REMEMBERED = 360;

/** Fewer make no baseline: five minutes of rest, at one each ten seconds. */
const FEWEST = 30;

/** From quartiles to a standard deviation, were the round trips normally distributed. */
const QUARTILES_PER_SPREAD = 1.349;

/** Far above the usual: so many spreads, so much of the median and so long, whichever is most. */
const FAR = { spreads: 8, factor: 2, marginMs: 25 } as const;

/** What round trips are usual at rest, of the last hour or so of it. Bounded memory. */
export class UsualRoundTrip {
  #rtts: number[] = [];
  #known: Usual | null = null;

  /** Takes the round trip of a round in which all was well. */
  take(rttMs: number): void {
    this.#rtts.push(rttMs);
    if (this.#rtts.length > REMEMBERED) this.#rtts.shift();
    this.#known = null;
  }

  /** Null while too few are known. */
  get usual(): Usual | null {
    if (!this.isKnown) return null;
    this.#known ??= usualOf(this.#rtts);
    return this.#known;
  }

  /** Whether it knows enough to say what is usual. */
  get isKnown(): boolean {
    return this.#rtts.length >= FEWEST;
  }

  /** Longer ones are far above the usual. */
  get limitMs(): number | null {
    const { usual } = this;
    if (usual === null) return null;
    const { medianMs, spreadMs } = usual;
    return Math.max(medianMs + FAR.spreads * spreadMs, FAR.factor * medianMs, medianMs + FAR.marginMs);
  }

  forget(): void {
    this.#rtts = [];
    this.#known = null;
  }
}

function usualOf(rtts: readonly number[]): Usual {
  const sorted = rtts.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { medianMs: at(0.5), spreadMs: (at(0.75) - at(0.25)) / QUARTILES_PER_SPREAD };
}
