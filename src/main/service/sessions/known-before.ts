import { epochMilliseconds } from '../../../contract/units.ts';
import type { SessionFile } from '../../store/sessions/session-file.ts';
import type { KnownBefore, RecordingOrder } from './keeper-calls.ts';
import { KeptSession } from './kept-session.ts';

/** What is older says nothing of now: after a day what was wrong is taken for usual too. */
const OLDEST_MS = 86_400_000;

/** Answers that what is usual is made of. */
const MOST_RTTS = 360;

/** Sessions that are looked into, the newest first: an incident that was cut short, and what was at rest before it. */
const MOST_SESSIONS = 4;

/**
 * What sessions of the flight recorder tell of a destination that is recorded again; null when they tell nothing. What
 * lasted a day and became usual ends what is known.
 */
export function knownBefore(
  file: SessionFile | null,
  order: RecordingOrder,
  resumed: KeptSession | null,
): KnownBefore | null {
  if (file === null || order.closeIntervalMs === null) return null;
  let hasAnswered = false;
  let restRttsMs: number[] = [];
  const since = epochMilliseconds(order.atEpochMs - OLDEST_MS);
  const now = epochMilliseconds(order.atEpochMs);
  const rows = file.sessions
    .all()
    .filter(({ flight, target, destination, isSimulated }) => {
      const isSame = target === order.target && destination === order.destination;
      return flight !== null && isSame && isSimulated === order.isSimulated;
    })
    .slice(0, MOST_SESSIONS);
  for (const row of rows) {
    const kept = row.id === resumed?.row.id ? resumed : new KeptSession(file, row);
    if (kept.incident?.end === 'lasting') break;
    const answered = kept.recording.outcomes(0, since, now, MOST_RTTS).filter(({ rtt }) => rtt !== null);
    if (answered.length > 0) hasAnswered = true;
    const rtts = row.flight === 'at-rest' ? answered.flatMap(({ rtt }) => rtt ?? []) : [];
    restRttsMs = [...rtts, ...restRttsMs].slice(-MOST_RTTS);
    if (hasAnswered && restRttsMs.length === MOST_RTTS) break;
  }
  return hasAnswered ? { restRttsMs } : null;
}
