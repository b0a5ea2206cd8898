import type { Client } from '../../../contract/client.ts';
import { describeStoreTrouble } from '../../../contract/describe-store.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Session, StoreState } from '../../../contract/sessions.ts';

export interface Listed {
  readonly sessions: readonly Session[];
  readonly store: StoreState;
}

/** The sessions now; null when the engine has none to tell of. */
export function readList(client: Client<HopscopeContract>): Promise<Listed | null> {
  return new Promise((resolve) => {
    let end: (() => void) | null = null;
    const finish = (told: Listed | null) => {
      resolve(told);
      queueMicrotask(() => end?.());
    };
    end = client.sessions.list({}, { onEvent: (told) => finish(told), onEnd: () => finish(null) });
  });
}

/** Why nothing would be recorded now, in one sentence; null when it would be. */
export function whyNotRecorded(told: Listed | null): string | null {
  if (told?.store.mode === 'writing') return null;
  const why = told === null ? null : describeStoreTrouble(told.store);
  const cure = told?.store.trouble?.kind === 'in-use' ? ' End it first.' : '';
  return `Nothing can be recorded. ${why ?? 'The file of sessions cannot be written.'}${cure}`;
}

/** Under which session each target is recorded that was measured from a moment on; null where it is not, or not yet. */
export async function recordedSessions(
  client: Client<HopscopeContract>,
  targets: readonly string[],
  fromEpochMs: number,
): Promise<{ readonly target: string; readonly sessionId: string | null }[]> {
  // The newest are first.
  const sessions = (await readList(client))?.sessions ?? [];
  return targets.map((target) => {
    const own = sessions.find((each) => each.target === target && (each.toEpochMs ?? 0) >= fromEpochMs);
    return { target, sessionId: own?.sessionId ?? null };
  });
}
