import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DrawingTurns, useInTurn } from './drawing-turns.ts';

/** Turns over frames and a clock that the test moves; a part takes as long as it is told. */
function turnsByHand() {
  const frames: (() => void)[] = [];
  const time = { nowMs: 0 };
  const drawn: string[] = [];
  const turns = new DrawingTurns({
    requestFrame: (callback) => void frames.push(callback),
    nowMs: () => time.nowMs,
  });
  const draw = (name: string, tookMs: number) => () => {
    drawn.push(name);
    time.nowMs += tookMs;
  };
  /** The next frame, after so long. */
  const frame = (afterMs = 1_000) => {
    drawn.length = 0;
    time.nowMs += afterMs;
    frames.shift()?.();
    return [...drawn];
  };
  return { turns, frames, draw, frame };
}

describe('the turns of the parts of a page', () => {
  it('draw as many in one frame as it has time for, in the order they came', () => {
    const { turns, frames, draw, frame } = turnsByHand();
    const parts = ['a', 'b', 'c', 'd'].map((name) => ({ name }));
    for (const part of parts) turns.ask(part, draw(part.name, 5));
    expect([frame(), frame(), frames.length]).toEqual([['a', 'b'], ['c', 'd'], 0]);
  });

  it('draw one that takes long alone, and the next in the next frame', () => {
    const { turns, draw, frame } = turnsByHand();
    turns.ask({}, draw('long', 30));
    turns.ask({}, draw('next', 1));
    expect([frame(), frame()]).toEqual([['long'], ['next']]);
  });

  it('leave three quarters of the time to the rest of the page', () => {
    const { turns, draw, frame } = turnsByHand();
    for (const name of ['one', 'other']) turns.ask({}, draw(name, 20));
    // 20 ms were spent, so the next turn is 80 ms after the first began.
    expect([frame(0), frame(16), frame(16), frame(16), frame(16)]).toEqual([['one'], [], [], [], ['other']]);
  });

  it('draw only the newest of a part, at the place where it waits', () => {
    const { turns, draw, frame } = turnsByHand();
    const [one, other] = [{}, {}];
    turns.ask(one, draw('old', 1));
    turns.ask(other, draw('other', 1));
    turns.ask(one, draw('new', 1));
    expect([frame(), frame()]).toEqual([['new', 'other'], []]);
  });

  it('draw nothing of a part that has left', () => {
    const { turns, draw, frame } = turnsByHand();
    const part = {};
    turns.ask(part, draw('gone', 1));
    turns.leave(part);
    expect(frame()).toEqual([]);
  });
});

describe('a part that waits for its turn', () => {
  it('shows its first value at once and another one in its turn', () => {
    const { turns, frame, frames } = turnsByHand();
    const Part = ({ value }: { readonly value: string }) => <p>{useInTurn(value, turns)}</p>;
    const { rerender, unmount } = render(<Part value="first" />);
    expect([screen.queryByText('first') !== null, frames.length]).toEqual([true, 0]);
    rerender(<Part value="second" />);
    expect(screen.queryByText('second')).toBeNull();
    act(() => void frame());
    expect(screen.queryByText('second')).not.toBeNull();
    rerender(<Part value="third" />);
    unmount();
    expect(frame()).toEqual([]);
  });
});
