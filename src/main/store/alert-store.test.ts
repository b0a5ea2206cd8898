import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertRecord, type AlertRule, MOST_KEPT_ALERTS } from '../../contract/alerts.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { AlertHistoryStore, AlertRuleStore, BaselineStore } from './alert-store.ts';
import { KeptRecord } from './kept-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-alerts-'));
const path = join(folder, 'kept', 'alert-rules.json');
afterEach(() => rmSync(join(folder, 'kept'), { recursive: true, force: true }));

const open = (at: string | null) =>
  new KeptRecord({ clock: new VirtualClock(), random: new SeededRandom(1) }, { path: at, holds: 'alert-rules' });

const RULE: AlertRule = {
  ruleId: 'r1',
  name: 'Down',
  isOn: true,
  condition: { kind: 'unreachable', rounds: 3 },
  scope: { kind: 'all' },
  enterAfterMs: 0,
  leaveAfterMs: 0,
  onEnter: [{ kind: 'log' }],
  onLeave: [],
};

describe('rules', () => {
  it('are there at the next start, with those of a newer version left as they were', () => {
    const record = open(path);
    const store = new AlertRuleStore(record);
    store.put(RULE);
    record[Symbol.dispose]();
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const newer = { ruleId: 'r0', condition: { kind: 'phase-of-the-moon' } };
    writeFileSync(path, JSON.stringify({ rules: [newer, ...file.rules] }));
    const next = new AlertRuleStore(open(path));
    expect(next.rules).toEqual([RULE]);
    next.put({ ...RULE, name: 'Renamed' });
    next.record[Symbol.dispose]();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ rules: [newer, { ...RULE, name: 'Renamed' }] });
  });

  it('of a file that cannot be understood are none, and that is told', () => {
    const store = new AlertRuleStore(open(path));
    store.put(RULE);
    store.record[Symbol.dispose]();
    writeFileSync(path, '{ "rules": [');
    const next = new AlertRuleStore(open(path));
    expect([next.rules, next.record.troubles]).toMatchObject([
      [],
      [{ code: 'file-not-read', holds: 'alert-rules', path, keptAs: expect.stringContaining('unusable') }],
    ]);
  });
});

describe('alerts of the past', () => {
  it('are the newest five hundred', () => {
    const store = new AlertHistoryStore(open(null));
    const alert = (count: number): AlertRecord => ({
      alertId: `a${count}`,
      ruleId: 'r1',
      ruleName: '',
      condition: RULE.condition,
      target: 'host.example',
      pathId: 'p1',
      destination: null,
      simulated: null,
      enteredAtEpochMs: count,
      finding: { kind: 'unreachable', rounds: 3, isRefused: false },
      verdict: null,
      end: null,
      actions: [],
    });
    for (let count = 0; count <= MOST_KEPT_ALERTS; count += 1) store.put(alert(count));
    expect([store.alerts.length, store.alerts[0]?.alertId, store.alerts.at(-1)?.alertId]).toEqual([500, 'a500', 'a1']);
  });
});

describe('baselines', () => {
  it('are those of a name whatever the case of its letters', () => {
    const store = new BaselineStore(open(null));
    store.put('Host.example', [[490_896, 20, 1.5]]);
    expect([store.hoursOf('host.EXAMPLE'), store.hoursOf('other.example')]).toEqual([[[490_896, 20, 1.5]], []]);
  });
});
