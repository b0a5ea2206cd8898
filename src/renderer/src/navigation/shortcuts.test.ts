import { describe, expect, it } from 'vitest';
import { type PressedKey, ShortcutReader } from './shortcuts.ts';

/** What the keys do, one each `stepMs`. */
function press(keys: readonly (string | Partial<PressedKey>)[], stepMs = 100) {
  const reader = new ShortcutReader();
  return keys.map((key, index) =>
    reader.read({
      isModified: false,
      isInField: false,
      atMs: index * stepMs,
      ...(typeof key === 'string' ? { key } : { key: '', ...key }),
    }),
  );
}

const TO_SWEEP = { kind: 'go', view: 'sweep' };

describe('the shortcuts', () => {
  it('lead to a view by g and its letter, also with the caps lock on', () => {
    expect(press(['g', 's', 'G', 'S'])).toEqual([null, TO_SWEEP, null, TO_SWEEP]);
  });

  it('wait two seconds for the letter, and begin anew with each g', () => {
    expect(press(['g', 's'], 2_000)).toEqual([null, TO_SWEEP]);
    expect(press(['g', 's'], 2_001)).toEqual([null, null]);
    expect(press(['g', 'x', 's'])).toEqual([null, null, null]);
    expect(press(['g', 'g', 's'])).toEqual([null, null, TO_SWEEP]);
  });

  it('leave text to the field it is typed into', () => {
    expect(
      press([
        { key: 'g', isInField: true },
        { key: 's', isInField: true },
        { key: '?', isInField: true },
      ]),
    ).toEqual([null, null, null]);
    expect(press(['g', { key: 's', isInField: true }])).toEqual([null, null]);
  });

  it('leave the field at Escape, so that they work again', () => {
    expect(press([{ key: 'Escape', isInField: true }, 'Escape', '?'])).toEqual([
      { kind: 'leave-field' },
      null,
      { kind: 'show-help' },
    ]);
  });

  it('leave keys with Ctrl, Alt or the system’s key to others', () => {
    expect(press(['g', { key: 's', isModified: true }, 's'])).toEqual([null, null, null]);
    expect(press([{ key: '?', isModified: true }])).toEqual([null]);
  });
});
