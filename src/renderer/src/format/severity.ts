import type { Verdict } from '../../../contract/verdict.ts';

export type Severity = Verdict['severity'];

/** From the one that hurts most to the one that says all is well. */
export const BY_SEVERITY: readonly Severity[] = ['critical', 'warning', 'info', 'good'];

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Broken',
  warning: 'Trouble',
  info: 'Worth knowing',
  good: 'Good',
};

/** What a severity is called beside its mark. */
export function severityWord(severity: Severity): string {
  return SEVERITY_WORDS[severity];
}
