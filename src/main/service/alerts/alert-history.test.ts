import { expect, it } from 'vitest';
import type { AlertRecord } from '../../../contract/alerts.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { AlertHistoryStore } from '../../store/alert-store.ts';
import { KeptRecord } from '../../store/kept-record.ts';
import { AlertHistory } from './alert-history.ts';

const ALERT: AlertRecord = {
  alertId: 'a1',
  ruleId: 'r1',
  ruleName: '',
  condition: { kind: 'unreachable', rounds: 3 },
  target: 'host.example',
  pathId: 'p1',
  destination: null,
  simulated: null,
  enteredAtEpochMs: 1_767_225_600_000,
  finding: { kind: 'unreachable', rounds: 3, isRefused: false },
  verdict: null,
  end: null,
  actions: [],
};

const openStore = () =>
  new AlertHistoryStore(
    new KeptRecord({ clock: new VirtualClock(), random: new SeededRandom(1) }, { path: null, holds: 'alert-history' }),
  );

it('notes what comes of an action also when the alert was over before', () => {
  const history = new AlertHistory(openStore());
  history.begin(ALERT);
  const work = history.work('a1');
  history.end('a1', { cause: 'rule-changed', atEpochMs: 1 });
  history.noteAction('a1', 'enter', 'webhook', { kind: 'posted', status: 204 });
  work[Symbol.dispose]();
  expect(history.alerts[0]?.actions).toHaveLength(1);
});

it('says of an alert of a program that has ended that nobody knows how it went on', () => {
  const store = openStore();
  new AlertHistory(store).begin(ALERT);
  expect(new AlertHistory(store).alerts[0]?.end).toEqual({ cause: 'program-ended', atEpochMs: null });
});

it('forgets those that are over, and keeps those that last', () => {
  const history = new AlertHistory(openStore());
  history.begin(ALERT);
  history.begin({ ...ALERT, alertId: 'a2' });
  history.end('a1', { cause: 'target-removed', atEpochMs: 1 });
  history.forget();
  expect(history.alerts.map(({ alertId }) => alertId)).toEqual(['a2']);
});
