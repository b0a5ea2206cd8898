import { describe, expect, it } from 'vitest';
import { columnsOf, placeAfterKey } from './grid-keys.ts';

describe('the keys of a grid', () => {
  // 0 1 2
  // 3 4
  const lead = (key: string, place: number) => placeAfterKey(key, place, 5, 3);

  it('lead to the neighbour on the screen, to the first and to the last', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home', 'End'].map((key) => lead(key, 3))).toEqual([2, 4, 0, 0, 4]);
    expect(lead('ArrowDown', 1)).toBe(4);
  });

  it('lead nowhere where there is none, nor do other keys', () => {
    expect([lead('ArrowLeft', 0), lead('ArrowDown', 2), lead('ArrowRight', 4), lead('Enter', 1)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('know how many stand beside each other', () => {
    expect([columnsOf([10, 10, 10, 60, 60]), columnsOf([10, 60]), columnsOf([])]).toEqual([3, 1, 1]);
  });
});
