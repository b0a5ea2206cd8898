import { describeFailure, describeSendFailure } from '../../../contract/describe-failure.ts';
import { describeIcmpError } from '../../../contract/describe-icmp-error.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { PingEvent } from '../../../contract/ping.ts';
import type { Sample, Statistics } from '../../../contract/probe.ts';
import type { Platform } from '../../../contract/system.ts';
import { toNanoseconds } from '../../reports/quantities.ts';
import { type Lines, NO_LINES, type PingReport } from './ping-report.ts';

/** What can be said of a target whose run broke off: the counts, but no times. */
interface Tally {
  readonly destination: string;
  sent: number;
  received: number;
  duplicates: number;
}

type SampleEvent = Extract<PingEvent, { kind: 'sample' }>;

/** The run as JSON lines, in the shapes that docs/json.md describes. */
export function createJsonReport(platform: Platform): PingReport {
  const tallies = new Map<string, Tally>();
  return {
    tell: (event): Lines => {
      switch (event.kind) {
        case 'started':
          tallies.set(event.target, { destination: event.destination, sent: 0, received: 0, duplicates: 0 });
          return NO_LINES; // what is in it, replies and summaries say
        case 'repeat': {
          const tally = tallies.get(event.target);
          if (tally !== undefined) tally[event.repeat === 'late' ? 'received' : 'duplicates'] += 1;
          return NO_LINES;
        }
        case 'sample':
          count(tallies.get(event.target), event.sample);
          return lines(sampleLine(event, event.sample, platform));
        case 'failed':
          return lines(
            errorLine('error', event.target, describeFailure(event.failure, platform).sentence),
            summaryLine(event.target, null, null),
          );
        case 'finished':
          return lines(summaryLine(event.target, event.destination, event.statistics));
      }
    },
    // A target's failure is a line of its own; that of the run is nobody's, so it goes beside the JSON.
    tellFailure: (failure) => ({ out: [], notices: [`hopscope ping: ${describeFailure(failure, platform).sentence}`] }),
    close: (unresolved, unfinished) =>
      lines(
        ...unresolved.map((target) => summaryLine(target, null, null)),
        ...unfinished.map((target) => {
          const tally = tallies.get(target);
          return tally === undefined ? summaryLine(target, null, null) : brokenOffLine(target, tally);
        }),
      ),
  };
}

function count(tally: Tally | undefined, { fate }: Sample): void {
  if (tally === undefined || fate === 'send-failed') return;
  tally.sent += 1;
  if (fate === 'echo-reply') tally.received += 1;
}

function brokenOffLine(target: string, { destination, sent, received, duplicates }: Tally): object {
  const lossRatio = sent === 0 ? null : (sent - received) / sent;
  return { ...summaryLine(target, destination, null), sent, received, duplicates, lossRatio };
}

function sampleLine({ target, family }: SampleEvent, sample: Sample, platform: Platform): object {
  const { sequence } = sample;
  switch (sample.fate) {
    case 'echo-reply':
      return {
        type: 'reply',
        target,
        source: sample.responder,
        family,
        sequence,
        bytesReceived: sample.bytesReceived,
        ttl: sample.replyHopLimit,
        rttMs: toNanoseconds(sample.rttMs),
        // When the reply came, in seconds, as ICMPReply.time is.
        time: (sample.sentAtEpochMs + sample.rttMs) / 1_000,
        timestampSource: sample.timestampSource,
      };
    case 'icmp-error': {
      const { responder, icmpType, icmpCode } = sample;
      const { sentence } = describeIcmpError({ ...sample, family });
      return { ...errorLine('error', target, sentence), sequence, source: responder, icmpType, icmpCode };
    }
    case 'timed-out':
      return { type: 'timeout', target, sequence };
    case 'send-failed': {
      const { sentence } = describeSendFailure(sample.reason, sample.osCode, family, platform);
      return { ...errorLine('send-error', target, sentence), sequence, code: sample.osCode };
    }
  }
}

function errorLine(type: 'error' | 'send-error', target: string, message: string): object {
  return { type, target, sequence: null, source: null, icmpType: null, icmpCode: null, message };
}

const NO_ROUND_TRIPS = { min: null, mean: null, max: null, stddev: null, p50: null, p95: null, p99: null };

/** A target that never started has no destination and sent nothing. */
function summaryLine(target: string, destination: string | null, statistics: Statistics | null): object {
  const { min, mean, max, stddev, p50, p95, p99 } = statistics?.rttMs ?? NO_ROUND_TRIPS;
  return {
    type: 'summary',
    target,
    destination,
    sent: statistics?.sent ?? 0,
    received: statistics?.received ?? 0,
    duplicates: statistics?.duplicates ?? 0,
    lossRatio: statistics?.lossRatio ?? null,
    rttMs: {
      min: toNanoseconds(min),
      mean: toNanoseconds(mean),
      max: toNanoseconds(max),
      stddev: toNanoseconds(stddev),
      p50: toNanoseconds(p50),
      p95: toNanoseconds(p95),
      p99: toNanoseconds(p99),
    },
    jitterMs: toNanoseconds(statistics?.jitterMs ?? null),
    mdevMs: toNanoseconds(statistics?.mdevMs ?? null),
    ewmaMs: toNanoseconds(statistics?.ewmaMs ?? null),
  };
}

function lines(...objects: readonly object[]): Lines {
  return { out: objects.map((object) => escapeControls(JSON.stringify(object))), notices: [] };
}
