import { describe, expect, it } from 'vitest';
import { testSession } from '../../live-store/test-sessions.ts';
import { inOrderOfTime, measuredWords, optionWords, splitAt, typedPeriod } from './compare-periods.ts';

const NOON = new Date(2026, 10, 22, 12, 0, 0).getTime();

describe('what is compared', () => {
  it('is the older of two sessions as what was before', () => {
    const old = testSession({ sessionId: 'old', fromEpochMs: 1 });
    const young = testSession({ sessionId: 'young', fromEpochMs: 2 });
    expect(inOrderOfTime(young, old).map(({ sessionId }) => sessionId)).toEqual(['old', 'young']);
    expect(inOrderOfTime(old, young).map(({ sessionId }) => sessionId)).toEqual(['old', 'young']);
  });

  it('is one session up to a moment and from it on', () => {
    expect(splitAt('s', 5)).toEqual([
      { sessionId: 's', fromEpochMs: null, toEpochMs: 5 },
      { sessionId: 's', fromEpochMs: 5, toEpochMs: null },
    ]);
  });

  it('is chosen by name and time', () => {
    const session = testSession({ target: 'a.example', fromEpochMs: NOON, toEpochMs: NOON + 3_600_000 });
    expect(optionWords(session)).toBe('a.example, 2026-11-22 12:00 to 13:00');
    expect(optionWords({ ...session, name: 'Evening', toEpochMs: NOON + 86_400_000 })).toBe(
      'Evening (a.example), 2026-11-22 12:00 to 2026-11-23 12:00',
    );
    expect(optionWords({ ...session, pathId: 'p' })).toBe('a.example, 2026-11-22 12:00 to now');
    expect(measuredWords({ fromEpochMs: NOON, toEpochMs: NOON + 60_000 })).toBe('2026-11-22 12:00:00 to 12:01:00');
  });

  it('may be typed, with an empty field for either end', () => {
    expect(typedPeriod('s', '2026-11-22T12:00:00', '')).toEqual({
      period: { sessionId: 's', fromEpochMs: NOON, toEpochMs: null },
    });
    expect(typedPeriod('s', '2026-11-22T12:00:00', '2026-11-22T11:00:00')).toEqual({
      problem: 'The end must be after the beginning.',
    });
    expect(typedPeriod('s', 'soon', '')).toEqual({ problem: 'Give the day and the time, or leave it empty.' });
  });
});
