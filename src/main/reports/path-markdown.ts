import { formatInstant } from '../../contract/instants.ts';
import { codeCell, codeSpan, escapeMarkdown } from '../../contract/markdown.ts';
import type { PathReport } from '../../contract/path.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { withLocalTimes } from './local-times.ts';
import { branchHops, type FoundHop, pathMtuHops, pathMtuSentence } from './path-findings.ts';
import { pathHappenings } from './path-happenings.ts';
import { notesOf } from './path-notes.ts';
import { type PathRow, pathRows } from './path-rows.ts';
import { describeResponder } from './path-table.ts';
import type { ToldPath } from './path-told.ts';
import { percent, rateWords, shortTime } from './quantities.ts';
import { evidenceText } from './verdict-text.ts';

/** A path in Markdown, for an issue or a message: what it means first, then the hops, what happened and what was found. */
export function pathMarkdown({ target, report, verdicts, message, branches, pathMtu }: ToldPath): string[] {
  return withLocalTimes([
    `## Path to ${codeSpan(target)}`,
    '',
    ...(report === null
      ? [escapeMarkdown(message ?? 'Nothing was measured.'), '']
      : [
          `${escapeMarkdown(report.destination)}, IPv${report.family}, ${report.rounds} rounds, ${rateWords(report)}, from ${formatInstant(report.fromEpochMs)}`,
          '',
          ...(report.simulated === null
            ? []
            : [
                `**Simulated internet**: ${escapeMarkdown(report.simulated)}. Nothing of this was measured in a network.`,
                '',
              ]),
        ]),
    ...verdicts.flatMap(verdictItems),
    ...(report === null
      ? []
      : [
          '',
          '| Hop | Address | Loss | Sent | Last | Avg | Best | Worst | StDev | Jitter |',
          '|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|',
          ...pathRows(report).map(tableRow),
          '',
          'Times in milliseconds.',
          ...list([...pathRows(report).flatMap((row) => noteItems(row, report)), ...pathHappenings(report)]),
        ]),
    ...(branches === null ? [] : ['', '### Branches', ...list(branchHops(branches).map(foundItem))]),
    ...(pathMtu === null
      ? []
      : ['', '### Path MTU', '', pathMtuSentence(pathMtu), ...list(pathMtuHops(pathMtu).map(foundItem))]),
  ]);
}

function verdictItems({ id, severity, confidence, sentence, evidence, advice, surer }: Verdict): string[] {
  const [next = '', ...commands] = advice.split('\n');
  return [
    `- **${id}** (${severity}, ${confidence} confidence): ${escapeMarkdown(sentence)}`,
    ...evidence.map((each) => `  - ${escapeMarkdown(evidenceText(each))}`),
    ...(next === '' ? [] : [`  - Next: ${[escapeMarkdown(next), ...commands.map(codeSpan)].join(' ')}`]),
    ...(surer === null ? [] : [`  - Surer: ${escapeMarkdown(surer)}`]),
  ];
}

function tableRow(row: PathRow): string {
  const { lossRatio, sent, rttMs, jitterMs } = row.statistics;
  const times = [rttMs.last, rttMs.mean, rttMs.min, rttMs.max, rttMs.stddev, jitterMs];
  const cells = [
    row.kind === 'branch' ? '' : String(row.hopLimit),
    whoOf(row),
    lossRatio === null ? '-' : percent(lossRatio),
    String(sent),
    ...times.map((time) => (time === null ? '-' : shortTime(time))),
  ];
  return `| ${cells.join(' | ')} |`;
}

function whoOf(row: PathRow): string {
  switch (row.kind) {
    case 'silent':
      return '???';
    case 'branching':
      return `${row.responders} responders`;
    case 'hop':
    case 'branch':
      return codeCell(describeResponder(row.responder));
  }
}

function noteItems(row: PathRow, { family }: PathReport): string[] {
  if (row.kind !== 'hop' && row.kind !== 'branch') return [];
  return notesOf(row, family).map((note) => `Hop ${row.hopLimit}, ${row.responder.address}: ${note}`);
}

function foundItem({ hopLimit, text }: FoundHop): string {
  return `Hop ${hopLimit}: ${text}`;
}

/** A list of its own, none without items. */
function list(items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', ...items.map((item) => `- ${escapeMarkdown(item)}`)];
}
