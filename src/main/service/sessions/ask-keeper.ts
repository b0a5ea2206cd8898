import { type Failure, fail, type Result } from '../../../contract/failure.ts';
import type { Keeper } from './keeper-calls.ts';
import type { KeeperCall, KeeperLink } from './keeper-link.ts';
import type { SessionRecorder } from './session-recorder.ts';

/** Where sessions are kept, and by whom. */
export interface Kept {
  readonly keeper: KeeperLink;
  readonly recorder: SessionRecorder;
}

/** Calls of the keeper that may fail. */
type Answer<Name extends KeeperCall> = Extract<ReturnType<Keeper[Name]>, Result<unknown>>;

/** What the keeper says, with all that was measured until now. @param kept null when nothing is kept */
export async function askKeeper<Name extends KeeperCall>(
  kept: Kept | null,
  name: Name,
  asked: Parameters<Keeper[Name]>[0],
): Promise<Answer<Name>> {
  if (kept === null) return fail(NOT_KEPT) as Answer<Name>;
  kept.recorder.flush();
  const told = await kept.keeper.call(name, asked);
  return (told.ok ? told.value : told) as Answer<Name>;
}

const NOT_KEPT: Failure = { code: 'not-found', what: 'session', id: '' };
