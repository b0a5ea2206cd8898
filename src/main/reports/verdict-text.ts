import { escapeControls } from '../../contract/escape-controls.ts';
import type { Evidence, Verdict } from '../../contract/verdict.ts';
import { percent, shortTime } from './quantities.ts';
import type { Style } from './style.ts';
import { wrapped } from './wrapped.ts';

/** Before what does not fit into the first line. */
const INDENT = '  ';

/** A verdict for people: the sentence, then what it rests on, what would make it surer, and what to do. */
export function verdictText(verdict: Verdict, style: Style): string[] {
  const { sentence, severity, confidence, evidence, surer, advice } = verdict;
  return [
    `${verdictHead(verdict, style)}: ${escapeControls(sentence)} ${style.faint(`(${severity}, ${confidence} confidence)`)}`,
    ...evidence.map((each) => `  - ${evidenceText(each)}`),
    ...adviceLines(advice),
    ...(surer === null ? [] : [`  Surer: ${escapeControls(surer)}`]),
  ];
}

/** What to do; commands to copy stand on lines of their own. */
function adviceLines(advice: string): string[] {
  const [first = '', ...commands] = advice.split('\n').map(escapeControls);
  return first === '' ? [] : [`  Next: ${first}`, ...commands.map((command) => `      ${command}`)];
}

/** A verdict's sentence in lines of at most so many columns. */
export function verdictSentence(verdict: Verdict, style: Style, columns: number): string[] {
  const { id, sentence } = verdict;
  const [first = '', ...rest] = wrapped(`${id}: ${escapeControls(sentence)}`, columns - INDENT.length);
  // Coloured afterwards: what colours takes no room.
  return [`${verdictHead(verdict, style)}${first.slice(id.length)}`, ...rest.map((line) => `${INDENT}${line}`)];
}

function verdictHead({ id, severity }: Verdict, style: Style): string {
  switch (severity) {
    case 'good':
      return style.good(id);
    case 'info':
      return style.strong(id);
    case 'warning':
      return style.caution(id);
    case 'critical':
      return style.bad(id);
  }
}

/** One piece of evidence: "loss at hop 5: 12.0% (8.1% to 17.3%, of 200)". */
export function evidenceText({ label, value, unit, low, high, samples }: Evidence): string {
  const told = (each: number | string) => quantity(each, unit);
  const bounds = [
    ...(low === null || high === null ? [] : [`${told(low)} to ${told(high)}`]),
    ...(samples === null ? [] : [`of ${samples}`]),
  ];
  return escapeControls(`${label}: ${told(value)}${bounds.length === 0 ? '' : ` (${bounds.join(', ')})`}`);
}

function quantity(value: number | string, unit: Evidence['unit']): string {
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'ratio':
      return percent(value);
    case 'ms':
      return `${shortTime(value)} ms`;
    case 's':
      return `${Number(value.toFixed(1))} s`;
    case 'bytes':
      return `${value} bytes`;
    case 'hop':
      return `hop ${value}`;
    case 'per-second':
      return `${Number(value.toFixed(1))} a second`;
    case 'count':
    case 'address':
    case 'text':
      return String(Number(value.toFixed(2)));
  }
}
