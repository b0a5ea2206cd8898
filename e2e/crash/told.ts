/** What the recording child says, one line of JSON each. */

export const HOPS = 4;
export const MAX_HOPS = 8;
export const INTERVAL_MS = 1_000;

export type Told =
  /** A round begins. */
  | readonly ['round', number]
  /** Of the last round: hop limit and round trip. */
  | readonly ['answered', number, number]
  | readonly ['lost', number]
  /** So many fates are kept, says the keeper. */
  | readonly ['kept', number];
