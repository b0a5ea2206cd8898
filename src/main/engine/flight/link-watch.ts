import type { Round } from '../../../contract/path.ts';
import type { Sign } from './anomaly-signs.ts';

/** Rounds in a row of which no probe could be sent; a single one is a route that is changed just then. */
const UNSENT_ROUNDS = 2;

/** Whether anything can leave this machine: not while its interface is gone, nor when whole rounds cannot be sent. */
export class LinkWatch {
  /** Since sending has failed in a way that may mean it. */
  #doubtedAt: number | null = null;
  #unsent = 0;
  #lostAt: number | null = null;
  /** It was lost until that was taken for usual, and no round has left since. */
  #isLossUsual = false;

  get isLost(): boolean {
    return this.#lostAt !== null;
  }

  /** Sending failed; @param isCertain nothing can leave until something else is said */
  doubt(atEpochMs: number, isCertain: boolean): void {
    if (this.#isLossUsual) return;
    this.#doubtedAt ??= atEpochMs;
    if (isCertain) this.#lostAt ??= atEpochMs;
  }

  take({ hops, atEpochMs }: Round): void {
    const isUnsent = hops.length > 0 && hops.every(({ fate }) => fate === 'send-failed');
    if (!isUnsent) {
      this.#unsent = 0;
      // What had left before tells nothing of now.
      if (hops.length > 0 && atEpochMs > (this.#lostAt ?? this.#doubtedAt ?? 0)) {
        this.#doubtedAt = null;
        this.#lostAt = null;
        this.#isLossUsual = false;
      }
      return;
    }
    if (this.#doubtedAt === null) return;
    this.#unsent += 1;
    if (this.#unsent >= UNSENT_ROUNDS) this.#lostAt ??= this.#doubtedAt;
  }

  get sign(): Sign {
    const { isLost } = this;
    return { isMet: isLost, isOver: !isLost, sinceEpochMs: this.#lostAt, anomaly: { kind: 'no-link' } };
  }

  /** What was wrong is usual from now on. */
  forget(): void {
    this.#isLossUsual = this.isLost;
    this.#doubtedAt = null;
    this.#lostAt = null;
    this.#unsent = 0;
  }
}
