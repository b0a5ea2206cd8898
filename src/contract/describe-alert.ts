import type { AlertCondition, AlertFinding, AlertMeasure } from './alert-condition.ts';
import type { AlertRuleDraft } from './alerts.ts';

/** The words for rules and what they find, the same on the screen, in a notification, in the log and in a webhook. */

/** What a rule is called: its name, or its condition in words. */
export function ruleTitle({ name, condition }: Pick<AlertRuleDraft, 'name' | 'condition'>): string {
  return name === '' ? conditionWords(condition) : name;
}

/** A condition in words: “Loss of 20 rounds above 5 % in 20 of the last 60”. */
export function conditionWords(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'threshold': {
      const { measure, limit, figureRounds, enough, of } = condition;
      const side = measure === 'mos' ? 'below' : 'above';
      const over = figureRounds === 1 ? '' : ` over ${figureRounds} rounds`;
      return `${MEASURE_NAMES[measure]}${over} ${side} ${figureWords(measure, limit)} in ${countWords(enough, of)}`;
    }
    case 'baseline':
      return `Round trips unusually long for the hour in ${countWords(condition.enough, condition.of)}`;
    case 'route-changed':
      return 'The route changed';
    case 'address-in-path':
      return `${condition.addresses} appears in the path`;
    case 'unreachable':
      return condition.rounds === 1
        ? 'One round without an answer'
        : `${condition.rounds} rounds in a row without an answer`;
  }
}

/** What was found when a rule entered, as a clause after the target: “loss over 20 rounds is 12 %”. */
export function findingWords(condition: AlertCondition, finding: AlertFinding): string {
  switch (finding.kind) {
    case 'threshold': {
      if (condition.kind !== 'threshold') return conditionWords(condition);
      const { measure, figureRounds, limit } = condition;
      const over = figureRounds === 1 ? '' : ` over ${figureRounds} rounds`;
      const side = measure === 'mos' ? 'below' : 'above';
      const count = `${finding.beyond} of the last ${roundsWords(finding.of)} ${finding.beyond === 1 ? 'was' : 'were'}`;
      return `${MEASURE_NAMES[measure].toLowerCase().replace('mos', 'MOS')}${over} is ${figureWords(measure, finding.figure)}; ${count} ${side} ${figureWords(measure, limit)}`;
    }
    case 'baseline':
      return `round trips are ${milliseconds(finding.rttMs)} where ${milliseconds(finding.usualMs)} is usual at this hour; ${finding.beyond} of the last ${roundsWords(finding.of)} were above ${milliseconds(finding.limitMs)}`;
    case 'route-changed': {
      const hop = finding.after.findIndex((address, index) => address !== (finding.before[index] ?? null));
      const at = hop === -1 ? '' : ` at hop ${hop + 1}`;
      return finding.changes === 1 ? `the route changed${at}` : `the route changed ${finding.changes} times, last${at}`;
    }
    case 'address-in-path':
      return `${finding.address} answers at hop ${finding.hopLimit}`;
    case 'unreachable':
      return `${finding.isRefused ? 'probes are refused' : 'no answer'} for ${roundsWords(finding.rounds)}${finding.rounds === 1 ? '' : ' in a row'}`;
  }
}

/** What was the worst while it lasted; null where there is no such figure. */
export function worstWords(condition: AlertCondition, finding: AlertFinding): string | null {
  switch (finding.kind) {
    case 'threshold':
      if (condition.kind !== 'threshold') return null;
      return `${condition.measure === 'mos' ? 'lowest' : 'highest'} ${figureWords(condition.measure, finding.worst)}`;
    case 'baseline':
      return `highest ${milliseconds(finding.worstMs)}`;
    case 'route-changed':
      return finding.changes === 1 ? null : `${finding.changes} changes`;
    case 'address-in-path':
    case 'unreachable':
      return null;
  }
}

/** What a person is told when a rule enters or leaves, in one sentence. */
export function alertSentence(
  on: 'enter' | 'leave',
  { target, condition, finding }: { target: string; condition: AlertCondition; finding: AlertFinding },
): string {
  const words = on === 'enter' ? findingWords(condition, finding) : (worstWords(condition, finding) ?? '');
  if (on === 'enter') return `${target}: ${words}.`;
  return words === '' ? `${target}: over.` : `${target}: over; ${words}.`;
}

export const MEASURE_NAMES: Readonly<Record<AlertMeasure, string>> = {
  latency: 'Round trip',
  loss: 'Loss',
  jitter: 'Jitter',
  mos: 'MOS',
};

/** A figure in the unit of its measure. */
export function figureWords(measure: AlertMeasure, figure: number): string {
  switch (measure) {
    case 'latency':
    case 'jitter':
      return milliseconds(figure);
    case 'loss':
      return `${Number(figure.toFixed(1))} %`;
    case 'mos':
      return figure.toFixed(2);
  }
}

function milliseconds(ms: number): string {
  return `${Number(ms.toFixed(ms < 10 ? 1 : 0))} ms`;
}

function countWords(enough: number, of: number): string {
  if (of === 1) return 'one round';
  return enough === of ? `${of} rounds in a row` : `${enough} of the last ${of} rounds`;
}

function roundsWords(rounds: number): string {
  return rounds === 1 ? 'one round' : `${rounds} rounds`;
}
