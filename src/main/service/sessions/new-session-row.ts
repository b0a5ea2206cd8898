import type { SessionRow } from '../../store/sessions/session-rows.ts';
import type { RecordingOrder } from './keeper-calls.ts';

/** A session that begins now and has no row yet. */
export function newSessionRow(order: RecordingOrder, id: string): SessionRow {
  const { target, destination, family, intervalMs, maxHops, isSimulated, atEpochMs } = order;
  return {
    number: 0,
    id,
    target,
    destination,
    family,
    intervalMs,
    maxHops,
    isSimulated,
    origin: 'measured',
    begunAtEpochMs: atEpochMs,
    name: '',
    comment: '',
    isPinned: false,
    isOver: false,
    removedAtEpochMs: null,
    facts: '{}',
    summary: '{}',
  };
}
