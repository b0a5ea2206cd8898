import { epochMilliseconds } from '../../../contract/units.ts';
import { type ArchiveState, NOTHING_ARCHIVED } from '../../engine/path/archive/archive-state.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import type { KeptFailures } from '../../engine/path/send-failures.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import type { KeptSession } from './kept-session.ts';

/** What a person said of one session is not said of the next. */
const UNSAID = { name: '', comment: '', isPinned: false } as const;

/** Another session of the same path, which begins with what this one recorded since a moment: 1,024 rounds of it at most. */
export function branchedOff(
  kept: KeptSession,
  begun: Pick<SessionRow, 'id' | 'begunAtEpochMs' | 'flight'>,
  sinceEpochMs: number,
): KeptSession {
  const { recording } = kept;
  const { lastAt, timeline } = recording;
  if (lastAt === null) return kept.continuedIn({ ...UNSAID, ...begun });
  const located = timeline.locate(epochMilliseconds(sinceEpochMs), epochMilliseconds(lastAt + 1));
  const first = Math.max(located.first, located.end - CHUNK_ROUNDS);
  if (first === located.end) return kept.continuedIn({ ...UNSAID, ...begun });
  const isSince = (at: number) => at >= sinceEpochMs;
  const state: ArchiveState = {
    ...NOTHING_ARCHIVED,
    ...recording.state,
    archived: 0,
    segment: timeline.chunk(first).segments[first % CHUNK_ROUNDS] ?? 0,
    gaps: recording.gaps.filter(({ toEpochMs }) => isSince(toEpochMs)),
    failures: failuresSince(recording.failures, sinceEpochMs),
    routeChanges: recording.routeChanges.filter(({ atEpochMs }) => isSince(atEpochMs)),
  };
  const begunAtEpochMs = timeline.began(first);
  const next = kept.continuedIn({ ...UNSAID, ...begun, begunAtEpochMs }, state);
  next.tellKept(recording.keptRounds(first, located.end - first));
  const lately = kept.happenings.filter(({ atEpochMs }) => isSince(atEpochMs));
  next.tellHappenings(lately.slice(0, lately.length - next.happenings.length));
  return next;
}

/** Those of the spans of time that end after a moment. */
function failuresSince(failures: KeptFailures | null, sinceEpochMs: number): KeptFailures | null {
  const spans = failures?.spans.filter(({ place }) => (place + 1) * failures.widthMs > sinceEpochMs) ?? [];
  return failures === null || spans.length === 0 ? null : { ...failures, spans };
}
