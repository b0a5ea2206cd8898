import type { Verdict, VerdictId } from '../../../../contract/verdict.ts';
import type { MeasurementPlan } from '../test-judged-run.ts';

/** What a case expects: an id, and where it starts, when one place is right and others are wrong. */
export interface ExpectedVerdict {
  readonly id: VerdictId;
  readonly hopLimit?: number;
}

/** A simulated fault, or the want of one, and what is to be said of it. */
export interface JudgedCase {
  readonly name: string;
  /** A scenario without title and lesson. */
  readonly scenario: object;
  readonly plan: MeasurementPlan;
  /** All verdicts that are no mere remarks (`info`). A path without a fault expects `clean`. */
  readonly expected: readonly ExpectedVerdict[];
  /** Remarks that must be there. Others may be. */
  readonly remarks?: readonly ExpectedVerdict[];
  /** Remarks that would be wrong. */
  readonly wrongRemarks?: readonly VerdictId[];
}

/** How a case went, id by id. */
export interface CaseResult {
  readonly right: readonly ExpectedVerdict[];
  readonly missing: readonly ExpectedVerdict[];
  /** Verdicts that nobody expected, or at another place. */
  readonly wrong: readonly ExpectedVerdict[];
}

/** Sets what was concluded beside what was expected. */
export function resultOf(one: JudgedCase, verdicts: readonly Verdict[]): CaseResult {
  const told = verdicts.filter(({ severity }) => severity !== 'info');
  const remarks = verdicts.filter(({ severity }) => severity === 'info');
  const pool = [...told];
  const right: ExpectedVerdict[] = [];
  const missing: ExpectedVerdict[] = [];
  for (const expected of one.expected) {
    const index = pool.findIndex((verdict) => isThe(verdict, expected));
    if (index < 0) missing.push(expected);
    else {
      pool.splice(index, 1);
      right.push(expected);
    }
  }
  for (const expected of one.remarks ?? []) {
    (remarks.some((verdict) => isThe(verdict, expected)) ? right : missing).push(expected);
  }
  const wrongRemarks = remarks.filter(({ id }) => one.wrongRemarks?.includes(id));
  const wrong = [...pool, ...wrongRemarks].map(({ id, hopLimit }) => ({
    id,
    ...(hopLimit === null ? {} : { hopLimit }),
  }));
  return { right, missing, wrong };
}

function isThe(verdict: Verdict, { id, hopLimit }: ExpectedVerdict): boolean {
  return verdict.id === id && (hopLimit === undefined || verdict.hopLimit === hopLimit);
}
