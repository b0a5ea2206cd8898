import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import type { Link } from '../../../contract/link.ts';
import type { EngineClient } from './engine-client.ts';

/** Where the connection to the engine is. */
export type ConnectionState =
  | { readonly phase: 'connecting' }
  | {
      readonly phase: 'connected';
      readonly client: EngineClient;
      /** How long the connection had been away, or null when this is the first one. */
      readonly restoredAfterMs: number | null;
    }
  | {
      readonly phase: 'lost';
      readonly sinceEpochMs: number;
      /** When the next attempt begins; null while one is under way. */
      readonly retryAtEpochMs: number | null;
    }
  /** There is an engine, but it does not let this page in. */
  | { readonly phase: 'refused' };

/** The connection as the screen follows it. */
export interface EngineConnection {
  getState(): ConnectionState;
  /** Called after each change of state; the function returned ends it. */
  subscribe(changed: () => void): () => void;
  /** Tries at once instead of waiting; without effect unless the connection is lost or refused. */
  retryNow(): void;
}

export interface ConnectionDeps {
  /** A new link; null when none could be had, `refused` when trying again is of no use before the page is let in. */
  readonly openLink: () => Promise<Link | 'refused' | null>;
  readonly nowEpochMs: () => number;
  /** Calls once after a delay; the function returned prevents it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/** The first wait is too short to be noticed, the longest short enough that nobody needs to press the button. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Delay before attempt `attempt` (from 0): doubled each time, up to a limit. */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

/** Connects, and connects again whenever the link is lost, for as long as the page lives. */
export function keepConnected(deps: ConnectionDeps): EngineConnection {
  const listeners = new Set<() => void>();
  let state: ConnectionState = { phase: 'connecting' };
  let lostSince: number | null = null;
  let attempt = 0;
  let cancelWait: (() => void) | null = null;

  const become = (next: ConnectionState) => {
    state = next;
    for (const changed of listeners) changed();
  };

  const waitAndRetry = () => {
    lostSince ??= deps.nowEpochMs();
    const delay = retryDelayMs(attempt);
    attempt += 1;
    become({ phase: 'lost', sinceEpochMs: lostSince, retryAtEpochMs: deps.nowEpochMs() + delay });
    cancelWait = deps.after(delay, () => void tryToConnect());
  };

  const tryToConnect = async () => {
    cancelWait = null;
    if (lostSince !== null) become({ phase: 'lost', sinceEpochMs: lostSince, retryAtEpochMs: null });
    else if (state.phase === 'refused') become({ phase: 'connecting' });
    const link = await deps.openLink();
    if (link === null) {
      waitAndRetry();
      return;
    }
    if (link === 'refused') {
      become({ phase: 'refused' });
      return;
    }
    const client = createClient(contract, link);
    const restoredAfterMs = lostSince === null ? null : deps.nowEpochMs() - lostSince;
    lostSince = null;
    attempt = 0;
    become({ phase: 'connected', client, restoredAfterMs });
    link.onClose(waitAndRetry);
  };

  void tryToConnect();
  return {
    getState: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    retryNow: () => {
      if (cancelWait === null && state.phase !== 'refused') return;
      cancelWait?.();
      void tryToConnect();
    },
  };
}

/** The connection of the desktop window, which lasts as long as its page: when the link ends, the page is loaded anew. */
export function alwaysConnected(client: EngineClient): EngineConnection {
  const state: ConnectionState = { phase: 'connected', client, restoredAfterMs: null };
  return { getState: () => state, subscribe: () => () => {}, retryNow: () => {} };
}
