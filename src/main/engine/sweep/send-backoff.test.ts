import { expect, it } from 'vitest';
import { SendBackoff } from './send-backoff.ts';

/** One turn: so many requests are handed over, and so many of them refused. */
function turn(backoff: SendBackoff, sent: number, refused: number): number {
  for (let index = 0; index < sent; index++) backoff.noteSent();
  for (let index = 0; index < refused; index++) backoff.noteRefused();
  return backoff.takeWait();
}

it('does not wait as long as nothing is refused', () => {
  const backoff = new SendBackoff();
  expect([turn(backoff, 512, 0), turn(backoff, 0, 0), backoff.turnRequests]).toEqual([0, 0, 512]);
});

it('waits longer each time that nothing leaves, up to a tenth of a second, and shortly again once something does', () => {
  const backoff = new SendBackoff();
  const waits = Array.from({ length: 9 }, () => turn(backoff, 8, 8));
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 100]);
  expect([turn(backoff, 8, 7), turn(backoff, 8, 8)]).toEqual([1, 2]);
});

it('tries with as much as left before, and doubles that while nothing is refused', () => {
  const backoff = new SendBackoff();
  const turns = [
    [512, 256],
    [256, 255],
    [8, 0],
    [16, 0],
  ] as const;
  expect(turns.map(([sent, refused]) => [turn(backoff, sent, refused), backoff.turnRequests])).toEqual([
    [1, 256],
    [1, 8],
    [0, 16],
    [0, 32],
  ]);
});

it('is out of patience only when nothing has left for ten seconds', () => {
  const backoff = new SendBackoff();
  let waited = 0;
  while (waited < 9_900) waited += turn(backoff, 8, 8);
  expect(backoff.isOutOfPatience).toBe(false);
  turn(backoff, 8, 7);
  for (waited = 0; waited < 10_000; ) waited += turn(backoff, 8, 8);
  expect(backoff.isOutOfPatience).toBe(true);
  turn(backoff, 8, 7);
  expect(backoff.isOutOfPatience).toBe(false);
});
