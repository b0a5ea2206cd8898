import type { Anomaly } from '../../../contract/flight.ts';
import type { Round } from '../../../contract/path.ts';
import { BeyondCount } from '../alerts/beyond-count.ts';
import { UsualRoundTrip } from './usual-round-trip.ts';

/**
 * One sign of trouble, round by round. It is met, or over, or between the two, where whoever asks stays with what they
 * thought before.
 */
export interface Sign {
  readonly isMet: boolean;
  readonly isOver: boolean;
  /** What is wrong, when it is met. */
  readonly anomaly: Anomaly;
  /** Session time of the first round that belongs to it; null without one. */
  readonly sinceEpochMs: number | null;
}

/** Rounds in a row without an answer. By chance, at 1 % loss, three are so once in a million. */
const UNREACHABLE_ROUNDS = 3;
/** Lost rounds of the last twenty: by chance, at 2 % loss, one in twenty thousand. All is well with one at most. */
const LOSS = { lost: 5, of: 20, wellUntil: 1 } as const;
/** Answers far above the usual, of the last five. */
const SLOW = { beyond: 4, of: 5, wellUntil: 1 } as const;

/** What rounds tell of trouble at the destination. Constant work a round. */
export class AnomalySigns {
  readonly #usual = new UsualRoundTrip();
  /** Nobody knows whether a destination that never answered would. */
  #hasAnswered = false;
  #run = 0;
  #runSince: number | null = null;
  #isRefused = false;
  #lost = new BeyondCount(LOSS.of);
  #lostAt: number[] = [];
  /** Loss that lasted until it was taken for usual, and was not over since: it is no sign, nor are a few lost in a row. */
  #isLossUsual = false;
  #slow = new BeyondCount(SLOW.of);
  #slowAt: number[] = [];
  #worstMs = 0;

  /**
   * Takes a round; says whether it was good: answered, and no slower than is usual. Null when it tells nothing.
   * @param isAtRest it is part of what is usual
   */
  take({ roundTrip, atEpochMs }: Round, isAtRest: boolean): boolean | null {
    if (roundTrip === null) return null;
    const isAnswered = roundTrip.fate === 'answered' || roundTrip.fate === 'late';
    if (isAnswered) this.#hasAnswered = true;
    if (!this.#hasAnswered) return null;
    this.#lost.take(!isAnswered);
    if (this.#lost.isFull && this.#lost.beyond <= LOSS.wellUntil) this.#isLossUsual = false;
    if (isAnswered) {
      this.#run = 0;
      this.#runSince = null;
    } else {
      this.#lostAt = [...this.#lostAt, atEpochMs].slice(-LOSS.of);
      this.#run += 1;
      this.#runSince ??= atEpochMs;
      this.#isRefused = roundTrip.fate === 'refused' && (this.#isRefused || this.#run === 1);
      return false;
    }
    return roundTrip.rttMs === null ? true : this.#takeRtt(roundTrip.rttMs, atEpochMs, isAtRest);
  }

  #takeRtt(rttMs: number, atEpochMs: number, isAtRest: boolean): boolean {
    const { limitMs } = this.#usual;
    const isSlow = limitMs !== null && rttMs > limitMs;
    if (limitMs !== null) this.#slow.take(isSlow);
    if (isSlow) {
      this.#worstMs = this.#slow.beyond === 1 ? rttMs : Math.max(this.#worstMs, rttMs);
      this.#slowAt = [...this.#slowAt, atEpochMs].slice(-SLOW.of);
    } else if (isAtRest) {
      this.#usual.take(rttMs);
    }
    return !isSlow;
  }

  /** The destination answered before now: so long took its answers at rest, the oldest first. */
  learn(restRttsMs: readonly number[]): void {
    this.#hasAnswered = true;
    if (this.#usual.isKnown) return;
    for (const rttMs of restRttsMs) {
      const { limitMs } = this.#usual;
      if (limitMs === null || rttMs <= limitMs) this.#usual.take(rttMs);
    }
  }

  get all(): readonly Sign[] {
    return [this.#unreachable(), this.#loss(), this.#slowness()];
  }

  /** What was wrong is usual from now on. */
  forget(): void {
    this.#usual.forget();
    this.#hasAnswered = false;
    this.#isLossUsual = this.#lost.beyond > LOSS.wellUntil;
    this.#run = 0;
    this.#runSince = null;
    this.#lost = new BeyondCount(LOSS.of);
    this.#slow = new BeyondCount(SLOW.of);
  }

  #unreachable(): Sign {
    return {
      // Where half is usually lost, twenty in a row are so once in a million.
      isMet: this.#run >= (this.#isLossUsual ? LOSS.of : UNREACHABLE_ROUNDS),
      isOver: this.#run === 0,
      anomaly: { kind: 'unreachable', rounds: this.#run, isRefused: this.#isRefused },
      sinceEpochMs: this.#runSince,
    };
  }

  #loss(): Sign {
    const { beyond, known } = this.#lost;
    return {
      isMet: beyond >= LOSS.lost && !this.#isLossUsual,
      isOver: beyond <= LOSS.wellUntil || this.#isLossUsual,
      anomaly: { kind: 'loss', lost: beyond, of: known },
      sinceEpochMs: this.#lostAt.at(-beyond) ?? null,
    };
  }

  #slowness(): Sign {
    const { beyond, known } = this.#slow;
    const { usual, limitMs } = this.#usual;
    return {
      isMet: beyond >= SLOW.beyond,
      isOver: beyond <= SLOW.wellUntil,
      anomaly: {
        kind: 'slow',
        rttMs: this.#worstMs,
        usualMs: usual?.medianMs ?? 0,
        limitMs: limitMs ?? 0,
        beyond,
        of: known,
      },
      sinceEpochMs: this.#slowAt.at(-beyond) ?? null,
    };
  }
}
