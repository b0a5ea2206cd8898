import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { flightPartOf, type RecordingOrder } from './keeper-calls.ts';

/** A session that begins now and has no row yet. */
export function newSessionRow(order: RecordingOrder, id: string): SessionRow {
  const { target, destination, family, intervalMs, maxHops, isSimulated, closeIntervalMs, atEpochMs } = order;
  return {
    number: 0,
    id,
    target,
    destination,
    family,
    intervalMs,
    closeIntervalMs,
    maxHops,
    isSimulated,
    origin: 'measured',
    flight: flightPartOf(order),
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
