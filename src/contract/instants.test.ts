import { describe, expect, it } from 'vitest';
import { formatInstant, tellInstants } from './instants.ts';

describe('a moment in a sentence', () => {
  it('is in UTC and to the second, as ISO 8601 has it', () => {
    expect(formatInstant(1_700_000_000_999)).toBe('2023-11-14T22:13:20Z');
  });

  it('can be told in another way, wherever it stands and however often', () => {
    const text = 'Silent since 2023-11-14T22:13:20Z, again from 2023-11-14T22:13:21Z on.';
    expect(tellInstants(text, (epochMs) => String(epochMs))).toBe(
      'Silent since 1700000000000, again from 1700000001000 on.',
    );
  });

  it('stays as it is where it is none that a calendar has', () => {
    const text = 'core-2023-99-14T22:13:20Z.example';
    expect(tellInstants(text, () => 'now')).toBe(text);
  });
});
