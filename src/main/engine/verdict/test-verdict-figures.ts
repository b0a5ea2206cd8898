import type { Verdict, VerdictId } from '../../../contract/verdict.ts';
import { type JudgedCase, resultOf } from './test-cases/test-judged-case.ts';
import { judgedRun, scenarioOf } from './test-judged-run.ts';

/** How often an id was given rightly, given wrongly, and not given though it should have been. */
export interface IdFigures {
  readonly right: number;
  readonly wrong: number;
  readonly missing: number;
}

/** What became of one case. */
export interface JudgedResult {
  readonly one: JudgedCase;
  readonly verdicts: readonly Verdict[];
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
}

/** Figures of a set of cases. */
export interface SetFigures {
  readonly results: readonly JudgedResult[];
  readonly byId: ReadonlyMap<VerdictId, IdFigures>;
  readonly all: IdFigures;
}

const NONE: IdFigures = { right: 0, wrong: 0, missing: 0 };

/** Measures and judges every case, and counts by id. A verdict at the wrong hop is one wrong and one missing. */
export async function figuresOf(cases: readonly JudgedCase[]): Promise<SetFigures> {
  const byId = new Map<VerdictId, IdFigures>();
  const results: JudgedResult[] = [];
  const count = (id: VerdictId, what: keyof IdFigures) => {
    const figures = byId.get(id) ?? NONE;
    byId.set(id, { ...figures, [what]: figures[what] + 1 });
  };
  for (const one of cases) {
    const verdicts = await judgedRun(scenarioOf(one.scenario), one.plan);
    const { right, missing, wrong } = resultOf(one, verdicts);
    for (const { id } of right) count(id, 'right');
    for (const { id } of missing) count(id, 'missing');
    for (const { id } of wrong) count(id, 'wrong');
    results.push({ one, verdicts, missing: missing.map(nameOf), wrong: wrong.map(nameOf) });
  }
  const all = [...byId.values()].reduce((sum, { right, wrong, missing }) => {
    return { right: sum.right + right, wrong: sum.wrong + wrong, missing: sum.missing + missing };
  }, NONE);
  return { results, byId, all };
}

/** Of the verdicts that were given, how many were right; 1 when none was given. */
export function precisionOf({ right, wrong }: IdFigures): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

/** Of the verdicts that were due, how many were given; 1 when none was due. */
export function recallOf({ right, missing }: IdFigures): number {
  return right + missing === 0 ? 1 : right / (right + missing);
}

/** The table of docs/verdicts.md, and the cases that went wrong. */
export function figuresTable(name: string, { results, byId, all }: SetFigures): string {
  const row = (id: string, figures: IdFigures) =>
    `| ${id} | ${figures.right} | ${figures.wrong} | ${figures.missing} | ${precisionOf(figures).toFixed(2)} | ${recallOf(figures).toFixed(2)} |`;
  const rows = [...byId].sort(([a], [b]) => a.localeCompare(b)).map(([id, figures]) => row(`\`${id}\``, figures));
  const failed = results.filter(({ missing, wrong }) => missing.length + wrong.length > 0);
  return [
    `${name}: ${results.length} cases, ${results.length - failed.length} of them right in everything`,
    '',
    '| id | right | wrong | missing | precision | recall |',
    '|---|---|---|---|---|---|',
    ...rows,
    row('all', all),
    '',
    ...failed.map(
      ({ one, missing, wrong }) => `${one.name}: missing [${missing.join(', ')}], wrong [${wrong.join(', ')}]`,
    ),
  ].join('\n');
}

function nameOf({ id, hopLimit }: { readonly id: VerdictId; readonly hopLimit?: number }): string {
  return hopLimit === undefined ? id : `${id} at hop ${hopLimit}`;
}
