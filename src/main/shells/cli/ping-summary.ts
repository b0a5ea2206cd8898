import { escapeControls } from '../../../contract/escape-controls.ts';
import type { PingEvent } from '../../../contract/ping.ts';
import { percent } from '../../reports/quantities.ts';
import type { Style } from '../../reports/style.ts';

/** The last lines about one target, as ping's: counts, loss, and where there were answers their times. */
export function summaryOf(
  { target, statistics }: Extract<PingEvent, { kind: 'finished' }>,
  style: Style,
): readonly string[] {
  const { sent, received, lossRatio, rttMs, jitterMs } = statistics;
  const counts = [
    `${sent} ${sent === 1 ? 'packet' : 'packets'} transmitted`,
    `${received} received`,
    ...counted(statistics.duplicates, 'duplicate', 'duplicates'),
    ...counted(statistics.late, 'late', 'late'),
    ...counted(statistics.icmpErrors, 'error', 'errors'),
    ...counted(statistics.inFlight, 'still in flight', 'still in flight'),
    ...counted(statistics.sendFailures, 'not sent', 'not sent'),
    ...(lossRatio === null ? [] : [emphasise(lossRatio, style)]),
    ...counted(statistics.localDrops, 'datagram dropped by this machine', 'datagrams dropped by this machine'),
  ];
  return [
    style.strong(`--- ${escapeControls(target)} ping statistics ---`),
    counts.join(', '),
    ...(rttMs.min === null
      ? []
      : [
          `rtt min/avg/max/stddev = ${numbers(rttMs.min, rttMs.mean, rttMs.max, rttMs.stddev)} ms`,
          `rtt p50/p95/p99 = ${numbers(rttMs.p50, rttMs.p95, rttMs.p99)} ms, jitter = ${numbers(jitterMs)} ms`,
        ]),
  ];
}

function counted(count: number, one: string, several: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
}

function emphasise(lossRatio: number, style: Style): string {
  const text = `${percent(lossRatio)} packet loss`;
  return lossRatio === 0 ? style.good(text) : style.bad(text);
}

/** Numbers joined by slashes; a dash where there were too few samples. */
function numbers(...values: readonly (number | null)[]): string {
  return values.map((value) => value?.toFixed(3) ?? '-').join('/');
}
