import { describe, expect, it } from 'vitest';
import {
  focusAround,
  focusWords,
  liveFocus,
  liveLengthId,
  movedFocus,
  pickedFocus,
  toFieldValue,
  typedFocus,
  zoomedFocus,
} from './focus-change.ts';
import { NOON } from './test-reports.ts';

/** Recorded: an hour up to noon. Shown: ten minutes in the middle of it. */
const recorded = { fromEpochMs: NOON - 3_600_000, toEpochMs: NOON };
const shown = { fromEpochMs: NOON - 2_000_000, toEpochMs: NOON - 1_400_000 };

describe('the lengths that can be chosen', () => {
  it('are a minute, ten, an hour and everything', () => {
    expect(['1m', '10m', '1h', 'all'].map((id) => liveFocus(id))).toEqual([
      { kind: 'live', lengthMs: 60_000 },
      { kind: 'live', lengthMs: 600_000 },
      { kind: 'live', lengthMs: 3_600_000 },
      { kind: 'live', lengthMs: null },
    ]);
  });

  it('are recognised, and anything else is none of them', () => {
    expect(liveLengthId({ kind: 'live', lengthMs: null })).toBe('all');
    expect(liveLengthId({ kind: 'live', lengthMs: 61_000 })).toBe('');
    expect(liveLengthId({ kind: 'period', ...shown })).toBe('');
  });
});

describe('a drag', () => {
  it('picks the period between its ends, whichever came first', () => {
    const expected = { kind: 'period', fromEpochMs: NOON - 9_000, toEpochMs: NOON - 1_000 };
    expect(pickedFocus(NOON - 9_000, NOON - 1_000)).toEqual(expected);
    expect(pickedFocus(NOON - 1_000, NOON - 9_000)).toEqual(expected);
  });

  it('of less than a second picks nothing', () => {
    expect(pickedFocus(NOON, NOON + 999)).toBeNull();
  });
});

describe('the wheel', () => {
  it('zooms in with the moment under the pointer staying where it is', () => {
    // A quarter from the left: 150 s of 600 s. Half the length leaves 75 s before it and 225 s after it.
    const at = shown.fromEpochMs + 150_000;
    expect(zoomedFocus(shown, at, 0.5, recorded)).toEqual({
      kind: 'period',
      fromEpochMs: at - 75_000,
      toEpochMs: at + 225_000,
    });
  });

  it('never shows less than five seconds', () => {
    const short = { fromEpochMs: NOON - 100_000, toEpochMs: NOON - 94_000 };
    expect(zoomedFocus(short, short.fromEpochMs, 0.1, recorded)).toEqual({
      kind: 'period',
      fromEpochMs: short.fromEpochMs,
      toEpochMs: short.fromEpochMs + 5_000,
    });
  });

  it('zooms out to what is recorded, and follows now once it is reached', () => {
    expect(zoomedFocus(shown, shown.fromEpochMs, 4, recorded)).toEqual({ kind: 'live', lengthMs: 2_000_000 });
    expect(zoomedFocus(shown, shown.fromEpochMs, 100, { ...recorded, fromEpochMs: shown.fromEpochMs })).toEqual({
      kind: 'live',
      lengthMs: null,
    });
  });

  it('at the right edge of a live period keeps it live', () => {
    const live = { fromEpochMs: NOON - 600_000, toEpochMs: NOON };
    expect(zoomedFocus(live, NOON, 0.5, recorded)).toEqual({ kind: 'live', lengthMs: 300_000 });
  });
});

describe('a step aside', () => {
  it('keeps the length', () => {
    expect(movedFocus(shown, -0.5, recorded)).toEqual({
      kind: 'period',
      fromEpochMs: NOON - 2_300_000,
      toEpochMs: NOON - 1_700_000,
    });
  });

  it('ends at the beginning of what is recorded, and becomes live at its end', () => {
    expect(movedFocus(shown, -10, recorded)).toEqual({
      kind: 'period',
      fromEpochMs: NOON - 3_600_000,
      toEpochMs: NOON - 3_000_000,
    });
    expect(movedFocus(shown, 10, recorded)).toEqual({ kind: 'live', lengthMs: 600_000 });
  });
});

describe('the focus in words and fields', () => {
  it('says what it is', () => {
    expect(focusWords({ kind: 'live', lengthMs: 600_000 })).toBe('last 10 min');
    expect(focusWords({ kind: 'live', lengthMs: null })).toBe('everything so far');
    expect(focusWords({ kind: 'period', fromEpochMs: NOON, toEpochMs: NOON + 65_000 })).toBe('12:00:00 to 12:01:05');
  });

  it('comes back from the fields as it went into them', () => {
    expect(toFieldValue(NOON)).toBe('2026-11-22T12:00:00');
    expect(typedFocus(toFieldValue(NOON), toFieldValue(NOON + 65_000))).toEqual({
      focus: { kind: 'period', fromEpochMs: NOON, toEpochMs: NOON + 65_000 },
    });
  });

  it('is refused with the reason when it ends before it begins or is not complete', () => {
    expect(typedFocus(toFieldValue(NOON), toFieldValue(NOON))).toEqual({
      problem: 'The end must be after the beginning.',
    });
    expect(typedFocus('', toFieldValue(NOON))).toEqual({ problem: 'Give both a beginning and an end.' });
  });

  it('stands a minute around an event', () => {
    expect(focusAround({ fromEpochMs: NOON, toEpochMs: NOON + 5_000 })).toEqual({
      kind: 'period',
      fromEpochMs: NOON - 60_000,
      toEpochMs: NOON + 65_000,
    });
  });
});
