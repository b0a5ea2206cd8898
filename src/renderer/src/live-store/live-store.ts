import type { Failure } from '../../../contract/failure.ts';
import type { Monitor, MonitorFrame } from '../../../contract/monitor.ts';
import type { Sample, Statistics } from '../../../contract/probe.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { SampleHistory } from './sample-history.ts';
import { worthTelling } from './worth-telling.ts';

/** What is known of one monitor at one moment. A new object each time something is to be drawn, never changed. */
export interface MonitorHistory {
  /** In the order in which the probes came to their end, as many as the engine keeps. */
  readonly samples: readonly Sample[];
  /** Null before the first frame. */
  readonly statistics: Statistics | null;
  /** Why no more frames come although the engine is there; null while they come, and while there is no engine. */
  readonly failure: Failure | null;
  /** The right edge of the chart. */
  readonly drawnAtEpochMs: number;
}

export interface LiveStoreDeps {
  /** Calls once before the next picture; never while the page is hidden. */
  readonly requestFrame: (callback: () => void) => void;
  readonly nowEpochMs: () => number;
}

/** A chart that was not drawn for so long is drawn again although nothing arrived. */
const STANDSTILL_MS = 900;

interface Entry {
  readonly history: SampleHistory;
  readonly listeners: Set<() => void>;
  addedAtEpochMs: number;
  statistics: Statistics | null;
  failure: Failure | null;
  shown: MonitorHistory;
  closeStream: (() => void) | null;
}

/**
 * Buffers what the engine sends and tells the screen about one monitor per animation frame: a chart takes about 10 ms
 * to draw, so that two in one frame would already be a dropped one. In a hidden page there are no frames, so nothing
 * is drawn and the buffers go on filling.
 */
export class LiveStore {
  readonly #deps: LiveStoreDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #due = new Set<string>();
  readonly #listListeners = new Set<() => void>();
  #monitors: readonly Monitor[] | null = null;
  #listFailure: Failure | null = null;
  #client: EngineClient | null = null;
  #closeList: (() => void) | null = null;
  #frameRequested = false;

  constructor(deps: LiveStoreDeps) {
    this.#deps = deps;
  }

  /** The monitors as last heard, oldest first; null before the engine has told. */
  readonly getMonitors = (): readonly Monitor[] | null => this.#monitors;

  /** Why the list is no longer kept up to date although the engine is there; null while it is, and without an engine. */
  readonly getListFailure = (): Failure | null => this.#listFailure;

  /** Called after each change of the list or of its failure. */
  readonly subscribeMonitors = (changed: () => void): (() => void) => {
    this.#listListeners.add(changed);
    return () => void this.#listListeners.delete(changed);
  };

  /** What is to be drawn of a monitor; the same object until there is something new. */
  getHistory(monitorId: string): MonitorHistory {
    return this.#entry(monitorId).shown;
  }

  subscribeHistory(monitorId: string, changed: () => void): () => void {
    const { listeners } = this.#entry(monitorId);
    listeners.add(changed);
    return () => void listeners.delete(changed);
  }

  /** Follows an engine until disposed. What is already known of its monitors stays, and only what is missing is asked for. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    this.#openList(client);
    return {
      [Symbol.dispose]: () => {
        if (this.#client !== client) return;
        this.#client = null;
        this.#closeList?.();
        this.#closeList = null;
        this.#tellListFailure(null);
        for (const [monitorId, entry] of this.#entries) {
          this.#close(entry);
          this.#tellFailure(monitorId, entry, null);
        }
      },
    };
  }

  /** Asks for the list again after it failed. */
  readonly retryList = (): void => {
    if (this.#client === null || this.#listFailure === null) return;
    this.#tellListFailure(null);
    this.#openList(this.#client);
  };

  /** Asks for the frames of a monitor again after they failed, from the first that is missing. */
  readonly retryHistory = (monitorId: string): void => {
    const entry = this.#entries.get(monitorId);
    if (this.#client === null || entry === undefined || entry.failure === null) return;
    this.#tellFailure(monitorId, entry, null);
    this.#close(entry);
    this.#openStream(this.#client, monitorId, entry);
  };

  /** Draws again whatever was not drawn for a while, so that time goes on also when nothing arrives. */
  tick(): void {
    const now = this.#deps.nowEpochMs();
    for (const [monitorId, { shown }] of this.#entries) {
      if (now - shown.drawnAtEpochMs >= STANDSTILL_MS) this.#markDue(monitorId);
    }
  }

  #openList(client: EngineClient): void {
    this.#closeList = client.monitor.list(
      {},
      {
        onEvent: ({ monitors }) => this.#takeList(client, monitors),
        onEnd: (failure) => this.#tellListFailure(worthTelling(failure)),
      },
    );
  }

  #tellListFailure(failure: Failure | null): void {
    if (failure === this.#listFailure) return;
    this.#listFailure = failure;
    for (const changed of this.#listListeners) changed();
  }

  #tellFailure(monitorId: string, entry: Entry, failure: Failure | null): void {
    if (failure === entry.failure) return;
    entry.failure = failure;
    this.#markDue(monitorId);
  }

  #takeList(client: EngineClient, monitors: readonly Monitor[]): void {
    this.#monitors = monitors;
    const present = new Set(monitors.map(({ monitorId }) => monitorId));
    for (const [monitorId, entry] of this.#entries) {
      if (present.has(monitorId)) continue;
      this.#close(entry);
      this.#entries.delete(monitorId);
      this.#due.delete(monitorId);
    }
    for (const { monitorId, addedAtEpochMs } of monitors) {
      const entry = this.#entry(monitorId);
      // The same name for another monitor: the engine was started anew and counts from one again.
      if (entry.addedAtEpochMs !== addedAtEpochMs) {
        entry.history.clear();
        entry.statistics = null;
        entry.addedAtEpochMs = addedAtEpochMs;
      }
      if (entry.closeStream === null) this.#openStream(client, monitorId, entry);
    }
    for (const changed of this.#listListeners) changed();
  }

  #openStream(client: EngineClient, monitorId: string, entry: Entry): void {
    const reopen = () => {
      this.#close(entry);
      this.#openStream(client, monitorId, entry);
    };
    let first = true;
    let isOver = false;
    const close = client.monitor.frames(
      { monitorId, fromIndex: entry.history.nextIndex },
      {
        onEvent: (frame) => {
          // On opening, a gap is what the engine no longer keeps; later, what it left out, and it is asked for again.
          const missing = frame.firstIndex > entry.history.nextIndex;
          if (missing && !first) reopen();
          else this.#takeFrame(entry, frame);
          first = false;
        },
        onEnd: (failure) => {
          isOver = true;
          entry.closeStream = null;
          this.#tellFailure(monitorId, entry, worthTelling(failure));
        },
      },
    );
    // It may have ended before it was given back.
    if (!isOver) entry.closeStream = close;
  }

  #takeFrame(entry: Entry, frame: MonitorFrame): void {
    entry.history.append(frame.firstIndex, frame.samples);
    entry.statistics = frame.statistics;
    entry.failure = null;
    this.#markDue(frame.monitorId);
  }

  #close(entry: Entry): void {
    entry.closeStream?.();
    entry.closeStream = null;
  }

  #entry(monitorId: string): Entry {
    const known = this.#entries.get(monitorId);
    if (known !== undefined) return known;
    const entry: Entry = {
      history: new SampleHistory(),
      listeners: new Set(),
      addedAtEpochMs: 0,
      statistics: null,
      failure: null,
      shown: { samples: [], statistics: null, failure: null, drawnAtEpochMs: this.#deps.nowEpochMs() },
      closeStream: null,
    };
    this.#entries.set(monitorId, entry);
    return entry;
  }

  #markDue(monitorId: string): void {
    this.#due.add(monitorId);
    if (this.#frameRequested) return;
    this.#frameRequested = true;
    this.#deps.requestFrame(this.#onFrame);
  }

  readonly #onFrame = (): void => {
    this.#frameRequested = false;
    const [monitorId] = this.#due;
    if (monitorId === undefined) return;
    this.#due.delete(monitorId);
    const entry = this.#entries.get(monitorId);
    if (entry !== undefined) {
      entry.shown = {
        samples: entry.history.toArray(),
        statistics: entry.statistics,
        failure: entry.failure,
        drawnAtEpochMs: Math.max(this.#deps.nowEpochMs(), entry.history.newestEpochMs),
      };
      for (const changed of entry.listeners) changed();
    }
    const next = this.#due.values().next();
    if (next.done !== true) this.#markDue(next.value);
  };
}
