import { describe, expect, it } from 'vitest';
import { keepEqual } from './keep-equal.ts';

describe('keeping what is equal', () => {
  it('gives the very same object when nothing has changed', () => {
    const before = { hops: [{ rtt: 1, names: ['a'] }], by: new Map([[1, { x: Number.NaN }]]) };
    expect(keepEqual(before, structuredClone(before))).toBe(before);
  });

  it('gives a new whole with the old parts where one part has changed', () => {
    const before = { rows: [{ text: 'a' }, { text: 'b' }], by: new Map([[1, { x: 1 }]]) };
    const next = { rows: [{ text: 'a' }, { text: 'c' }, { text: 'd' }], by: new Map([[1, { x: 1 }]]) };
    const kept = keepEqual(before, next);
    expect(kept).toEqual(next);
    expect([kept === before, kept.rows[0] === before.rows[0], kept.by === before.by]).toEqual([false, true, true]);
  });

  it('tells a list that is shorter, a key that is gone and one that is undefined from what was', () => {
    const list = keepEqual<readonly number[]>([1, 2], [1]);
    const gone = keepEqual<object>({ a: 1, b: undefined }, { a: 1, c: undefined });
    expect([list, gone]).toStrictEqual([[1], { a: 1, c: undefined }]);
  });

  it('takes another kind of value as it is', () => {
    for (const next of [null, 3, 'x', [], new Map(), new Date(5)]) expect(keepEqual({ a: 1 }, next)).toBe(next);
  });
});
