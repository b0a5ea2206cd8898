import type { Round } from '../../../contract/path.ts';

/** Wall time at which the rounds of a test begin: 2026-01-01T00:00:00Z, so that hours are easily told. */
export const START = 1_767_225_600_000;

/** What became of the round trip: a round trip in milliseconds, or how it failed. */
export type Fate = number | 'lost' | 'refused' | 'none';

/** Round number `index`, begun so many seconds after the start. */
export function round(index: number, fate: Fate, atS = index, responders: readonly (string | null)[] = []): Round {
  return {
    round: index,
    atEpochMs: START + atS * 1_000,
    hops: responders.map((responder, place) => ({
      hopLimit: place + 1,
      fate: responder === null ? 'lost' : 'answered',
      rttMs: responder === null ? null : 1,
      responder,
    })),
    roundTrip:
      fate === 'none' ? null : typeof fate === 'number' ? { fate: 'answered', rttMs: fate } : { fate, rttMs: null },
  };
}
