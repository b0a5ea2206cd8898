import { escapeControls } from '../../contract/escape-controls.ts';
import type { PathReport, Responder } from '../../contract/path.ts';
import { notesOf } from './path-notes.ts';
import { type PathRow, pathRows } from './path-rows.ts';
import { percent, shortTime } from './quantities.ts';
import type { Style } from './style.ts';

/** Longest text of who answers, wherever there is room: a name may have 253 characters, which nobody compares. */
const LONGEST_WHO = 70;

/** Narrowest such column; a terminal narrower than the table is cut by who calls. */
const SHORTEST_WHO = 15;

const NUMBERS = ['Loss%', 'Snt', 'Last', 'Avg', 'Best', 'Wrst', 'StDev', 'Jttr'] as const;

/** Width of a column of numbers, and what it is in a terminal of the usual 80 columns, where names need the room more. */
const NUMBER_WIDTH = 7;
const NARROW_NUMBER_WIDTH = 6;
const NARROW_COLUMNS = 100;

/** The hops as mtr shows them: a heading, a line a hop, one more for each of several responders, `???` for silence. */
export function pathTable(report: PathReport, style: Style, columns: number | null): string[] {
  const rows = pathRows(report);
  const numberWidth = columns !== null && columns < NARROW_COLUMNS ? NARROW_NUMBER_WIDTH : NUMBER_WIDTH;
  const numbersWidth = NUMBERS.length * numberWidth;
  const room = (columns ?? Number.POSITIVE_INFINITY) - 'Hop  '.length - numbersWidth;
  const limit = Math.max(SHORTEST_WHO, Math.min(LONGEST_WHO, room));
  const whos = rows.map((row) => whoOf(row, limit));
  const width = Math.max('Address'.length, ...whos.map((who) => who.length));
  const heading = `Hop  ${'Address'.padEnd(width)}${NUMBERS.map((name) => name.padStart(numberWidth)).join('')}`;
  return [
    style.strong(heading),
    ...rows.flatMap((row, index) => [
      `${head(row)}${(whos[index] ?? '').padEnd(width)}${numbersOf(row, numberWidth, style)}`,
      ...notesOf(row, report.family).map((note) => style.faint(`     ${cut(note, width + numbersWidth)}`)),
    ]),
  ];
}

/** Who a responder is: its name, its address, its autonomous system. */
export function describeResponder(responder: NamedResponder): string {
  return descriptions(responder)[0];
}

type NamedResponder = Pick<Responder, 'address' | 'name' | 'asn'>;

/** The same with less and less in it; the address alone is the last to go. */
function descriptions({ address, name, asn }: NamedResponder): [string, ...string[]] {
  const number = asn === null ? '' : `AS${asn.number}`;
  const system = asn === null ? '' : ` [${number}${asn.name === null ? '' : ` ${asn.name}`}]`;
  const who = name === null ? address : `${name} (${address})`;
  const shorter = [
    ...(asn === null ? [] : [`${who} [${number}]`, ...(name === null ? [] : [`${address} [${number}]`])]),
    who,
    ...(name === null ? [] : [name, address]),
  ];
  return [escapeControls(`${who}${system}`), ...shorter.map(escapeControls)];
}

function head(row: PathRow): string {
  return row.kind === 'branch' ? '     ' : `${String(row.hopLimit).padStart(3)}  `;
}

function whoOf(row: PathRow, limit: number): string {
  const fitting = (responder: Responder, room: number): string => {
    const told = descriptions(responder);
    return told.find((text) => text.length <= room) ?? cut(told.at(-1) ?? '', room);
  };
  switch (row.kind) {
    case 'silent':
      return '???';
    case 'hop':
      return fitting(row.responder, limit);
    case 'branching':
      return `${row.responders} responders`;
    case 'branch':
      return `- ${fitting(row.responder, limit - 2)}`;
  }
}

function numbersOf({ statistics }: PathRow, width: number, style: Style): string {
  const { lossRatio, sent, rttMs, jitterMs } = statistics;
  const loss = (lossRatio === null ? '-' : percent(lossRatio)).padStart(width);
  const times = [rttMs.last, rttMs.mean, rttMs.min, rttMs.max, rttMs.stddev, jitterMs];
  return [
    lossRatio === null || lossRatio === 0 ? loss : style.bad(loss),
    String(sent).padStart(width),
    ...times.map((time) => (time === null ? '-' : shortTime(time)).padStart(width)),
  ].join('');
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
