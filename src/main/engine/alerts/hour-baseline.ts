import { Quantiles } from '../statistics/quantiles.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Days on which an hour was measured that are remembered of it: every day of the week has its say. */
export const BASELINE_DAYS = 7;

/** Fewest round trips that make an hour's baseline. */
const FEWEST_ROUND_TRIPS = 60;

/** From quartiles to a standard deviation, were the round trips normally distributed. */
const QUARTILES_PER_SPREAD = 1.349;

/** Least distances from the usual that are unusual: what a person calls slow begins there (mtr's issue 139). */
const LEAST_FACTOR = 1.2;
const LEAST_MARGIN_MS = 5;

/** One hour of one day. */
export interface MeasuredHour {
  /** Hours since the epoch, of Universal Time: its days have 24 of them all year round. */
  readonly hour: number;
  readonly medianMs: number;
  /** Distance of its quartiles as a standard deviation. */
  readonly spreadMs: number;
}

/** What is usual in an hour of the day. */
export interface Usual {
  readonly medianMs: number;
  readonly spreadMs: number;
}

/**
 * What round trips are usual in each hour of the day: of the same hour of the last seven days that have it, the
 * median of the medians and of the spreads, so that one bad day does not become the rule. Bounded memory, constant work a round but for one
 * an hour.
 */
export class HourBaseline {
  /** By hour of the day, oldest day first. */
  readonly #days: MeasuredHour[][] = Array.from({ length: HOURS }, () => []);
  #hour: number | null = null;
  #current = new Quantiles();
  #usual: Usual | null = null;

  /** @param measured hours measured before, in any order */
  constructor(measured: readonly MeasuredHour[] = []) {
    for (const hour of measured.toSorted((a, b) => a.hour - b.hour)) this.#remember(hour);
  }

  /** Everything to begin with next time. */
  get measured(): readonly MeasuredHour[] {
    return this.#days.flat();
  }

  /** What is usual in the hour of the last round trip; null while no earlier day has measured it. */
  get usual(): Usual | null {
    return this.#usual;
  }

  /** Takes the next round trip. Says whether an hour was completed that is to be remembered. */
  take(rttMs: number, atEpochMs: number): boolean {
    const hour = Math.floor(atEpochMs / HOUR_MS);
    const isAnother = hour !== this.#hour;
    const isCompleted = isAnother && this.#complete();
    if (isAnother) {
      this.#hour = hour;
      this.#current = new Quantiles();
      this.#usual = usualOf(this.#daysOf(hour));
    }
    this.#current.add(rttMs);
    return isCompleted;
  }

  #complete(): boolean {
    const median = this.#current.quantile(0.5);
    const [low, high] = [this.#current.quantile(0.25), this.#current.quantile(0.75)];
    if (this.#hour === null || median === null || low === null || high === null) return false;
    if (this.#current.count < FEWEST_ROUND_TRIPS) return false;
    this.#remember({ hour: this.#hour, medianMs: median, spreadMs: (high - low) / QUARTILES_PER_SPREAD });
    return true;
  }

  #remember(measured: MeasuredHour): void {
    const days = this.#daysOf(measured.hour);
    const others = days.filter(({ hour }) => hour !== measured.hour);
    days.splice(0, days.length, ...[...others, measured].slice(-BASELINE_DAYS));
  }

  #daysOf(hour: number): MeasuredHour[] {
    return this.#days[hour % HOURS] as MeasuredHour[];
  }
}

/** Round trips longer than this are unusual: so many spreads above the usual one, and enough that a person would notice. */
export function unusualAbove({ medianMs, spreadMs }: Usual, spreads: number): number {
  return Math.max(medianMs + spreads * spreadMs, LEAST_FACTOR * medianMs, medianMs + LEAST_MARGIN_MS);
}

function usualOf(days: readonly MeasuredHour[]): Usual | null {
  if (days.length === 0) return null;
  return {
    medianMs: medianOf(days.map(({ medianMs }) => medianMs)),
    spreadMs: medianOf(days.map(({ spreadMs }) => spreadMs)),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
