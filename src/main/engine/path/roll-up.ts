import type { OutageChain } from '../statistics/outage-chain.ts';

/** Rounds of the smallest roll-up. Fewer cost memory, more cost time: they are read one by one at a period's ends. */
export const ROLL_UP_ROUNDS = 128;

/** Roll-ups that make one of the next level. */
export const ROLL_UP_FAN_OUT = 8;

/** Levels of roll-ups; one of the last holds 524,288 rounds, six days at one a second. */
export const ROLL_UP_LEVELS = 5;

/** Rounds of a roll-up of a level. */
export function nodeRounds(level: number): number {
  return ROLL_UP_ROUNDS * ROLL_UP_FAN_OUT ** level;
}

/** Stands for the responder of what came before the first answer: the stretch before decides whose it is. */
export const NOBODY = 0;

/** Stands for every responder beyond those that a hop keeps apart; such answers count for the hop alone. */
export const OTHERS = 255;

/** One responder's part of a roll-up; that of NOBODY is what came before the first answer. */
export interface RollUpPart {
  readonly responder: number;
  /** A packed `SeriesSummary`. */
  readonly summary: Float64Array;
}

/** What became of a hop's probes over a stretch of rounds; joins with the stretch that follows. */
export interface RollUp {
  /** A packed `SeriesSummary` of the whole hop. */
  readonly summary: Float64Array;
  /** Who answered last, or NOBODY. */
  readonly last: number;
  /** Null when all of it is one part, which is then that of `last`. */
  readonly parts: readonly RollUpPart[] | null;
  /** Of the round trip only. */
  readonly outages: OutageChain | null;
}
