/** The hop limit under which begins of rounds are kept. */
export const ROUNDS_HOP = -1;

/** The level under which the small roll-ups of a chunk are kept, all in one page. Files of older versions have none. */
export const SMALL_ROLL_UPS = -1;

/**
 * Where pages are kept: of level 0 the probes (or, under `ROUNDS_HOP`, the begins) of the rounds of a chunk, of higher levels
 * roll-ups (or the first and last begin of a chunk). Their numbers are those of roll-ups of level 1 and up.
 */
export interface Pages {
  /** Undefined where there is none: no probe. */
  read(level: number, hop: number, node: number): Uint8Array | undefined;
  /** All of a level and hop limit, in order. */
  readAll(level: number, hop: number): Iterable<{ readonly node: number; readonly bytes: Uint8Array }>;
  /** Writes a page in place of another one, if any; null for none. */
  write(level: number, hop: number, node: number, bytes: Uint8Array | null): void;
}
