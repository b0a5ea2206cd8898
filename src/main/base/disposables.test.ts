import { expect, it } from 'vitest';
import { DisposableStore, onDispose } from './disposables.ts';
import { Emitter } from './emitter.ts';

it('ends what it owns in reverse order, once', () => {
  const ended: string[] = [];
  const store = new DisposableStore();
  store.add(onDispose(() => ended.push('first')));
  store.add(onDispose(() => ended.push('second')));
  store[Symbol.dispose]();
  store[Symbol.dispose]();
  expect(ended).toEqual(['second', 'first']);
});

it('ends at once what is added after its own end', () => {
  const store = new DisposableStore();
  store[Symbol.dispose]();
  let ended = false;
  store.add(onDispose(() => (ended = true)));
  expect(ended).toBe(true);
});

it('ends the others when one of them throws, then throws', () => {
  const store = new DisposableStore();
  let ended = false;
  store.add(onDispose(() => (ended = true)));
  store.add(
    onDispose(() => {
      throw new Error('broken');
    }),
  );
  expect(() => store[Symbol.dispose]()).toThrow('broken');
  expect(ended).toBe(true);
});

it('releases one thing early and forgets another without ending it', () => {
  const ended: string[] = [];
  const store = new DisposableStore();
  const early = store.add(onDispose(() => ended.push('early')));
  const lost = store.add(onDispose(() => ended.push('lost')));
  store.release(early);
  store.forget(lost);
  store[Symbol.dispose]();
  expect(ended).toEqual(['early']);
});

it('gives an event to every listener but those removed while it is given out', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  emitter.on((value) => {
    heard.push(`a${value}`);
    second[Symbol.dispose]();
  });
  const second = emitter.on((value) => heard.push(`b${value}`));
  emitter.emit(1);
  expect([heard, emitter.listenerCount]).toEqual([['a1'], 1]);
});
