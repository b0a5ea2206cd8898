import { csvCell } from '../../../contract/csv.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import { type CellChunk, FATE, type Fate, fateOf, responderOf } from '../../engine/path/hop-cells.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';
import type { KeptSession } from '../sessions/kept-session.ts';

/** The heading of {@link probeLines}. `hop` 0 is the probe of each round that was meant for the destination itself. */
export const PROBES_HEADING = 'time_utc,time_ms,target,destination,hop,fate,rtt_ms,address,name,duplicates';

const FATES: Readonly<Record<Fate, string | null>> = {
  [FATE.none]: null,
  [FATE.inFlight]: null,
  [FATE.answered]: 'answered',
  [FATE.timedOut]: 'timed-out',
  [FATE.refused]: 'refused',
  [FATE.sendFailed]: 'send-failed',
  [FATE.late]: 'late',
};

/** Probes in CSV (RFC 4180): a line each, round by round, hop by hop. What is not known is empty. */
export function probeLines(kept: KeptSession, { count, rounds, hops }: KeptRounds): string[] {
  const { target, destination } = kept.row;
  const shared = [target, destination].map(csvCell).join(',');
  const series = [...hops].map(([hopLimit, chunk]) => ({ hopLimit, chunk, who: namesOf(kept, hopLimit) }));
  const lines: string[] = [];
  for (let place = 0; place < Math.min(count, CHUNK_ROUNDS); place += 1) {
    const began = rounds.began[place] as number;
    const moment = `${new Date(began).toISOString()},${began},${shared}`;
    for (const { hopLimit, chunk, who } of series) {
      const probe = probeOf(chunk, place, who);
      if (probe !== null) lines.push(`${moment},${hopLimit},${probe}`);
    }
  }
  return lines;
}

function probeOf(
  { cells, rtts, duplicates }: CellChunk,
  place: number,
  who: (responder: number) => string,
): string | null {
  const cell = cells[place] as number;
  const fate = fateOf(cell);
  if (FATES[fate] === null) return null;
  const rtt = fate === FATE.answered ? String(rtts[place]) : '';
  return `${FATES[fate]},${rtt},${who(responderOf(cell))},${duplicates?.[place] ?? 0}`;
}

/** Address and name of a responder, as two cells. */
function namesOf(kept: KeptSession, hopLimit: number): (responder: number) => string {
  const table = kept.recording.hop(hopLimit)?.responders;
  const known = new Map<number, string>();
  return (responder) => {
    let cells = known.get(responder);
    if (cells === undefined) {
      const address = table?.answer(responder)?.responder ?? null;
      cells = [address, address === null ? null : (kept.nameOf(address)?.name ?? null)].map(csvCell).join(',');
      known.set(responder, cells);
    }
    return cells;
  };
}
