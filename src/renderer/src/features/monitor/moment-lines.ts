import { describeIcmpError } from '../../../../contract/describe-icmp-error.ts';
import type { Sample } from '../../../../contract/probe.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatRtt, formatRttExactly } from '../../format/rtt.ts';
import { formatClock, formatClockExactly } from '../../format/time.ts';
import type { Moment } from './chart-series.ts';

/** What the tooltip says about a moment. */
export interface MomentLines {
  readonly when: string;
  readonly lines: readonly string[];
}

export function momentLines(moment: Moment, family: 4 | 6 | null): MomentLines {
  if (moment.kind === 'probe') {
    return { when: formatClockExactly(moment.sample.sentAtEpochMs), lines: probeLines(moment.sample, family) };
  }
  const { fromEpochMs, toEpochMs, received, lost, notSent, rttMs } = moment;
  const lines = [`${formatQuantity(received, 'reply', 'replies')}, ${lost} lost`];
  if (rttMs !== null) {
    lines.unshift(`mean ${formatRtt(rttMs.mean)}`, `${formatRtt(rttMs.min)} to ${formatRtt(rttMs.max)}`);
  }
  if (notSent > 0) lines.push(`${notSent} not sent`);
  return { when: `${formatClock(fromEpochMs)} – ${formatClock(toEpochMs)}`, lines };
}

function probeLines(sample: Sample, family: 4 | 6 | null): readonly string[] {
  switch (sample.fate) {
    case 'echo-reply': {
      const hops = sample.replyHopLimit === null ? '' : `, TTL ${sample.replyHopLimit}`;
      return [formatRttExactly(sample.rttMs), `from ${sample.responder}${hops}`, `probe ${sample.sequence}`];
    }
    case 'icmp-error': {
      const { title } = describeIcmpError({ ...sample, family: family ?? 4 });
      const by = sample.fromThisMachine ? 'this machine' : sample.responder;
      return [`Lost: ${title}`, `said ${by} after ${formatRttExactly(sample.rttMs)}`, `probe ${sample.sequence}`];
    }
    case 'timed-out':
      return ['Lost: no answer in time', `probe ${sample.sequence}`];
    case 'send-failed':
      return [`Not sent (${sample.osCode})`, `probe ${sample.sequence}`];
  }
}
