import { describe, expect, it } from 'vitest';
import { PulseBeat } from './pulse-beat.ts';

/** A beat over paths whose pulses the test changes, with time by hand. */
function beatByHand() {
  const listeners = new Map<string, () => void>();
  const timers: { readonly delayMs: number; readonly callback: () => void }[] = [];
  const beat = new PulseBeat({
    store: {
      subscribePulse: (pathId, changed) => {
        listeners.set(pathId, changed);
        return () => void listeners.delete(pathId);
      },
    },
    after: (delayMs, callback) => void timers.push({ delayMs, callback }),
  });
  return { beat, listeners, timers, change: (pathId: string) => listeners.get(pathId)?.() };
}

describe('the common beat of the tiles', () => {
  it('tells of all that changed at once, and of each only once', () => {
    const { beat, timers, change } = beatByHand();
    const told: string[] = [];
    for (const pathId of ['one', 'two', 'three']) beat.subscribe(pathId, () => told.push(pathId));
    for (const pathId of ['two', 'one', 'two']) change(pathId);
    expect([told, timers.map(({ delayMs }) => delayMs)]).toEqual([[], [500]]);
    timers.shift()?.callback();
    expect(told).toEqual(['two', 'one']);
    change('three');
    timers.shift()?.callback();
    expect(told).toEqual(['two', 'one', 'three']);
  });

  it('tells nobody who has left meanwhile, and listens no more for them', () => {
    const { beat, listeners, timers, change } = beatByHand();
    const told: string[] = [];
    const leave = beat.subscribe('one', () => told.push('one'));
    change('one');
    leave();
    timers.shift()?.callback();
    expect([told, listeners.size]).toEqual([[], 0]);
  });
});
