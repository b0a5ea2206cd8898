import type { Session } from '../../../contract/sessions.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { type Focus, isSameFocus } from './focus.ts';
import type { KeptFocus } from './focus-page.ts';
import { FrameBatch } from './frame-batch.ts';
import { LIVE_INTERVAL_MS } from './live-interval.ts';
import { type MeasuredSubject, type MeasuredView, MeasuredWatch } from './measured-watch.ts';
import { WHOLE_SESSION } from './session-address.ts';
import type { SessionStore } from './session-store.ts';

/** What is to be drawn of the session that is open. A new object each time something is new, never changed. */
export interface SessionView extends MeasuredView {
  /** Null while none is open. */
  readonly sessionId: string | null;
  /** Null before the engine has told of it, and when there is no such session. */
  readonly session: Session | null;
  /** Whether the engine has told of its sessions, and this is none of them. */
  readonly isMissing: boolean;
}

export interface OpenSessionStoreDeps {
  /** Calls once before the next picture; never while the page is hidden. */
  readonly requestFrame: (callback: () => void) => void;
  /** Calls once after a delay; gives the function that calls it off. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  /** Whether nobody looks: then nothing is asked. */
  readonly isHidden: () => boolean;
  /** How often a session that is being recorded is asked about; a second when it is not told. */
  readonly liveIntervalMs?: number;
  /** Keeps the focus of a session where a reload finds it. */
  readonly keepFocus: (sessionId: string, kept: KeptFocus) => void;
}

/** The session that is open: everything about the focus, as of a path that is being measured, relative to its end. */
export class OpenSessionStore {
  readonly #deps: OpenSessionStoreDeps;
  readonly #list: SessionStore;
  readonly #frames: FrameBatch;
  readonly #watch: MeasuredWatch;
  readonly #listeners = new Set<() => void>();
  #client: EngineClient | null = null;
  #sessionId: string | null = null;
  #kept: KeptFocus = WHOLE_SESSION;
  #unfollow: (() => void) | null = null;
  #view: SessionView;

  constructor(deps: OpenSessionStoreDeps, list: SessionStore) {
    this.#deps = deps;
    this.#list = list;
    this.#frames = new FrameBatch(deps.requestFrame);
    const { after, liveIntervalMs = LIVE_INTERVAL_MS } = deps;
    const asking = { after, mayAsk: () => !deps.isHidden(), liveIntervalMs };
    this.#watch = new MeasuredWatch(asking, this.#kept, () => this.#frames.mark(this.#tell));
    this.#view = this.#toView();
  }

  /** Opens a session with a focus, or (null) none. */
  readonly open = (sessionId: string | null, kept: KeptFocus = WHOLE_SESSION): void => {
    const isSame = sessionId === this.#sessionId;
    const isFocusSame = isSameFocus(kept.focus, this.#kept.focus) && isSameFocus(kept.span, this.#kept.span);
    if (isSame && isFocusSame) return;
    this.#sessionId = sessionId;
    this.#kept = kept;
    this.#watch.setFocus(kept);
    // Its end moves while it is recorded, and it may be deleted in another window.
    if (!isSame) {
      this.#unfollow?.();
      this.#unfollow = sessionId === null ? null : this.#list.subscribe(() => this.#look());
    }
    this.#look();
  };

  /** Makes everything be about another period of the open session; see `PathStore.setFocus`. */
  readonly setFocus = (focus: Focus, span: Focus | null = null): void => {
    const before = this.#kept;
    if (this.#sessionId === null) return;
    if (isSameFocus(focus, before.focus) && isSameFocus(span, before.span)) return;
    this.#kept = {
      focus: isSameFocus(focus, before.focus) ? before.focus : focus,
      span: isSameFocus(span, before.span) ? before.span : span,
    };
    this.#deps.keepFocus(this.#sessionId, this.#kept);
    this.#watch.setFocus(this.#kept);
    this.#tell();
  };

  readonly getFocus = (): Focus => this.#kept.focus;

  /** Opens these timelines and no others; that of the round trip (0) is always open. About so many columns, 2 to 300. */
  readonly setOpenTimelines = (hopLimits: readonly number[], columns: number): void => {
    this.#watch.setOpen(hopLimits, columns);
    this.#frames.mark(this.#tell);
  };

  /** What is to be drawn; the same object until there is something new. */
  readonly getView = (): SessionView => this.#view;

  readonly subscribeView = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  };

  /** Asks for the report and the timelines now. */
  readonly retryView = (): void => this.#watch.again();

  /** To be told when the page, or the view, was hidden or shown. */
  readonly visibilityChanged = (): void => this.#watch.wake();

  /** Follows an engine until disposed. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    this.#look();
    return {
      [Symbol.dispose]: () => {
        if (this.#client !== client) return;
        this.#client = null;
        this.#look();
      },
    };
  }

  #session(): Session | null {
    return this.#list.getList()?.sessions.find(({ sessionId }) => sessionId === this.#sessionId) ?? null;
  }

  #look(): void {
    const session = this.#session();
    this.#watch.look(this.#client, session === null ? null : sessionSubject(session));
    this.#tell();
  }

  #toView(): SessionView {
    const session = this.#session();
    const isMissing = this.#sessionId !== null && session === null && this.#list.getList() !== null;
    return { sessionId: this.#sessionId, session, isMissing, ...this.#watch.toView() };
  }

  readonly #tell = (): void => {
    this.#view = this.#toView();
    for (const changed of [...this.#listeners]) changed();
  };
}

/** A session as something to look at. */
function sessionSubject({ sessionId, pathId }: Session): MeasuredSubject {
  return {
    key: sessionId,
    isGrowing: pathId !== null,
    report: (client, period) => client.sessions.report({ sessionId, ...period }),
    timeline: (client, order) => client.sessions.timeline({ sessionId, ...order }),
    isExpected: () => false,
  };
}
