import { escapeControls } from '../../contract/escape-controls.ts';
import type { PathReport } from '../../contract/path.ts';
import { withLocalTimes } from './local-times.ts';
import { branchHops, type FoundHop, pathMtuHops, pathMtuSentence } from './path-findings.ts';
import { pathHappenings } from './path-happenings.ts';
import { pathTable } from './path-table.ts';
import type { ToldPath } from './path-told.ts';
import { rateWords } from './quantities.ts';
import type { Style } from './style.ts';
import { verdictText } from './verdict-text.ts';

/** A path as text for people: what was probed, the hops, what happened, and what it means. */
export function pathText(told: ToldPath, style: Style, columns: number | null): string[] {
  const { report, verdicts, branches, pathMtu } = told;
  return withLocalTimes(
    [
      ...(report === null
        ? [style.strong(escapeControls(told.target))]
        : [pathHeading(report, style), ...pathTable(report, style, columns), ...block(pathHappenings(report))]),
      ...(branches === null ? [] : ['', style.strong('Branches'), ...branchHops(branches).map(foundLine)]),
      ...(pathMtu === null
        ? []
        : ['', style.strong('Path MTU'), pathMtuSentence(pathMtu), ...pathMtuHops(pathMtu).map(foundLine)]),
      ...block(verdicts.flatMap((verdict) => verdictText(verdict, style))),
    ].map((line) => line.trimEnd()),
  );
}

/** Who is looked at, and what the numbers are of. */
export function pathHeading(report: PathReport, style: Style): string {
  const { target, destination, family, rounds, simulated } = report;
  const who = target === destination ? target : `${target} (${destination})`;
  const every = rounds > 1 ? `, ${rateWords(report)}` : '';
  const where = simulated === null ? '' : `, simulated internet “${escapeControls(simulated)}”`;
  return `${style.strong(escapeControls(who))}, IPv${family}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}${every}${where}`;
}

/** Lines set apart from those before them. */
function block(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function foundLine({ hopLimit, text }: FoundHop): string {
  return `${String(hopLimit).padStart(3)}  ${text}`;
}
