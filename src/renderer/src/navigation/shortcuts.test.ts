import { describe, expect, it } from 'vitest';
import { opensCommands, type PressedKey, ShortcutReader } from './shortcuts.ts';

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

  it('are one letter for what is frequent, unless it follows g', () => {
    expect(press(['a', '/', 'n', 'b', 'p', '3'])).toEqual([
      { kind: 'type-target' },
      { kind: 'type-target' },
      { kind: 'choose', step: 1 },
      { kind: 'choose', step: -1 },
      { kind: 'pause-or-resume' },
      { kind: 'focus-length', place: 2 },
    ]);
    expect(press(['g', 'p'])).toEqual([null, { kind: 'go', view: 'paths' }]);
  });

  it('open the commands by Ctrl+K or ⌘ K and nothing else held', () => {
    const held = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(opensCommands({ ...held, ctrlKey: true })).toBe(true);
    expect(opensCommands({ ...held, metaKey: true, key: 'K' })).toBe(true);
    expect(opensCommands(held)).toBe(false);
    expect(opensCommands({ ...held, ctrlKey: true, shiftKey: true })).toBe(false);
  });

  it('leave keys with Ctrl, Alt or the system’s key to others', () => {
    expect(press(['g', { key: 's', isModified: true }, 's'])).toEqual([null, null, null]);
    expect(press([{ key: '?', isModified: true }])).toEqual([null]);
  });
});
