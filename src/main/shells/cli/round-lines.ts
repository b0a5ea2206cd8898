import { escapeControls } from '../../../contract/escape-controls.ts';
import type { PathEvent, Round } from '../../../contract/path.ts';
import { changeJson, spanJson } from '../../reports/path-json.ts';
import { shortTime, toNanoseconds, wholeMilliseconds } from '../../reports/quantities.ts';

/** A round as docs/json.md describes it. */
export function roundJson(target: string, destination: string, { round, atEpochMs, hops, roundTrip }: Round): object {
  return {
    type: 'round',
    target,
    destination,
    round,
    atEpochMs: wholeMilliseconds(atEpochMs),
    roundTrip: roundTrip === null ? null : { ...roundTrip, rttMs: toNanoseconds(roundTrip.rttMs) },
    hops: hops.map((hop) => ({ ...hop, rttMs: toNanoseconds(hop.rttMs) })),
  };
}

/** An event as docs/json.md describes it. */
export function eventJson(target: string, destination: string | null, event: PathEvent): object {
  const head = { type: 'event', target, destination, kind: event.kind };
  switch (event.kind) {
    case 'route-change':
      return { ...head, ...changeJson(event.change) };
    case 'gap':
      return { ...head, ...spanJson(event.gap) };
    case 'clock-stepped':
    case 'send-failed':
    case 'machine-changed':
      return { ...head, ...event, atEpochMs: wholeMilliseconds(event.atEpochMs) };
  }
}

/** A round in one line; `target` is null when there is only one. */
export function roundText(target: string | null, { round, atEpochMs, hops, roundTrip }: Round): string {
  const answered = hops.filter(({ fate }) => fate === 'answered').length;
  const time = new Date(atEpochMs).toISOString();
  const who = target === null ? '' : `${escapeControls(target)}: `;
  return `${time} ${who}round ${round}: ${roundTripText(roundTrip)}, ${answered} of ${hops.length} hops answered`;
}

function roundTripText(roundTrip: Round['roundTrip']): string {
  if (roundTrip === null) return 'target not probed';
  switch (roundTrip.fate) {
    case 'answered':
      return roundTrip.rttMs === null ? 'target answered' : `target answered in ${shortTime(roundTrip.rttMs)} ms`;
    case 'late':
      return 'target answered late';
    case 'lost':
      return 'no answer from the target';
    case 'refused':
      return 'target not reached: a router refused';
  }
}
