import type { Session } from '../../../contract/sessions.ts';

/** What sets a session apart from one that was measured here and is over. */
export type SessionMark = 'live' | 'imported' | 'simulated' | 'pinned';

export function marksOf({ pathId, origin, isSimulated, isPinned }: Session): readonly SessionMark[] {
  return [
    ...(pathId === null ? [] : (['live'] as const)),
    ...(origin === 'imported' ? (['imported'] as const) : []),
    ...(isSimulated ? (['simulated'] as const) : []),
    ...(isPinned ? (['pinned'] as const) : []),
  ];
}

/** What a session is called: as a person named it, else by its target. */
export function sessionTitle({ name, target }: Pick<Session, 'name' | 'target'>): string {
  return name === '' ? target : name;
}
