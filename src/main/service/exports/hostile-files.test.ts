import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { epochMilliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';

const START = 1_700_000_000_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-hostile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function keeper(clock = new VirtualClock(epochMilliseconds(START)), seed = 1): SessionKeeper {
  return new SessionKeeper({ clock, random: new SeededRandom(seed) }, join(folder, `${seed}`));
}

let seed = 1;

const ANSWER = {
  address: '192.0.2.1',
  icmpType: 11,
  icmpCode: 0,
  replyHopLimit: 64,
  mtuBytes: null,
  quotedHopLimit: 1,
  isQuoteAltered: null,
  extensions: null,
};

const HEAD = {
  format: 'hopscope-session',
  version: 1,
  target: 'host.example',
  destination: '198.51.100.1',
  family: 4,
  intervalMs: 1_000,
  maxHops: 8,
  simulated: null,
  begunAtEpochMs: START,
  name: '',
  comment: '',
  comments: [],
  isMasked: false,
  destinationHopLimit: null,
  hasDestinationAnswered: false,
  localDrops: 0,
  gateways: [],
  names: [],
  pathMtu: null,
  branches: null,
  gaps: [],
  routeChanges: [],
  sendFailures: null,
  responders: [{ hopLimit: 1, last: [ANSWER], rejections: [] }],
  rounds: 3,
};

const HOP = {
  hopLimit: 1,
  fates: 'ata',
  rttMs: [1.5, 2.25],
  responders: [[2, 1]],
  reordered: [],
  outliers: [],
  outliersOfResponder: [],
  rejections: [],
  duplicates: [],
};

const CHUNK = {
  firstRound: 0,
  beganAtEpochMs: [START, START + 1_000, START + 2_000],
  gapsBefore: [[3, 0]],
  hops: [HOP],
};

/** A file as Hopscope writes it, of any parts. */
function file(head: object = HEAD, chunks: readonly unknown[] = [CHUNK]): string {
  const lines = chunks.map((chunk, index) => `${JSON.stringify(chunk)}${index === chunks.length - 1 ? '' : ','}\n`);
  return `${JSON.stringify(head).slice(0, -1)},"chunks":[\n${lines.join('')}]}\n`;
}

/** What is said of a file: the sentence that refuses it, or null. */
function refusal(text: string): string | null {
  using own = keeper(undefined, ++seed);
  const told = own.importPiece({ importId: null, text, isLast: true });
  expect(own.list(null).sessions).toHaveLength(told.ok ? 1 : 0);
  return told.ok ? null : describeFailure(told.failure, 'other').sentence;
}

function firstOf(told: ReturnType<SessionKeeper['comments']>): { readonly commentId?: string } {
  return (told.ok ? told.value.comments[0] : null) ?? {};
}

describe('an import', () => {
  it('takes the file that the others here are spoilt copies of', () => {
    expect(refusal(file())).toBeNull();
    expect(refusal(file({ ...HEAD, rounds: 0 }, []))).toBeNull();
  });

  it('refuses what is no such file, and names place and reason', () => {
    const cases: [string, string][] = [
      ['', 'the file is empty'],
      ['[]', 'the file is in no form'],
      ['{"format":"hopscope-session"', 'the file is in no form'],
      [file().slice(0, -40), 'line 2 is no JSON'],
      [file().slice(0, -3), 'line 3 is missing: the file ends too soon'],
      [`${file()}{}`, 'line 4 comes after the end'],
      [file({ ...HEAD, version: 4 }), 'line 1, version is 4: the file is of a newer Hopscope'],
      [file({ ...HEAD, version: 2 }), 'line 1, version is 2, where it must be 1 by what is in it'],
      [file({ ...HEAD, isMasked: true }), 'line 1, isMasked is true'],
      [file({ ...HEAD, maxHops: 256 }), 'line 1, maxHops is not allowed'],
      [file({ ...HEAD, target: 7 }), 'line 1, target is not allowed ('],
      [file({ ...HEAD, more: 1 }), 'line 1, more is not allowed'],
      [file({ ...HEAD, rounds: 4 }), 'line 2, beganAtEpochMs has 3 rounds, where there must be 4'],
      [file({ ...HEAD, rounds: 1_025 }, [CHUNK]), 'line 2, beganAtEpochMs has 3 rounds, where there must be 1024'],
      [file(HEAD, []), 'line 2 ends after 0 of 3 rounds'],
      [file(HEAD, [CHUNK, CHUNK]), 'line 3 is beyond the 3 rounds of the file'],
      [file(HEAD, [null]), 'line 2 is not allowed'],
      [
        file({ ...HEAD, responders: [...HEAD.responders, ...HEAD.responders] }),
        'line 1, responders has a hop limit twice',
      ],
    ];
    for (const [text, sentence] of cases) expect(refusal(text)).toContain(sentence);
  });

  it('refuses rounds that contradict each other', () => {
    const chunk = (changed: object) => file(HEAD, [{ ...CHUNK, ...changed }]);
    const hop = (changed: object) => chunk({ hops: [{ ...HOP, ...changed }] });
    const cases: [string, string][] = [
      [chunk({ firstRound: 1 }), 'firstRound is 1, where 0 comes next'],
      [chunk({ beganAtEpochMs: [START, START - 1, START] }), 'beganAtEpochMs.1 is before the round before it'],
      [chunk({ beganAtEpochMs: [START + 0.3, START + 1, START + 2] }), 'beganAtEpochMs.0 is no whole number'],
      [chunk({ beganAtEpochMs: [START, START, 1e300] }), 'line 2, beganAtEpochMs.2 is not allowed'],
      [chunk({ gapsBefore: [[2, 0]] }), 'gapsBefore is of 2, where there must be 3'],
      [
        chunk({
          gapsBefore: [
            [1, 4],
            [2, 3],
          ],
        }),
        'gapsBefore becomes fewer',
      ],
      [chunk({ hops: [HOP, HOP] }), 'hops.1.hopLimit is 1, which is there already'],
      [hop({ hopLimit: 9 }), 'hops.0.hopLimit is above maxHops, 8'],
      [hop({ fates: 'at' }), 'hops.0.fates has 2 letters for 3 rounds'],
      [hop({ fates: 'ata!' }), 'line 2, hops.0.fates'],
      [hop({ fates: 'art' }), 'hops.0.fates has an “r”'],
      [hop({ rttMs: [1] }), 'hops.0.rttMs has 1 round trips for 2 answers'],
      [hop({ rttMs: [1, -1] }), 'line 2, hops.0.rttMs.1'],
      [hop({ rttMs: [1, 0.00001] }), 'hops.0.rttMs has 0.00001'],
      [hop({ responders: [[2, 2]] }), 'hops.0.responders names responder 2 of 1'],
      [hop({ responders: [[2, 0]] }), 'hops.0.responders names responder 0'],
      [hop({ responders: [[1_024, 1]] }), 'hops.0.responders is of 1024, where there must be 2'],
      [hop({ outliers: [1] }), 'hops.0.outliers names place 1'],
      [hop({ duplicates: [[1, 1]] }), 'hops.0.duplicates names place 1'],
      [hop({ duplicates: [[0, 70_000]] }), 'line 2, hops.0.duplicates'],
    ];
    for (const [text, sentence] of cases) expect(refusal(text)).toContain(sentence);
  });

  it('takes nothing from keys that would reach into every object', () => {
    const poisoned = file().replace(
      '{"format":"hopscope-session"',
      '{"format":"hopscope-session","__proto__":{"isMasked":true}',
    );
    expect(refusal(poisoned)).toContain('__proto__');
    expect(refusal(file().replace('"hopLimit":1,"fates"', '"__proto__":{"x":1},"hopLimit":1,"fates"'))).toContain(
      '__proto__',
    );
    expect(({} as Record<string, unknown>)['isMasked']).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('leaves nothing behind when it is refused late, abandoned, forgotten, or cut off by the end of the program', () => {
    const clock = new VirtualClock(epochMilliseconds(START));
    const head = file().split('\n')[0] ?? '';
    {
      using own = keeper(clock);
      const begun = own.importPiece({ importId: null, text: `${head}\n`, isLast: false });
      if (!begun.ok) throw new Error('not begun');
      own.abandonImport({ importId: begun.value.importId });
      const gone = own.importPiece({ importId: begun.value.importId, text: '', isLast: true });
      expect(gone).toEqual({ ok: false, failure: { code: 'not-found', what: 'import', id: begun.value.importId } });
      const forgotten = own.importPiece({ importId: null, text: `${head}\n`, isLast: false });
      if (!forgotten.ok) throw new Error('not begun');
      clock.advance(seconds(61));
      own.importPiece({ importId: null, text: `${head}\n`, isLast: false });
      expect(own.importPiece({ importId: forgotten.value.importId, text: '', isLast: true }).ok).toBe(false);
      expect(own.list(null).sessions).toEqual([]);
    }
    using after = keeper(clock);
    expect(after.list(null).sessions).toEqual([]);
  });

  it('refuses more JSON than can be read at once, before it is read', () => {
    const most = 32 * 1_024 * 1_024;
    expect(refusal(`{\n${' '.repeat(most)}}`)).toContain('too long to be read at once');
    expect(refusal(`${file(HEAD, []).slice(0, -3)}${'['.repeat(most + 1)}`)).toContain('line 2 is too long');
  });

  it('gives a session as many comments as its file may hold, and none beyond', () => {
    using own = keeper(undefined, ++seed);
    const comments = Array.from({ length: 10_000 }, () => ({ atEpochMs: START, text: 'again' }));
    const told = own.importPiece({ importId: null, text: file({ ...HEAD, comments }), isLast: true });
    const sessionId = told.ok ? (told.value.session?.sessionId ?? '') : '';
    expect(own.addComment({ sessionId, atEpochMs: START, text: 'one more' })).toEqual({
      ok: false,
      failure: { code: 'limit-reached', what: 'comments', limit: 10_000 },
    });
    const { commentId = '' } = firstOf(own.comments({ sessionId }));
    own.removeComment({ sessionId, commentId });
    expect(own.addComment({ sessionId, atEpochMs: START, text: 'one more' }).ok).toBe(true);
  });

  it('allows a few at a time', () => {
    using own = keeper();
    const begin = () => own.importPiece({ importId: null, text: '{"format":', isLast: false });
    expect([begin(), begin(), begin(), begin()].every(({ ok }) => ok)).toBe(true);
    expect(begin()).toEqual({ ok: false, failure: { code: 'limit-reached', what: 'imports', limit: 4 } });
  });
});
