import type { Failure } from '../../../contract/failure.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import type { FrameBatch } from './frame-batch.ts';
import { NO_PULSE, type PathPulse, PulseHistory, type RecentColumn } from './path-pulse.ts';
import { isSamePath } from './path-watch.ts';
import { worthTelling } from './worth-telling.ts';

interface Entry {
  path: PathMonitorInfo;
  history: PulseHistory;
  shown: PathPulse;
  failure: Failure | null;
  /** All rounds that were asked for are told: there is nothing more to hear. */
  isFinished: boolean;
  closeStream: (() => void) | null;
  /** Brings what is shown up to date and tells the listeners. */
  readonly tell: () => void;
}

/** Hears the rounds of every path, for the last minutes of each. */
export class PathPulses {
  readonly #frames: FrameBatch;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Map<string, Set<() => void>>();
  #client: EngineClient | null = null;

  constructor(frames: FrameBatch) {
    this.#frames = frames;
  }

  get(pathId: string): PathPulse {
    return this.#entries.get(pathId)?.shown ?? NO_PULSE;
  }

  /** The last five minutes of a path in columns that end with the newest round of any path, so that all share one axis. */
  getRecent(pathId: string): readonly RecentColumn[] {
    const newest = [...this.#entries.values()].map(({ history }) => history.newestEpochMs ?? 0);
    return this.#entries.get(pathId)?.history.toRecent(Math.max(0, ...newest)) ?? [];
  }

  subscribe(pathId: string, changed: () => void): () => void {
    const listeners = this.#listeners.get(pathId) ?? new Set();
    this.#listeners.set(pathId, listeners);
    listeners.add(changed);
    return () => {
      listeners.delete(changed);
      if (listeners.size === 0 && this.#listeners.get(pathId) === listeners) this.#listeners.delete(pathId);
    };
  }

  /** Hears from these paths and no others; streams that failed are asked for again. */
  follow(client: EngineClient, paths: readonly PathMonitorInfo[]): void {
    this.#client = client;
    const present = new Set(paths.map(({ pathId }) => pathId));
    for (const [pathId, entry] of this.#entries) {
      if (present.has(pathId)) continue;
      this.#close(entry);
      this.#entries.delete(pathId);
    }
    for (const path of paths) {
      const entry = this.#entryOf(path);
      if (entry.closeStream === null && !entry.isFinished) this.#open(client, entry);
    }
  }

  /** There is no engine any more. What was heard stays. */
  detach(): void {
    this.#client = null;
    for (const entry of this.#entries.values()) {
      this.#close(entry);
      entry.isFinished = false;
      this.#tellFailure(entry, null);
    }
  }

  retry(pathId: string): void {
    const entry = this.#entries.get(pathId);
    if (this.#client === null || entry === undefined || entry.failure === null) return;
    this.#tellFailure(entry, null);
    this.#open(this.#client, entry);
  }

  #entryOf(path: PathMonitorInfo): Entry {
    const { pathId } = path;
    const known = this.#entries.get(pathId);
    if (known !== undefined && isSamePath(known.path, path)) {
      known.path = path;
      return known;
    }
    if (known !== undefined) this.#close(known);
    const entry: Entry = {
      path,
      history: new PulseHistory(),
      shown: NO_PULSE,
      failure: null,
      isFinished: false,
      closeStream: null,
      tell: () => {
        if (this.#entries.get(pathId) !== entry) return;
        entry.shown = entry.history.toPulse(entry.failure);
        for (const changed of [...(this.#listeners.get(pathId) ?? [])]) changed();
      },
    };
    this.#entries.set(pathId, entry);
    this.#frames.mark(entry.tell);
    return entry;
  }

  #open(client: EngineClient, entry: Entry): void {
    let isOver = false;
    const close = client.path.rounds(
      { pathId: entry.path.pathId, fromRound: entry.history.nextRound },
      {
        onEvent: ({ rounds, events }) => {
          entry.history.append(rounds, events);
          entry.failure = null;
          this.#frames.mark(entry.tell);
        },
        onEnd: (failure) => {
          isOver = true;
          entry.closeStream = null;
          entry.isFinished = failure === null;
          this.#tellFailure(entry, worthTelling(failure));
        },
      },
    );
    // It may have ended before it was given back.
    if (!isOver) entry.closeStream = close;
  }

  #tellFailure(entry: Entry, failure: Failure | null): void {
    if (failure === entry.failure) return;
    entry.failure = failure;
    this.#frames.mark(entry.tell);
  }

  #close(entry: Entry): void {
    entry.closeStream?.();
    entry.closeStream = null;
  }
}
