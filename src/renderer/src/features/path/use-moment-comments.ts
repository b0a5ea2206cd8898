import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { MomentComment } from '../../../../contract/sessions.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

/** Of what the comments are: a session, or a path, which has some while it is recorded as one. */
export type CommentedSubject =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'path'; readonly pathId: string };

/** What people wrote about moments, and everything to change it. */
export interface MomentComments {
  /** Oldest moment first. */
  readonly comments: readonly MomentComment[];
  /** The session that they belong to; null while it is not known, and for a path that is not recorded. */
  readonly sessionId: string | null;
  /** Whether the engine has told. */
  readonly isTold: boolean;
  /** Why the last wish was not fulfilled. */
  readonly failure: Failure | null;
  /** Tells whether it was done. */
  readonly add: (atEpochMs: number, text: string) => Promise<boolean>;
  readonly remove: (comment: MomentComment) => Promise<boolean>;
}

/** How often it is looked whether another window has changed something. */
const LOOK_AGAIN_MS = 10_000;

const NONE: readonly MomentComment[] = [];
const LOST: Failure = { code: 'connection-lost' };

export function useMomentComments(client: EngineClient | null, subject: CommentedSubject): MomentComments {
  const id = subject.kind === 'path' ? subject.pathId : subject.sessionId;
  const { kind } = subject;
  const [known, setKnown] = useState<Pick<MomentComments, 'sessionId' | 'comments' | 'isTold'>>({
    sessionId: kind === 'session' ? id : null,
    comments: NONE,
    isTold: false,
  });
  const [failure, setFailure] = useState<Failure | null>(null);
  const lookRef = useRef<() => Promise<void>>(async () => {});

  useEffect(() => {
    if (client === null) return;
    let isWanted = true;
    let sessionId = kind === 'session' ? id : null;
    const look = async () => {
      if (document.hidden) return;
      if (sessionId === null) {
        const found = await client.sessions.ofPath({ pathId: id });
        sessionId = found.ok ? found.value.sessionId : null;
      }
      if (sessionId === null) {
        if (isWanted) setKnown((before) => (before.isTold ? before : { ...before, isTold: true }));
        return;
      }
      const told = await client.sessions.comments({ sessionId });
      if (!isWanted) return;
      // A session without a row in the file yet, or one that is gone, has none.
      const comments = told.ok ? told.value.comments.toSorted((one, other) => one.atEpochMs - other.atEpochMs) : NONE;
      setKnown((before) =>
        before.isTold && before.sessionId === sessionId && JSON.stringify(before.comments) === JSON.stringify(comments)
          ? before
          : { sessionId, comments, isTold: true },
      );
    };
    lookRef.current = look;
    void look();
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [client, kind, id]);

  const { sessionId } = known;
  const add = useCallback(
    async (atEpochMs: number, text: string) => {
      if (sessionId === null) return false;
      const added = client === null ? null : await client.sessions.addComment({ sessionId, atEpochMs, text });
      setFailure(added === null ? LOST : added.ok ? null : added.failure);
      await lookRef.current();
      return added?.ok === true;
    },
    [client, sessionId],
  );
  const remove = useCallback(
    async ({ commentId }: MomentComment) => {
      if (sessionId === null) return false;
      const removed = client === null ? null : await client.sessions.removeComment({ sessionId, commentId });
      // Another window may have been faster.
      const isDone = removed !== null && (removed.ok || removed.failure.code === 'not-found');
      setFailure(removed === null ? LOST : removed.ok || isDone ? null : removed.failure);
      await lookRef.current();
      return isDone;
    },
    [client, sessionId],
  );
  return useMemo(() => ({ ...known, failure, add, remove }), [known, failure, add, remove]);
}
