import { describeFailure, describeSendFailure } from '../../../contract/describe-failure.ts';
import { describeIcmpError } from '../../../contract/describe-icmp-error.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { PingEvent } from '../../../contract/ping.ts';
import type { Platform } from '../../../contract/system.ts';
import type { Style } from '../../reports/style.ts';
import { type Lines, NO_LINES, type PingReport } from './ping-report.ts';
import { summaryOf } from './ping-summary.ts';

type SampleEvent = Extract<PingEvent, { kind: 'sample' }>;

/** The run as people know it from ping; with several targets each line begins with its target. */
export function createTextReport(platform: Platform, style: Style, targets: readonly string[]): PingReport {
  const finished = new Map<string, Extract<PingEvent, { kind: 'finished' }>>();
  /** What was explained once is not explained again: every probe of a target without a route fails the same way. */
  const explained = new Set<string>();
  const prefix = (target: string) => (targets.length > 1 ? `${escapeControls(target)}: ` : '');

  const explainOnce = (key: string, explanation: Explanation): readonly string[] => {
    if (explained.has(key)) return [];
    explained.add(key);
    return cureLines(explanation);
  };

  const tellSample = ({ target, family, sample }: SampleEvent): Lines => {
    const line = (text: string, notices: readonly string[] = []) => ({ out: [prefix(target) + text], notices });
    const { sequence } = sample;
    switch (sample.fate) {
      case 'echo-reply':
        return line(reply(sample.bytesReceived, sample.responder, sequence, sample.replyHopLimit, sample.rttMs));
      case 'icmp-error': {
        const explanation = describeIcmpError({ ...sample, family });
        const mtu = sample.mtuBytes === null ? '' : ` (MTU ${sample.mtuBytes})`;
        return line(
          style.bad(`From ${sample.responder} icmp_seq=${sequence} ${explanation.title}${mtu}`),
          explainOnce(`${target} ${sample.icmpType} ${sample.icmpCode}`, explanation),
        );
      }
      case 'timed-out':
        return line(style.bad(`Request timeout for icmp_seq=${sequence}`));
      case 'send-failed': {
        const explanation = describeSendFailure(sample.reason, sample.osCode, family, platform);
        return line(
          style.bad(`Not sent: icmp_seq=${sequence} ${explanation.title} (${sample.osCode})`),
          explainOnce(`${target} ${sample.osCode}`, explanation),
        );
      }
    }
  };

  return {
    tell: (event): Lines => {
      switch (event.kind) {
        case 'started': {
          const { target, destination, payloadBytes } = event;
          return {
            out: [style.strong(`PING ${escapeControls(target)} (${destination}): ${payloadBytes} data bytes`)],
            notices: [],
          };
        }
        case 'sample':
          return tellSample(event);
        case 'repeat': {
          const { target, responder, sequence, rttMs, repeat } = event;
          const mark = repeat === 'duplicate' ? 'DUP!' : 'late, after the timeout';
          return {
            out: [`${prefix(target)}From ${responder} icmp_seq=${sequence} ${time(rttMs)} (${mark})`],
            notices: [],
          };
        }
        case 'failed': {
          const explanation = describeFailure(event.failure, platform);
          return {
            out: [],
            notices: [`hopscope ping: ${escapeControls(explanation.sentence)}`, ...cureLines(explanation)],
          };
        }
        case 'finished':
          finished.set(event.target, event);
          return NO_LINES;
      }
    },
    tellFailure: (failure) => {
      const explanation = describeFailure(failure, platform);
      return {
        out: [],
        notices: [`hopscope ping: ${escapeControls(explanation.sentence)}`, ...cureLines(explanation)],
      };
    },
    close: (unresolved) => ({
      out: targets.flatMap((target) => {
        const end = finished.get(target);
        return end === undefined ? [] : ['', ...summaryOf(end, style)];
      }),
      notices: unresolved.map((target) => `hopscope ping: “${escapeControls(target)}” was still being looked up.`),
    }),
  };
}

function reply(bytes: number, responder: string, sequence: number, hopLimit: number | null, rttMs: number): string {
  const ttl = hopLimit === null ? '' : ` ttl=${hopLimit}`;
  return `${bytes} bytes from ${responder}: icmp_seq=${sequence}${ttl} ${time(rttMs)}`;
}

/** Microseconds are shown because the kernel's stamps carry them. */
function time(rttMs: number): string {
  return `time=${rttMs.toFixed(3)} ms`;
}

/** What to do, with the command to copy on lines of its own. */
export function cureLines({ cure }: Explanation): readonly string[] {
  if (cure === null) return [];
  return [
    cure.sentence,
    ...(cure.command ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `    ${line}`),
  ].map((line) => `  ${escapeControls(line)}`);
}
