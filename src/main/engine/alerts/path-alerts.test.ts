import { expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import type { AlertTrigger } from './alert-watch.ts';
import { HourBaseline } from './hour-baseline.ts';
import { PathAlerts } from './path-alerts.ts';
import { round } from './test-rounds.ts';

const DOWN: AlertTrigger = { condition: { kind: 'unreachable', rounds: 2 }, enterAfterMs: 0, leaveAfterMs: 0 };

it('goes on with rules that are as they were, and begins anew with those that are others', () => {
  const alerts = new PathAlerts({ interval: milliseconds(1_000), baseline: new HourBaseline() });
  alerts.use([
    { ruleId: 'kept', trigger: DOWN },
    { ruleId: 'changed', trigger: DOWN },
    { ruleId: 'gone', trigger: DOWN },
  ]);
  alerts.take(round(0, 'lost'));
  alerts.use([
    { ruleId: 'kept', trigger: { ...DOWN } },
    { ruleId: 'changed', trigger: { ...DOWN, leaveAfterMs: 1 } },
  ]);
  const { transitions } = alerts.take(round(1, 'lost'));
  expect(transitions.map(({ ruleId }) => ruleId)).toEqual(['kept']);
  expect([alerts.stateOf('kept')?.kind, alerts.stateOf('changed')?.kind, alerts.stateOf('gone')]).toEqual([
    'alert',
    'waiting',
    null,
  ]);
});
