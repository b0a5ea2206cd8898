import type { Failure } from '../../../contract/failure.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { DEFAULT_FOCUS, type Focus, isSameFocus } from './focus.ts';
import type { KeptFocus } from './focus-page.ts';
import { FrameBatch } from './frame-batch.ts';
import { LIVE_INTERVAL_MS } from './live-interval.ts';
import { MeasuredWatch } from './measured-watch.ts';
import type { PathPulse, RecentColumn } from './path-pulse.ts';
import { PathPulses } from './path-pulses.ts';
import { type PathView, pathSubject } from './path-watch.ts';
import { worthTelling } from './worth-telling.ts';

export type { Focus } from './focus.ts';
export type { PathPulse, RecentColumn } from './path-pulse.ts';
export type { PathView } from './path-watch.ts';

export interface PathStoreDeps {
  /** Calls once before the next picture; never while the page is hidden. */
  readonly requestFrame: (callback: () => void) => void;
  /** Calls once after a delay; gives the function that calls it off. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** Whether the page is hidden: then nothing is asked. */
  readonly isHidden: () => boolean;
  /** How often everything about a moving focus is asked for; a second when it is not told. */
  readonly liveIntervalMs?: number;
  /** The focus as it was kept; null without one. */
  readonly readFocus: () => KeptFocus | null;
  /** Keeps a focus for the next start. */
  readonly keepFocus: (kept: KeptFocus) => void;
}

/**
 * What the screen knows of the paths: the list and each one's last minutes as the engine tells them, and of the chosen
 * one everything about the focus, asked for again every second. The screen hears once per animation frame.
 */
export class PathStore {
  readonly #deps: PathStoreDeps;
  readonly #frames: FrameBatch;
  readonly #pulses: PathPulses;
  readonly #watch: MeasuredWatch;
  readonly #listListeners = new Set<() => void>();
  readonly #viewListeners = new Set<() => void>();
  #paths: readonly PathMonitorInfo[] | null = null;
  #listFailure: Failure | null = null;
  #client: EngineClient | null = null;
  #closeList: (() => void) | null = null;
  #chosen: string | null = null;
  /** The engine is yet to tell of the chosen path: its list comes after the answer to who has added it. */
  #isAwaited = false;
  #kept: KeptFocus;
  #view: PathView;

  constructor(deps: PathStoreDeps) {
    this.#deps = deps;
    this.#kept = deps.readFocus() ?? { focus: DEFAULT_FOCUS, span: null };
    this.#frames = new FrameBatch(deps.requestFrame);
    this.#pulses = new PathPulses(this.#frames);
    const { after, liveIntervalMs = LIVE_INTERVAL_MS } = deps;
    const asking = { after, mayAsk: () => !deps.isHidden(), liveIntervalMs };
    this.#watch = new MeasuredWatch(asking, this.#kept, () => this.#frames.mark(this.#tellView));
    this.#view = this.#toView();
  }

  /** The paths as last heard, oldest first; null before the engine has told. */
  readonly getPaths = (): readonly PathMonitorInfo[] | null => this.#paths;

  /** Why the list is no longer kept up to date although the engine is there; null while it is, and without an engine. */
  readonly getListFailure = (): Failure | null => this.#listFailure;

  /** Called after each change of the list or of its failure. */
  readonly subscribePaths = (changed: () => void): (() => void) => listen(this.#listListeners, changed);

  /** Asks for the list again after it failed. */
  readonly retryList = (): void => {
    if (this.#client === null || this.#listFailure === null) return;
    this.#tellListFailure(null);
    this.#openList(this.#client);
  };

  /** The last minutes of a path; the same object until there is something new. */
  readonly getPulse = (pathId: string): PathPulse => this.#pulses.get(pathId);

  /** The last five minutes of a path, on the same axis of time for every path; empty for one that is not there. */
  readonly getRecent = (pathId: string): readonly RecentColumn[] => this.#pulses.getRecent(pathId);

  readonly subscribePulse = (pathId: string, changed: () => void): (() => void) =>
    this.#pulses.subscribe(pathId, changed);

  /** Asks for the rounds of a path again after they failed, from the first that is missing. */
  readonly retryPulse = (pathId: string): void => this.#pulses.retry(pathId);

  /** Looks at a path, or (null) at none. It may be one that the engine is yet to tell of. */
  readonly choose = (pathId: string | null): void => {
    if (pathId === this.#chosen) return;
    this.#chosen = pathId;
    this.#isAwaited = pathId !== null && this.#paths?.some((path) => path.pathId === pathId) !== true;
    this.#look();
    this.#tellView();
  };

  readonly getChosen = (): string | null => this.#chosen;

  /** Whether the chosen path is one that the engine is yet to tell of, rather than one that is gone. */
  readonly isChosenAwaited = (): boolean => this.#isAwaited;

  /**
   * Makes everything about the chosen path be about another period, also after a reload. The timelines may show another
   * span, in which the focus then is a part; null: what follows from the focus.
   */
  readonly setFocus = (focus: Focus, span: Focus | null = null): void => {
    const before = this.#kept;
    if (isSameFocus(focus, before.focus) && isSameFocus(span, before.span)) return;
    // What stays the same stays the same object.
    this.#kept = {
      focus: isSameFocus(focus, before.focus) ? before.focus : focus,
      span: isSameFocus(span, before.span) ? before.span : span,
    };
    this.#deps.keepFocus(this.#kept);
    this.#watch.setFocus(this.#kept);
    this.#tellView();
  };

  readonly getFocus = (): Focus => this.#kept.focus;

  /** Opens these timelines and no others; that of the round trip (0) is always open. About so many columns, 2 to 300. */
  readonly setOpenTimelines = (hopLimits: readonly number[], columns: number): void => {
    this.#watch.setOpen(hopLimits, columns);
    this.#frames.mark(this.#tellView);
  };

  /** What is to be drawn of the chosen path; the same object until there is something new. */
  readonly getView = (): PathView => this.#view;

  readonly subscribeView = (changed: () => void): (() => void) => listen(this.#viewListeners, changed);

  /** Asks for the report and the timelines now, without waiting for the next second. */
  readonly retryView = (): void => this.#watch.again();

  /** To be told when the page was hidden or shown: a page that is shown again asks at once. */
  readonly visibilityChanged = (): void => this.#watch.wake();

  /** Follows an engine until disposed. What is already known of its paths stays, and only what is missing is asked for. */
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
        this.#pulses.detach();
        this.#look();
        this.#frames.mark(this.#tellView);
      },
    };
  }

  #openList(client: EngineClient): void {
    this.#closeList = client.path.list(
      {},
      {
        onEvent: ({ paths }) => this.#takeList(client, paths),
        onEnd: (failure) => this.#tellListFailure(worthTelling(failure)),
      },
    );
  }

  #takeList(client: EngineClient, paths: readonly PathMonitorInfo[]): void {
    this.#paths = paths;
    this.#isAwaited = false;
    this.#pulses.follow(client, paths);
    this.#look();
    this.#frames.mark(this.#tellView);
    for (const changed of [...this.#listListeners]) changed();
  }

  #tellListFailure(failure: Failure | null): void {
    if (failure === this.#listFailure) return;
    this.#listFailure = failure;
    for (const changed of [...this.#listListeners]) changed();
  }

  #look(): void {
    const path = this.#chosenPath();
    this.#watch.look(this.#client, path === null ? null : pathSubject(path));
  }

  #chosenPath(): PathMonitorInfo | null {
    return this.#paths?.find(({ pathId }) => pathId === this.#chosen) ?? null;
  }

  #toView(): PathView {
    return { path: this.#chosenPath(), ...this.#watch.toView() };
  }

  readonly #tellView = (): void => {
    this.#view = this.#toView();
    for (const changed of [...this.#viewListeners]) changed();
  };
}

function listen(listeners: Set<() => void>, changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}
