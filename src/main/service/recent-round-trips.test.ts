import { describe, expect, it } from 'vitest';
import type { Round } from '../../contract/path.ts';
import { SeededRandom } from '../base/random.ts';
import { RecentHistory } from './recent-round-trips.ts';

const roundAt = (atEpochMs: number, roundTrip: Round['roundTrip']): Round => ({
  round: 0,
  atEpochMs,
  hops: [],
  roundTrip,
});

describe('the last round trips of a path', () => {
  it('are none at first, and a round without a round trip adds none', () => {
    const history = new RecentHistory();
    history.append(roundAt(0, null));
    expect(history.recent).toEqual({ lastFate: null, lost: 0, lossRatio: null, newest: [] });
  });

  it('count a late answer neither as lost nor as one in time', () => {
    const history = new RecentHistory();
    history.append(roundAt(0, { fate: 'late', rttMs: 3_000 }));
    expect(history.recent).toEqual({ lastFate: 'late', lost: 0, lossRatio: 0, newest: [null] });
  });

  it('count, over hours, what a count of the last five minutes and the last sixty gives', () => {
    const random = new SeededRandom(3);
    const fates = ['answered', 'answered', 'answered', 'lost', 'late', 'refused'] as const;
    const history = new RecentHistory();
    const all: Round[] = [];
    let atEpochMs = 0;
    for (let count = 0; count < 10_000; count++) {
      // Now and then the machine sleeps.
      atEpochMs += count % 1_700 === 1_699 ? 3_600_000 : 500 + (random.uint32() % 1_000);
      const fate = fates[random.uint32() % fates.length] ?? 'lost';
      const round = roundAt(atEpochMs, { fate, rttMs: fate === 'answered' ? count : null });
      all.push(round);
      history.append(round);
      if (count % 97 !== 0) continue;
      const within = all.filter((one) => one.atEpochMs > atEpochMs - 300_000).map((one) => one.roundTrip?.fate);
      const lost = within.filter((one) => one === 'lost' || one === 'refused').length;
      expect(history.recent).toEqual({
        lastFate: fate,
        lost,
        lossRatio: lost / within.length,
        newest: all.slice(-60).map((one) => one.roundTrip?.rttMs ?? null),
      });
    }
  });
});
