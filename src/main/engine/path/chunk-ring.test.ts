import { describe, expect, it } from 'vitest';
import { CHUNK_ROUNDS, ChunkRing } from './chunk-ring.ts';

describe('a ring of chunks', () => {
  it('allocates no more chunks than hold the rounds that stay readable, and one', () => {
    let made = 0;
    const ring = new ChunkRing(
      3 * CHUNK_ROUNDS,
      () => {
        made += 1;
        return new Uint8Array(CHUNK_ROUNDS);
      },
      (chunk) => chunk.fill(0),
    );
    for (let round = 0; round < 50 * CHUNK_ROUNDS; round += 1) {
      ring.use(round)[round % CHUNK_ROUNDS] = 1 + (round % 200);
      const earlier = Math.max(0, round - 3 * CHUNK_ROUNDS);
      expect(ring.find(earlier)?.[earlier % CHUNK_ROUNDS]).toBe(1 + (earlier % 200));
    }
    expect(made).toBe(4);
  });

  it('gives a new chunk empty, and nothing for rounds that were never written or are gone', () => {
    const ring = new ChunkRing(
      1,
      () => [] as number[],
      (chunk) => chunk.splice(0),
    );
    ring.use(5).push(7);
    ring.use(5 + CHUNK_ROUNDS);
    expect(ring.find(5 + 2 * CHUNK_ROUNDS)).toBeUndefined();
    expect(ring.use(5 + 2 * CHUNK_ROUNDS)).toEqual([]);
    expect([ring.find(5), ring.find(5 + CHUNK_ROUNDS)]).toEqual([undefined, []]);
  });
});
