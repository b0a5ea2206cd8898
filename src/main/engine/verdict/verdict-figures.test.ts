import { describe, expect, it } from 'vitest';
import { verdictSchema } from '../../../contract/verdict.ts';
import { CLEAN_CASES } from './test-cases/test-clean-cases.ts';
import { HARMLESS_CASES } from './test-cases/test-harmless-cases.ts';
import { HELD_OUT_CASES } from './test-cases/test-held-out-cases.ts';
import { LOSS_CASES } from './test-cases/test-loss-cases.ts';
import { MIXED_CASES } from './test-cases/test-mixed-cases.ts';
import { OTHER_CASES } from './test-cases/test-other-cases.ts';
import { figuresOf, figuresTable, precisionOf, recallOf } from './test-verdict-figures.ts';

/** The sets of docs/verdicts.md. The rules were written against the first. */
const SETS = [
  { name: 'Development', cases: [...CLEAN_CASES, ...HARMLESS_CASES, ...LOSS_CASES, ...OTHER_CASES, ...MIXED_CASES] },
  { name: 'Held out', cases: HELD_OUT_CASES },
] as const;

/** The figures of a set, reckoned once: it takes seconds. */
const figuresBySet = new Map<string, ReturnType<typeof figuresOf>>();
function figuresOfSet({ name, cases }: (typeof SETS)[number]): ReturnType<typeof figuresOf> {
  const figures = figuresBySet.get(name) ?? figuresOf(cases);
  figuresBySet.set(name, figures);
  return figures;
}

/** Precision and recall that a set must reach over all ids. */
const GOAL = 0.95;

/** Two verdicts of one pair speak of the same fault in two ways. */
const CONTRADICTIONS = [
  ['clean', 'too-few-samples'],
  ['destination-silent', 'outage'],
  ['destination-silent', 'loss-to-destination'],
  ['refused', 'unreachable'],
  ['route-change', 'route-flapping'],
  ['bufferbloat', 'latency-step'],
  ['routing-loop', 'outage'],
  ['routing-loop', 'destination-silent'],
] as const;

describe.each(SETS)('the verdicts on the cases of $name', (set) => {
  it('reach the goal, and are in their form', async () => {
    const figures = await figuresOfSet(set);
    console.log(figuresTable(set.name, figures));
    expect(precisionOf(figures.all)).toBeGreaterThanOrEqual(GOAL);
    expect(recallOf(figures.all)).toBeGreaterThanOrEqual(GOAL);
    for (const { one, verdicts } of figures.results) {
      const ids = verdicts.map(({ id }) => id);
      expect(ids, one.name).not.toEqual([]);
      for (const verdict of verdicts) {
        expect(verdictSchema['~standard'].validate(verdict), one.name).not.toHaveProperty('issues');
        expect(`${verdict.sentence}${verdict.advice}${verdict.surer ?? ''}`, one.name).not.toMatch(
          /NaN|undefined|null|Infinity/,
        );
      }
      expect(
        CONTRADICTIONS.filter((pair) => pair.every((id) => ids.includes(id))),
        one.name,
      ).toEqual([]);
      const alarms = verdicts.filter(({ severity }) => severity === 'warning' || severity === 'critical');
      expect(ids.includes('clean') && alarms.length > 0, one.name).toBe(false);
    }
  }, 60_000);
});

describe('the development cases', () => {
  it('are all judged rightly', async () => {
    const { results } = await figuresOfSet(SETS[0]);
    const failed = results.filter(({ missing, wrong }) => missing.length + wrong.length > 0);
    expect(failed.map(({ one, missing, wrong }) => ({ case: one.name, missing, wrong }))).toEqual([]);
  }, 60_000);

  it('are half without a fault, together with the held-out ones', () => {
    const all = SETS.flatMap(({ cases }) => cases);
    const faultless = all.filter(({ expected }) => expected.every(({ id }) => id === 'clean'));
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(faultless.length).toBeGreaterThanOrEqual(0.45 * all.length);
  });
});
