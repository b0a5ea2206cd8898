import { vi } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import type { Focus } from './focus.ts';
import { PathStore } from './path-store.ts';
import { TestEngine } from './test-engine.ts';

/** A store of paths on a test engine, with pictures by hand and time by the fake timers of vitest. */
export function openPathPage(kept: Focus | null = null) {
  const engine = new TestEngine();
  const frames: (() => void)[] = [];
  const keptFocuses: Focus[] = [];
  let isHidden = false;
  const store = new PathStore({
    requestFrame: (callback) => void frames.push(callback),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    isHidden: () => isHidden,
    readFocus: () => (kept === null ? null : { focus: kept, span: null }),
    keepFocus: ({ focus }) => void keptFocuses.push(focus),
  });
  /** Draws the next picture. */
  const draw = () => frames.shift()?.();
  /** Lets every message under way arrive, and draws. */
  const settle = async () => {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    draw();
  };
  return {
    engine,
    paths: engine.paths,
    store,
    frames,
    keptFocuses,
    draw,
    settle,
    attach: async () => {
      const attached = store.attach(createClient(contract, engine.connect()));
      await settle();
      return attached;
    },
    pass: async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      await settle();
    },
    hide: (hidden: boolean) => {
      isHidden = hidden;
      store.visibilityChanged();
    },
    /** The calls since the last time, of these methods. */
    calls: (...methods: string[]) =>
      engine.calls.splice(0).filter((call) => methods.length === 0 || methods.includes(call.split(' ')[0] ?? '')),
  };
}
