import { expect, it } from 'vitest';
import { SeededRandom } from '../../base/random.ts';
import { Frontier } from './frontier.ts';

it('the frontier is the first number that is still open, in whatever order they are closed', () => {
  const random = new SeededRandom(7);
  const frontier = new Frontier(100);
  const open = new Set(Array.from({ length: 3_000 }, (_, index) => 100 + index));
  while (open.size > 0) {
    const candidates = [...open].slice(0, 50);
    const closed = candidates[random.uint32() % candidates.length] as number;
    open.delete(closed);
    frontier.close(closed);
    expect(frontier.position).toBe(open.size === 0 ? 3_100 : Math.min(...open));
  }
});

it('takes up nothing that is more than 131,072 addresses beyond it', () => {
  const frontier = new Frontier(0);
  expect([frontier.hasRoomFor(131_071), frontier.hasRoomFor(131_072)]).toEqual([true, false]);
  frontier.close(0);
  expect(frontier.hasRoomFor(131_072)).toBe(true);
});
