import type { TimelineColumn } from '../../../../contract/timeline.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { formatClock, formatMoment } from '../../format/time.ts';

/** What the tooltip says about a column. */
export interface ColumnLines {
  readonly when: string;
  readonly lines: readonly string[];
}

/** Where columns are as wide as this a timeline goes over more than a day, and its clock alone says too little. */
const DAY_TOLD_MS = 240_000;

export function columnLines(column: TimelineColumn): ColumnLines {
  const isLong = column.toEpochMs - column.fromEpochMs >= DAY_TOLD_MS;
  const from = isLong ? formatMoment(column.fromEpochMs) : formatClock(column.fromEpochMs);
  const to = formatClock(column.toEpochMs);
  return { when: from === to ? from : `${from} – ${to}`, lines: linesOf(column) };
}

function linesOf({
  rounds,
  sent,
  received,
  lossRatio,
  minMs,
  p25Ms,
  p50Ms,
  p75Ms,
  maxMs,
  jitterMs,
}: TimelineColumn): string[] {
  if (rounds === 0) return ['Nothing was measured'];
  if (sent === 0) return ['This hop was not probed'];
  if (sent === 1 && lossRatio !== null) return [p50Ms === null ? 'Lost' : formatRtt(p50Ms)];
  const lines: string[] = [];
  if (p50Ms !== null) lines.push(`Median ${formatRtt(p50Ms)}`);
  if (received > 3) lines.push(`Middle half ${formatRtt(p25Ms)} to ${formatRtt(p75Ms)}`);
  if (received > 1) lines.push(`All ${formatRtt(minMs)} to ${formatRtt(maxMs)}`);
  if (received > 2 && jitterMs !== null) lines.push(`Jitter ${formatRtt(jitterMs)}`);
  lines.push(
    lossRatio === null ? 'Waiting for an answer' : `${formatLoss(lossRatio)} of ${formatQuantity(sent, 'probe')} lost`,
  );
  return lines;
}
