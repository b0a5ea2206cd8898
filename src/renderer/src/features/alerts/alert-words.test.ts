import { describe, expect, it } from 'vitest';
import type { AlertRecord, AlertRule } from '../../../../contract/alerts.ts';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { alertRows, scopeWords, standingBadge } from './alert-words.ts';

const T = 1_767_225_600_000;
const RULE = { isOn: true } as AlertRule;

function alert(changed: Partial<AlertRecord> = {}): AlertRecord {
  return {
    alertId: 'a1',
    ruleId: 'r1',
    ruleName: '',
    condition: { kind: 'unreachable', rounds: 3 },
    target: 'host.example',
    pathId: 'p1',
    destination: '192.0.2.1',
    simulated: null,
    enteredAtEpochMs: T,
    finding: { kind: 'unreachable', rounds: 3, isRefused: false },
    verdict: null,
    end: null,
    actions: [],
    ...changed,
  };
}

const path = (pathId: string, target: string, addedAtEpochMs: number) =>
  ({ pathId, target, addedAtEpochMs, simulated: null }) as PathMonitorInfo;

describe('how a rule stands', () => {
  const standing = (state: 'waiting' | 'well' | 'alert') => ({
    pathId: state,
    target: state,
    state,
    sinceEpochMs: null,
  });

  it('is the worst over its targets', () => {
    expect(standingBadge(RULE, [standing('well'), standing('alert'), standing('alert')])).toEqual({
      tone: 'bad',
      label: '2 alerts',
    });
    expect(standingBadge(RULE, [standing('well'), standing('waiting')]).label).toBe('All well');
    expect(standingBadge(RULE, [standing('waiting')]).label).toBe('Waiting for data');
    expect(standingBadge(RULE, []).label).toBe('No such target');
    expect(standingBadge({ ...RULE, isOn: false }, [standing('alert')]).label).toBe('Off');
  });

  it('names three of its targets', () => {
    expect(scopeWords({ scope: { kind: 'all' } })).toBe('All targets');
    expect(scopeWords({ scope: { kind: 'targets', targets: ['a', 'b', 'c', 'd', 'e'] } })).toBe('a, b, c and 2 more');
  });
});

describe('an alert in the list', () => {
  it('says since when it lasts, and what could not be done', () => {
    const [row] = alertRows(
      [
        alert({
          actions: [
            { on: 'enter', action: 'log', outcome: { kind: 'logged', path: '/x' } },
            { on: 'enter', action: 'sound', outcome: { kind: 'nobody-there', as: 'sound' } },
          ],
        }),
      ],
      [],
      T + 65_000,
    );
    expect(row).toMatchObject({
      state: 'Now',
      tone: 'bad',
      title: '3 rounds in a row without an answer',
      sentence: 'No answer for 3 rounds in a row.',
      lasted: '1 min 5 s',
      done: 1,
      failures: [expect.stringMatching(/^Sound: Nobody could play it/)],
      moment: null,
    });
  });

  it('leads to its moment on its path, or on one of the same target that was there then', () => {
    const ended = alert({ end: { cause: 'rule-changed', atEpochMs: T + 10_000 } });
    const momentOn = (paths: PathMonitorInfo[]) => alertRows([ended], paths, T + 99_000)[0]?.moment ?? null;
    expect(momentOn([path('p1', 'host.example', T - 60_000)])).toEqual({
      pathId: 'p1',
      fromEpochMs: T - 60_000,
      toEpochMs: T + 130_000,
    });
    expect(momentOn([path('p2', 'HOST.example', T - 900_000)])).toMatchObject({
      pathId: 'p2',
      fromEpochMs: T - 300_000,
    });
    // It was added after that, so it knows nothing of it.
    expect(momentOn([path('p2', 'host.example', T + 1)])).toBeNull();
  });

  it('of which nobody knows the end says why', () => {
    const [row] = alertRows([alert({ end: { cause: 'program-ended', atEpochMs: null } })], [], T + 99_000);
    expect([row?.state, row?.lasted]).toEqual(['Hopscope ended', null]);
  });
});
