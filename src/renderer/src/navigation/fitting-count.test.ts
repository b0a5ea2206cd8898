import { expect, it } from 'vitest';
import { fittingCount } from './fitting-count.ts';

const inRoom = (room: number) => fittingCount([50, 100, 50], { room, gap: 2, moreWidth: 60 });

it('takes all where they have room, with the gaps between them', () => {
  expect(inRoom(204)).toBe(3);
});

it('leaves room for what leads to the rest as soon as one has none', () => {
  // 50 + 2 + 60 = 112; two would need 50 + 2 + 100 + 2 + 60 = 214.
  expect([203, 112, 111, 0].map(inRoom)).toEqual([1, 1, 0, 0]);
  expect(fittingCount([50, 100, 50, 50], { room: 214, gap: 2, moreWidth: 60 })).toBe(2);
});

it('takes all where nothing is laid out', () => {
  expect(fittingCount([0, 0], { room: 0, gap: 2, moreWidth: 60 })).toBe(2);
});
