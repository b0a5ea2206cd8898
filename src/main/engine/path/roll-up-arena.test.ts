import { describe, expect, it } from 'vitest';
import { RollUpArena } from './roll-up-arena.ts';

describe('room for roll-ups', () => {
  it('is shared out of few buffers, none of it twice', () => {
    const arena = new RollUpArena();
    const rooms = Array.from({ length: 1_000 }, (_, index) => arena.room(40 + (index % 50), undefined).fill(index));
    expect(
      rooms.every((room, index) => room.length === 40 + (index % 50) && room.every((value) => value === index)),
    ).toBe(true);
    expect(new Set(rooms.map(({ buffer }) => buffer)).size).toBeLessThan(10);
    expect(arena.room(100_000, undefined)).toHaveLength(100_000);
  });

  it('is that of the roll-up that is made again, while it is as long', () => {
    const arena = new RollUpArena();
    const room = arena.room(50, undefined);
    expect(arena.room(50, room)).toBe(room);
    expect(arena.room(51, room)).toHaveLength(51);
  });
});
