import { elapsed, type Milliseconds, type MonotonicMilliseconds, seconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';

/** What asking came to: an answer, the word that there is none, or no word at all. */
export type Asked<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed' };

/** Questions under way at once: a path has some twenty hops, and name servers do not like bursts. */
const IN_FLIGHT_LIMIT = 4;

/** Questions that may wait; beyond them a question is dropped, and asked again when it is wanted again. */
const WAITING_LIMIT = 1_000;

/** Answers kept; the one longest not wanted goes first. */
const KEPT_LIMIT = 10_000;

/** How long one question may take before it counts as failed, whatever the resolver does. */
const PATIENCE = seconds(8);

/** How long an answer holds. Names of routers change by the month; what failed may be a passing trouble. */
const LIFETIMES: Readonly<Record<Asked<unknown>['kind'], Milliseconds>> = {
  found: seconds(3_600),
  none: seconds(600),
  failed: seconds(60),
};

interface Kept<T> {
  readonly asked: Asked<T>;
  readonly at: MonotonicMilliseconds;
}

export interface BackgroundAnswersDeps<T> {
  readonly clock: Clock;
  /** Asks the network. Aborting the signal ends it; a rejection counts as `failed`. */
  readonly ask: (key: string, signal: AbortSignal) => Promise<Asked<T>>;
}

/**
 * Answers to questions about addresses, asked in the background: reading is a look into a table and never waits. A few
 * questions are under way at once, one that hangs holds up none behind it for longer than its patience, and answers of
 * every kind are kept for their time, so that nothing is asked twice in a row.
 */
export class BackgroundAnswers<T> implements Disposable {
  readonly #deps: BackgroundAnswersDeps<T>;
  /** In the order in which they were last wanted. */
  readonly #kept = new Map<string, Kept<T>>();
  readonly #waiting = new Set<string>();
  readonly #inFlight = new Map<string, AbortController>();
  readonly #onAnswer = new Emitter<void>();
  #isDisposed = false;

  constructor(deps: BackgroundAnswersDeps<T>) {
    this.#deps = deps;
  }

  /** What is known now; null when nothing is, or not yet. */
  get(key: string): T | null {
    const kept = this.#kept.get(key);
    return kept?.asked.kind === 'found' ? kept.asked.value : null;
  }

  /** Asks in the background unless there is a fresh answer, or it is being asked already. */
  want(key: string): void {
    if (this.#isDisposed || this.#waiting.has(key) || this.#inFlight.has(key)) return;
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      if (elapsed(kept.at, this.#deps.clock.now()) < LIFETIMES[kept.asked.kind]) return;
    }
    if (this.#waiting.size >= WAITING_LIMIT) return;
    this.#waiting.add(key);
    this.#askNext();
  }

  /** Resolves when none of the keys is being asked any more, at the latest after `limit`, or on dispose. */
  settled(keys: readonly string[], limit: Milliseconds): Promise<void> {
    const isOpen = () => keys.some((key) => this.#waiting.has(key) || this.#inFlight.has(key));
    if (limit <= 0 || this.#isDisposed || !isOpen()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        timer[Symbol.dispose]();
        listening[Symbol.dispose]();
        resolve();
      };
      const timer = this.#deps.clock.after(limit, finish);
      const listening = this.#onAnswer.on(() => {
        if (this.#isDisposed || !isOpen()) finish();
      });
    });
  }

  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#waiting.clear();
    for (const asking of this.#inFlight.values()) asking.abort();
    this.#inFlight.clear();
    this.#onAnswer.emit();
  }

  #askNext(): void {
    for (const key of this.#waiting) {
      if (this.#inFlight.size >= IN_FLIGHT_LIMIT) return;
      this.#waiting.delete(key);
      this.#ask(key);
    }
  }

  #ask(key: string): void {
    const asking = new AbortController();
    this.#inFlight.set(key, asking);
    const finish = (asked: Asked<T>) => {
      if (asking.signal.aborted) return;
      patience[Symbol.dispose]();
      asking.abort(); // whatever still goes on for it is of no more use
      this.#inFlight.delete(key);
      this.#keep(key, asked);
      this.#askNext();
      this.#onAnswer.emit();
    };
    const patience = this.#deps.clock.after(PATIENCE, () => finish({ kind: 'failed' }));
    asking.signal.addEventListener('abort', () => patience[Symbol.dispose](), { once: true });
    this.#deps.ask(key, asking.signal).then(finish, () => finish({ kind: 'failed' }));
  }

  #keep(key: string, asked: Asked<T>): void {
    const before = this.#kept.get(key);
    this.#kept.delete(key);
    // A name that cannot be asked for just now is still the name.
    const isPassing = asked.kind === 'failed' && before?.asked.kind === 'found';
    this.#kept.set(key, { asked: isPassing ? before.asked : asked, at: this.#deps.clock.now() });
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT_LIMIT && oldest.done !== true) this.#kept.delete(oldest.value);
  }
}

/** What an error of a resolver means: that there is no such record, or that nobody could say. Its codes are an open set. */
export function askedOfError(error: unknown): { readonly kind: 'none' } | { readonly kind: 'failed' } {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return { kind: 'none' };
    default:
      return { kind: 'failed' };
  }
}
