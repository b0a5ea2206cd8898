import { describe, expect, it } from 'vitest';
import type { Round } from '../../../contract/path.ts';
import { PulseHistory, RECENT_COLUMN_MS, RECENT_COLUMNS } from './path-pulse.ts';

type RoundTrip = NonNullable<Round['roundTrip']>;

/** A history of round trips at these seconds. */
function historyOf(roundTrips: readonly (readonly [atS: number, roundTrip: RoundTrip])[]): PulseHistory {
  const history = new PulseHistory();
  const rounds = roundTrips.map(([atS, roundTrip], round) => ({ round, atEpochMs: atS * 1_000, hops: [], roundTrip }));
  history.append(rounds, []);
  return history;
}

const EMPTY = { sent: 0, lost: 0, longestMs: null };

describe('the last five minutes in columns', () => {
  it('count what was sent and lost and keep the longest round trip, on bounds that no path has for itself', () => {
    const history = historyOf([
      [9.9, { fate: 'answered', rttMs: 12 }],
      [10, { fate: 'answered', rttMs: 8 }],
      [12, { fate: 'answered', rttMs: 30 }],
      [14.9, { fate: 'lost', rttMs: null }],
      [15, { fate: 'refused', rttMs: null }],
      [16, { fate: 'late', rttMs: 4_000 }],
    ]);
    expect(history.toRecent(21_000).slice(-4)).toEqual([
      { sent: 1, lost: 0, longestMs: 12 },
      { sent: 3, lost: 1, longestMs: 30 },
      { sent: 2, lost: 1, longestMs: null },
      EMPTY,
    ]);
  });

  it('leave out what is older, and are empty before the first round trip', () => {
    const untilEpochMs = RECENT_COLUMNS * RECENT_COLUMN_MS + 4_999;
    const history = historyOf([
      [4, { fate: 'answered', rttMs: 1 }],
      [5, { fate: 'answered', rttMs: 2 }],
    ]);
    expect(history.toRecent(untilEpochMs)[0]).toEqual({ sent: 1, lost: 0, longestMs: 2 });
    expect(new PulseHistory().toRecent(untilEpochMs)).toEqual(Array(RECENT_COLUMNS).fill(EMPTY));
  });
});
