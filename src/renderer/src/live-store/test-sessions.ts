import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import type { Happening } from '../../../contract/happening.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { PathReport, RouteChange } from '../../../contract/path.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { MomentComment, Session, StoreState } from '../../../contract/sessions.ts';
import { reportWith, timelineWith } from './test-path-reports.ts';

type Told = { sessions: Session[]; store: StoreState };

/** A session of ten minutes, over and without a fault. */
export function testSession(more: Partial<Session> = {}): Session {
  return {
    sessionId: 's-1',
    target: 'host.example',
    destination: '192.0.2.9',
    family: 4,
    intervalMs: 1_000,
    closeIntervalMs: null,
    flight: null,
    incident: null,
    name: '',
    comment: '',
    isPinned: false,
    isSimulated: false,
    origin: 'measured',
    pathId: null,
    fromEpochMs: 1_700_000_000_000,
    toEpochMs: 1_700_000_600_000,
    rounds: 601,
    samples: 3_005,
    lossRatio: 0,
    verdict: { id: 'clean', severity: 'good', sentence: 'The path is clean.' },
    bytes: 12_000,
    ...more,
  };
}

export const WRITING: StoreState = {
  file: '/data/sessions.sqlite',
  bytes: 3_240_000,
  mode: 'writing',
  trouble: null,
  lostBatches: 0,
};

/** The sessions of a test engine, which keep nothing but what the test puts there. */
export class TestSessions {
  sessions: Session[] = [];
  store: StoreState = WRITING;
  /** What every call answers instead; null: what is asked. */
  refusal: Failure | null = null;
  /** What is told in the reports of a session, beside the least that there is. */
  readonly reports = new Map<string, Partial<PathReport>>();
  readonly comments = new Map<string, MomentComment[]>();
  readonly happenings = new Map<string, Happening[]>();
  readonly routes = new Map<string, RouteChange[]>();
  /** Pages that follow the list. */
  readonly sinks = new Set<StreamSink<Told>>();
  readonly #calls: string[];
  readonly #removed = new Map<string, Session>();
  #nextComment = 1;

  /** @param calls gets each call that arrives, as `sessions.remove s-1 s-2` */
  constructor(calls: string[]) {
    this.#calls = calls;
  }

  /** Changes sessions, as something measured or another page does. */
  put(...sessions: Session[]): void {
    for (const session of sessions) {
      const others = this.sessions.filter(({ sessionId }) => sessionId !== session.sessionId);
      this.sessions = [...others, session].sort((one, other) => (other.toEpochMs ?? 0) - (one.toEpochMs ?? 0));
    }
    this.tell();
  }

  tell(): void {
    for (const sink of this.sinks) sink.emit({ sessions: [...this.sessions], store: this.store });
  }

  readonly handlers: Handlers<HopscopeContract>['sessions'] = {
    list: (_, sink) => {
      this.sinks.add(sink);
      sink.emit({ sessions: [...this.sessions], store: this.store });
      return { [Symbol.dispose]: () => void this.sinks.delete(sink) };
    },
    ofPath: ({ pathId }) => {
      this.#calls.push(`sessions.ofPath ${pathId}`);
      return succeed({ sessionId: this.sessions.find((session) => session.pathId === pathId)?.sessionId ?? null });
    },
    report: ({ sessionId, ...period }) =>
      this.#answer('report', `${sessionId} ${wordsOf(period)}`, sessionId, (session) =>
        reportWith(session, this.reports.get(sessionId) ?? {}),
      ),
    timeline: ({ sessionId, hopLimit }) =>
      this.#answer('timeline', `${sessionId} ${hopLimit}`, sessionId, () => timelineWith(hopLimit)),
    routes: ({ sessionId }) =>
      this.#answer('routes', sessionId, sessionId, () => ({ changes: this.routes.get(sessionId) ?? [] })),
    happenings: ({ sessionId }) =>
      this.#answer('happenings', sessionId, sessionId, () => ({ happenings: this.happenings.get(sessionId) ?? [] })),
    change: ({ sessionId, name, comment, isPinned }) =>
      this.#answer('change', sessionId, sessionId, (session) => {
        const words = {
          name: name ?? session.name,
          comment: comment ?? session.comment,
          isPinned: isPinned ?? session.isPinned,
        };
        const changed = { ...session, ...words };
        this.sessions = this.sessions.map((one) => (one.sessionId === sessionId ? changed : one));
        return changed;
      }),
    remove: ({ sessionIds }) => {
      this.#calls.push(`sessions.remove ${sessionIds.join(' ')}`);
      if (this.refusal !== null) return fail(this.refusal);
      for (const session of this.sessions)
        if (sessionIds.includes(session.sessionId)) this.#removed.set(session.sessionId, session);
      this.sessions = this.sessions.filter(({ sessionId }) => !sessionIds.includes(sessionId));
      return succeed(null);
    },
    restore: ({ sessionIds }) => {
      this.#calls.push(`sessions.restore ${sessionIds.join(' ')}`);
      if (this.refusal !== null) return fail(this.refusal);
      this.put(...sessionIds.flatMap((sessionId) => this.#removed.get(sessionId) ?? []));
      return succeed(null);
    },
    comments: ({ sessionId }) =>
      this.#answer('comments', sessionId, sessionId, () => ({ comments: this.comments.get(sessionId) ?? [] })),
    addComment: ({ sessionId, atEpochMs, text }) =>
      this.#answer('addComment', `${sessionId} ${atEpochMs} ${text}`, sessionId, () => {
        const comment = { commentId: `c-${this.#nextComment++}`, atEpochMs, text };
        this.comments.set(sessionId, [...(this.comments.get(sessionId) ?? []), comment]);
        return comment;
      }),
    removeComment: ({ sessionId, commentId }) =>
      this.#answer('removeComment', commentId, sessionId, () => {
        const kept = (this.comments.get(sessionId) ?? []).filter((comment) => comment.commentId !== commentId);
        this.comments.set(sessionId, kept);
        return null;
      }),
    compare: ({ before }) => fail({ code: 'not-found', what: 'session', id: before.sessionId }),
  };

  #answer<T>(name: string, words: string, sessionId: string, make: (session: Session) => T): Result<T> {
    this.#calls.push(`sessions.${name} ${words}`);
    if (this.refusal !== null) return fail(this.refusal);
    const session = this.sessions.find((one) => one.sessionId === sessionId);
    return session === undefined ? fail({ code: 'not-found', what: 'session', id: sessionId }) : succeed(make(session));
  }
}

function wordsOf({
  fromEpochMs,
  toEpochMs,
  lastMs,
}: {
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly lastMs: number | null;
}): string {
  if (lastMs !== null) return `last ${lastMs}`;
  return fromEpochMs === null && toEpochMs === null ? 'all' : `${fromEpochMs} to ${toEpochMs}`;
}
