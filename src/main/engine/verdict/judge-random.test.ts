import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../contract/path.ts';
import { verdictSchema } from '../../../contract/verdict.ts';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { judge } from './judge.ts';
import type { PathEvidence } from './path-evidence.ts';
import { addressOf, evidenceOfPath, type PathOfTest, type PlaceOfTest, START } from './test-evidence.ts';

const ROUNDS = [0, 1, 2, 3, 9, 29, 30, 31, 35, 60, 120, 320];
/** Type and code of what a place may answer; null: as it should. */
const ANSWERS = [null, null, null, [11, 0], [3, 1], [3, 13], [3, 4], [12, 0]] as const;

function anyOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(unit(random) * values.length)] as T;
}

/** A place of some temper: all answered, some or all lost, some or all late, some or none sent, from the beginning or not. */
function placeFrom(random: Random, hopLimit: number): PlaceOfTest {
  const [lost, late, unsent] = [0, 0, 0].map(() => anyOf(random, [0, 0, 0, 0.02, 0.3, 1]));
  const [base, swing] = [anyOf(random, [0.05, 4 * hopLimit, 900]), anyOf(random, [0, 1, 60])];
  const raisedFrom = anyOf(random, [0, 20, 1_000]);
  const icmp = anyOf(random, ANSWERS);
  return {
    ...(icmp === null ? {} : { icmp }),
    address: anyOf(random, [addressOf(hopLimit), addressOf(Math.max(1, hopLimit - 2))]),
    rtt: (round) =>
      unit(random) < (lost ?? 0) ? null : base + swing * unit(random) + (round >= raisedFrom ? swing : 0),
    fate: () => {
      if (unit(random) < (unsent ?? 0)) return 'send-failed';
      return unit(random) < (late ?? 0) ? 'late' : null;
    },
  };
}

function gapsFrom(random: Random): Gap[] {
  return Array.from({ length: anyOf(random, [0, 0, 1, 4]) }, () => {
    const fromEpochMs = START + Math.floor(300_000 * unit(random));
    const toEpochMs = fromEpochMs + Math.floor(60_000 * unit(random));
    return { fromEpochMs, toEpochMs, cause: anyOf(random, ['asleep', 'paused', 'no-transport'] as const) };
  });
}

/** Evidence of any kind: of short periods, of nothing but losses, late answers, failures or gaps, and of all of these. */
function evidenceFrom(seed: number): PathEvidence {
  const random = new SeededRandom(seed);
  const count = anyOf(random, [0, 1, 3, 8]);
  const path: PathOfTest = {
    rounds: anyOf(random, ROUNDS),
    hops: Array.from({ length: count }, (_, index) => placeFrom(random, index + 1)),
    destination: unit(random) < 0.25 ? null : placeFrom(random, count + 1),
    gaps: gapsFrom(random),
    localDrops: anyOf(random, [0, 0, 1, 500]),
    sendFailures: anyOf(random, [
      [],
      [{ reason: 'interface-gone', osCode: 'ENODEV', count: anyOf(random, [0, 1, 90]) }],
    ]),
    pathMtu: anyOf(random, [
      null,
      { destination: '203.0.113.80', pathMtuBytes: null, isBlackHole: true, hops: [] },
      { destination: '203.0.113.80', pathMtuBytes: 1_400, isBlackHole: true, hops: [] },
    ]),
  };
  return evidenceOfPath(path);
}

describe('the judgement of whatever was measured', () => {
  it('never throws, is never empty, and tells only numbers and words that mean something', () => {
    for (let seed = 0; seed < 600; seed += 1) {
      const verdicts = judge(evidenceFrom(seed));
      expect(verdicts, `seed ${seed}`).not.toEqual([]);
      for (const verdict of verdicts) {
        const where = `seed ${seed}: ${verdict.id}`;
        expect(verdictSchema['~standard'].validate(verdict), where).not.toHaveProperty('issues');
        const numbers = verdict.evidence.flatMap(({ value, low, high, samples }) => [
          value,
          low ?? 0,
          high ?? 0,
          samples ?? 0,
        ]);
        expect(
          numbers.filter((value) => typeof value === 'number' && !Number.isFinite(value)),
          where,
        ).toEqual([]);
        const words = [
          verdict.sentence,
          verdict.advice,
          verdict.surer ?? '',
          ...verdict.evidence.map(({ label }) => label),
        ];
        expect(
          words.filter((text) => /NaN|Infinity|null|undefined|\.\.|: \./.test(text)),
          where,
        ).toEqual([]);
        expect(
          verdict.evidence.filter(({ unit: of, samples }) => of === 'ratio' && samples === 0),
          where,
        ).toEqual([]);
      }
    }
  }, 60_000);

  it('says nothing of times, and does not call it clean, where every answer came after the timeout', () => {
    for (const rounds of [9, 10, 35, 120]) {
      const late = (hopLimit: number): PlaceOfTest => ({ rtt: () => 4 * hopLimit, fate: () => 'late' });
      const evidence = evidenceOfPath({ rounds, hops: [1, 2, 3].map(late), destination: late(4) });
      expect(evidence.report.roundTrip).toMatchObject({ received: rounds, late: rounds, rttMs: { min: null } });
      const verdicts = judge(evidence);
      expect(verdicts.map(({ id }) => id)).toEqual(['too-few-samples']);
      expect(verdicts[0]?.sentence).toContain(`${rounds} of ${rounds} answers came after the timeout`);
    }
  });

  it('keeps a step that it finds among timed answers when some are late', () => {
    const place = (hopLimit: number, rtt: number): PlaceOfTest => ({
      rtt: () => rtt,
      fate: (round) => (round % 4 === hopLimit % 4 ? 'late' : null),
    });
    const hops = [place(1, 1), place(2, 5), place(3, 150)];
    const step = judge(evidenceOfPath({ rounds: 40, hops, destination: place(4, 155) })).find(
      ({ id }) => id === 'latency-step',
    );
    expect(step).toMatchObject({ severity: 'info', hopLimit: 3 });
    expect(step?.evidence.map(({ value, samples }) => [value, samples])).toEqual([
      [145, 30],
      [155, 30],
    ]);
  });
});
