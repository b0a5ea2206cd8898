import type { Gap } from '../../../contract/path.ts';
import type { PathEvidence } from './path-evidence.ts';

/** Time in which a measurement was wanted, and the part of it in which nothing could be sent; both in ms. */
export interface UnmeasuredTime {
  readonly wanted: number;
  readonly unsent: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Adds up the times without a way to send. Such times that an interval or less lies between are one: no round fits in.
 * One no longer than an interval cost no round, and is left out. While paused or asleep nobody wanted a measurement.
 */
export function unmeasuredTime({ report }: PathEvidence): UnmeasuredTime {
  const { fromEpochMs, toEpochMs, intervalMs, gaps } = report;
  const unsent = joined(gaps, (cause) => cause === 'no-transport', intervalMs).filter(
    ({ from, to }) => to - from > intervalMs,
  );
  const unwanted = joined(gaps, (cause) => cause !== 'no-transport', 0);
  // A gap may go on after the last round, or begin before the first.
  const from = Math.min(fromEpochMs, unsent[0]?.from ?? fromEpochMs);
  const to = Math.max(toEpochMs, unsent.at(-1)?.to ?? toEpochMs);
  const inside = unwanted.map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }));
  const unsentTime = lengthOf(unsent);
  return { unsent: unsentTime, wanted: Math.max(unsentTime, to - from - lengthOf(inside)) };
}

function joined(gaps: readonly Gap[], isWanted: (cause: Gap['cause']) => boolean, distance: number): Span[] {
  const spans: Span[] = [];
  for (const gap of gaps.filter(({ cause }) => isWanted(cause)).sort((a, b) => a.fromEpochMs - b.fromEpochMs)) {
    const last = spans.at(-1);
    if (last === undefined || gap.fromEpochMs - last.to > distance) {
      spans.push({ from: gap.fromEpochMs, to: gap.toEpochMs });
    } else spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, gap.toEpochMs) };
  }
  return spans;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}
