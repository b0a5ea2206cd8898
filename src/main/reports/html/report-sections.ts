import type { PathReport } from '../../../contract/path.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { MaskedAddress } from '../../../contract/privacy-mask.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { type PathRow, pathRows } from '../path-rows.ts';
import { percent, shortTime } from '../quantities.ts';
import { evidenceText } from '../verdict-text.ts';
import { bothTimes, escapeHtml, sentenceHtml, tableHtml } from './html-text.ts';

const SEVERITIES: Readonly<Record<Verdict['severity'], string>> = {
  good: 'Good',
  info: 'Worth knowing',
  warning: 'Trouble',
  critical: 'Does not work',
};

/** What it means, with all that it rests on. */
export function verdictsHtml(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '<p>Nothing can be concluded from this period.</p>';
  return verdicts.map(verdictHtml).join('\n');
}

function verdictHtml({ severity, confidence, sentence, evidence, advice, surer }: Verdict): string {
  const [next = '', ...commands] = advice.split('\n');
  const code = commands.map((command) => `<br><code>${escapeHtml(command)}</code>`).join('');
  return `<div class="verdict ${severity}">
<h3><span class="severity">${SEVERITIES[severity]}:</span> ${sentenceHtml(sentence)}</h3>
<p class="dim">Confidence: ${confidence}.${surer === null ? '' : ` ${sentenceHtml(surer)}`}</p>
<ul>${evidence.map((each) => `<li>${sentenceHtml(evidenceText(each))}</li>`).join('')}</ul>
${next === '' ? '' : `<p>What to do: ${sentenceHtml(next)}${code}</p>`}
</div>`;
}

const HOP_COLUMNS = [
  ['Hop', true],
  ['Address', false],
  ['Name', false],
  ['Network', false],
  ['Loss', true],
  ['95 % interval', true],
  ['Sent', true],
  ['Best', true],
  ['Median', true],
  ['Mean', true],
  ['95th', true],
  ['Worst', true],
  ['Jitter', true],
] as const;

/** The table of hops, and the round trip below them. */
export function hopsHtml(report: PathReport): string {
  const rows = pathRows(report).map((row) => [...whoCells(row), ...numberCells(row.statistics, row.kind === 'silent')]);
  const end = ['', escapeHtml(report.destination), 'round trip', '', ...numberCells(report.roundTrip, false)];
  const columns = HOP_COLUMNS.map(([label, isNumber]) => ({ label, isNumber }));
  return tableHtml(
    'Round trips in milliseconds. Loss at a hop on the way that later hops do not have is harmless.',
    columns,
    [...rows, end],
  );
}

function whoCells(row: PathRow): string[] {
  const hop = row.kind === 'branch' ? '' : String(row.hopLimit);
  switch (row.kind) {
    case 'silent':
      return [hop, 'no answer', '', ''];
    case 'branching':
      return [hop, `${row.responders} responders`, '', ''];
    case 'hop':
    case 'branch': {
      const { address, name, asn } = row.responder;
      const network = asn === null ? '' : `AS${asn.number}${asn.name === null ? '' : ` ${asn.name}`}`;
      return [hop, escapeHtml(address), escapeHtml(name ?? ''), escapeHtml(network)];
    }
  }
}

/** Silence is no loss: whether any probe was lost there, nobody knows. */
function numberCells(statistics: SeriesStatistics, isSilent: boolean): string[] {
  const { sent, lossRatio, lossLow, lossHigh, rttMs, jitterMs } = statistics;
  const loss = lossRatio === null || isSilent ? '' : percent(lossRatio);
  const interval =
    lossLow === null || lossHigh === null || isSilent ? '' : `${percent(lossLow)} to ${percent(lossHigh)}`;
  const times = [rttMs.min, rttMs.p50, rttMs.mean, rttMs.p95, rttMs.max, jitterMs];
  return [
    loss !== '' && lossRatio !== 0 ? `<span class="lossy">${loss}</span>` : loss,
    interval,
    sent.toLocaleString('en'),
    ...times.map((time) => (time === null ? '' : shortTime(time))),
  ];
}

/** What a person wrote about moments. */
export function commentsHtml(comments: readonly { readonly atEpochMs: number; readonly text: string }[]): string {
  if (comments.length === 0) return '';
  const items = comments.map(({ atEpochMs, text }) => `<li>${bothTimes(atEpochMs)}: ${escapeHtml(text)}</li>`);
  return `<h2>Comments</h2>\n<ul>${items.join('\n')}</ul>`;
}

const REASONS: Readonly<Record<MaskedAddress['why'], string>> = {
  private: 'of a private range',
  'this-machine': 'of the machine that measured, or its network',
  'first-hop': 'one of the first hops',
  chosen: 'chosen by who made the report',
};

/** Method and counts. */
export function methodHtml(
  { hops, roundTrip, localDrops }: PathReport,
  masked: readonly Pick<MaskedAddress, 'label' | 'hopLimit' | 'why'>[],
): string {
  const all = hops.map(({ statistics }) => statistics);
  const total = (of: (statistics: SeriesStatistics) => number) => all.reduce((sum, each) => sum + of(each), 0);
  const counts = [
    ['Probes sent', total(({ sent }) => sent)],
    ['Answered', total(({ received }) => received)],
    ['Without an answer in time', total(({ timedOut }) => timedOut)],
    ['Answered after the timeout (counted as answered)', total(({ late }) => late)],
    ['That this machine could not send (not counted as lost)', total(({ sendFailures }) => sendFailures)],
    ['Sent to the destination itself', roundTrip.sent],
    ['Of these answered', roundTrip.received],
    ['Datagrams that this machine dropped before reading them (not counted as lost)', localDrops],
  ] as const;
  const list = counts.map(([what, count]) => `<dt>${what}</dt><dd>${count.toLocaleString('en')}</dd>`).join('\n');
  const hidden = masked.map(
    ({ label, hopLimit, why }) => `<li>${label}${hopLimit === null ? '' : `, hop ${hopLimit}`}: ${REASONS[why]}</li>`,
  );
  return `<p>In every round an ICMP echo request is sent towards the destination with each hop limit (TTL) from 1 up to that at which the destination answers, all of one flow, so that load balancers send them the same way. A router at which the hop limit ends answers “time exceeded”, the destination “echo reply”; the time from departure to answer is the round trip, from kernel timestamps where the system has them.</p>
<p>Loss is the share of probes of which the fate is known that no answer came to; the interval is Wilson’s, at 95 %. Jitter is the mean difference of consecutive round trips. Routers answer such probes with low priority, so that loss and delay at one hop mean something only where all later hops have them too. Time in which nothing was measured counts as neither.</p>
<dl>${list}</dl>
${masked.length === 0 ? '' : `<p>Masked in this file, the raw data included:</p>\n<ul>${hidden.join('\n')}</ul>`}`;
}
