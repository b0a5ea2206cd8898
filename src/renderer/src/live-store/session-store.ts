import type { Failure, Result } from '../../../contract/failure.ts';
import type { Session, StoreState } from '../../../contract/sessions.ts';
import type { EngineClient } from '../connection/engine-client.ts';
import { worthTelling } from './worth-telling.ts';

/** The sessions and the state of what keeps them, as last heard. */
export interface SessionList {
  /** Newest first. */
  readonly sessions: readonly Session[];
  readonly store: StoreState;
}

/** Sessions that were deleted and can be taken back. */
export interface Removal {
  readonly sessions: readonly Session[];
}

/** What can be changed of a session by a person. */
export interface SessionWords {
  readonly name?: string;
  readonly comment?: string;
  readonly isPinned?: boolean;
}

const LOST = { ok: false, failure: { code: 'connection-lost' } } as const;

/**
 * The list of sessions, followed while somebody looks at it: with many of them it is long, and new whenever something is
 * measured. What was deleted last is remembered, whatever view is there, so that it can be taken back.
 */
export class SessionStore {
  readonly #listeners = new Set<() => void>();
  #client: EngineClient | null = null;
  #list: SessionList | null = null;
  #failure: Failure | null = null;
  #removal: Removal | null = null;
  #close: (() => void) | null = null;

  /** Null before the engine has told. */
  readonly getList = (): SessionList | null => this.#list;

  /** Why the list is no longer followed although the engine is there; null while it is, and without an engine. */
  readonly getFailure = (): Failure | null => this.#failure;

  /** What was deleted last and can be taken back; null when there is nothing. */
  readonly getRemoval = (): Removal | null => this.#removal;

  /** Called after each change of the list, its failure or the removal; the list is followed as long as anyone listens. */
  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    if (this.#listeners.size === 1) this.#open();
    return () => {
      this.#listeners.delete(changed);
      if (this.#listeners.size === 0) this.#end();
    };
  };

  readonly retry = (): void => {
    if (this.#failure !== null) this.#open();
  };

  /** Changes what a person says of a session; what is absent stays. Gives why not, or null. */
  async change(sessionId: string, words: SessionWords): Promise<Failure | null> {
    const changed = this.#client === null ? LOST : await this.#client.sessions.change({ sessionId, ...words });
    if (!changed.ok) return changed.failure;
    this.#replace((all) => all.map((session) => (session.sessionId === sessionId ? changed.value : session)));
    return null;
  }

  /** Deletes sessions; `restore` takes it back. Gives why not, or null. */
  async remove(sessions: readonly Session[]): Promise<Failure | null> {
    const sessionIds = sessions.map(({ sessionId }) => sessionId);
    const removed = this.#client === null ? LOST : await this.#client.sessions.remove({ sessionIds });
    if (!removed.ok) return removed.failure;
    this.#removal = { sessions };
    this.#replace((all) => all.filter(({ sessionId }) => !sessionIds.includes(sessionId)));
    return null;
  }

  /** Takes the last removal back. Gives why not, or null. */
  async restore(): Promise<Failure | null> {
    const removal = this.#removal;
    if (removal === null) return null;
    const sessionIds = removal.sessions.map(({ sessionId }) => sessionId);
    const restored: Result<unknown> =
      this.#client === null ? LOST : await this.#client.sessions.restore({ sessionIds });
    if (!restored.ok) return restored.failure;
    this.#removal = null;
    this.#replace((all) =>
      newestFirst([...all.filter((one) => !sessionIds.includes(one.sessionId)), ...removal.sessions]),
    );
    return null;
  }

  /** The last removal stays as it is. */
  readonly forgetRemoval = (): void => {
    this.#removal = null;
    this.#tell();
  };

  /** Follows an engine until disposed; what the last one told stays. */
  attach(client: EngineClient): Disposable {
    this.#client = client;
    if (this.#listeners.size > 0) this.#open();
    return {
      [Symbol.dispose]: () => {
        if (this.#client !== client) return;
        this.#end();
        this.#client = null;
        this.#failure = null;
        this.#tell();
      },
    };
  }

  #open(): void {
    const client = this.#client;
    if (client === null) return;
    this.#end();
    this.#failure = null;
    this.#close = client.sessions.list(
      {},
      {
        onEvent: (list) => {
          this.#list = list;
          this.#tell();
        },
        onEnd: (failure) => {
          this.#failure = worthTelling(failure);
          this.#tell();
        },
      },
    );
  }

  #end(): void {
    this.#close?.();
    this.#close = null;
  }

  /** What was done here shows at once; the engine tells of it within a second. */
  #replace(change: (sessions: readonly Session[]) => readonly Session[]): void {
    if (this.#list !== null) this.#list = { ...this.#list, sessions: change(this.#list.sessions) };
    this.#tell();
  }

  #tell(): void {
    for (const changed of [...this.#listeners]) changed();
  }
}

function newestFirst(sessions: readonly Session[]): readonly Session[] {
  return sessions.toSorted((one, other) => (other.toEpochMs ?? 0) - (one.toEpochMs ?? 0));
}
