import type { ScenarioEvent } from '../../contract/scenario.ts';

type Period = Pick<ScenarioEvent, 'atS' | 'untilS' | 'forS' | 'everyS'>;

/** When the occurrence began within which the moment lies, in milliseconds of the run; null outside of all. */
export function occurrenceAt(period: Period, nowMs: number): number | null {
  const at = period.atS * 1000;
  if (nowMs < at || nowMs >= endOf(period)) return null;
  const every = everyOf(period);
  const start = every === Infinity ? at : at + Math.floor((nowMs - at) / every) * every;
  return nowMs < start + lengthOf(period) ? start : null;
}

/** The next moment after `nowMs` at which an occurrence begins or ends; Infinity when there is none. */
export function nextChangeAfter(period: Period, nowMs: number): number {
  const at = period.atS * 1000;
  const end = endOf(period);
  if (nowMs < at) return at;
  if (nowMs >= end) return Infinity;
  const every = everyOf(period);
  const start = every === Infinity ? at : at + Math.floor((nowMs - at) / every) * every;
  const over = start + lengthOf(period);
  return Math.min(end, nowMs < over ? over : start + every);
}

function endOf({ untilS }: Period): number {
  return untilS === undefined ? Infinity : untilS * 1000;
}

function lengthOf({ forS }: Period): number {
  return forS === undefined ? Infinity : forS * 1000;
}

function everyOf({ everyS }: Period): number {
  return everyS === undefined ? Infinity : everyS * 1000;
}
