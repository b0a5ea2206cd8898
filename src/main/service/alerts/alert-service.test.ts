import { describe, expect, it } from 'vitest';
import type { AlertAction } from '../../../contract/alert-action.ts';
import type { AlertRecord, AlertRuleDraft, AlertSignal, AlertsState } from '../../../contract/alerts.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { SimulatedDestination } from '../../simulated/simulated-transport.ts';
import { behind, createTestServices, DEFAULT_OPTIONS, type TestServices } from '../test-services.ts';

const TARGET = '192.0.2.9';
const OPTIONS = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: false, asn: false, count: null, flow: null };

const DOWN: AlertRuleDraft = {
  name: '',
  isOn: true,
  condition: { kind: 'unreachable', rounds: 3 },
  scope: { kind: 'all' },
  enterAfterMs: 0,
  leaveAfterMs: 0,
  onEnter: [{ kind: 'notify' }],
  onLeave: [{ kind: 'notify' }],
};

/** A network whose destination can be taken away. */
function start() {
  let isGone = false;
  const healthy = behind(['198.51.100.1']);
  const destination: SimulatedDestination = (nth, probe) => {
    if (isGone && probe.hopLimit > 1) return { kind: 'silent' };
    return typeof healthy === 'function' ? healthy(nth, probe) : healthy;
  };
  const services = createTestServices({ [TARGET]: destination });
  return {
    services,
    take: (away: boolean) => {
      isGone = away;
    },
  };
}

async function add(services: TestServices): Promise<string> {
  const options = { ...OPTIONS, timeoutMs: 500 };
  const added = await services.handlers.path.add({ target: TARGET, intervalMs: 1_000, options });
  if (!added.ok) throw new Error(added.failure.code);
  return added.value.pathId;
}

function follow(services: TestServices) {
  const told: { state: AlertsState | null; alerts: AlertRecord[]; signals: AlertSignal[] } = {
    state: null,
    alerts: [],
    signals: [],
  };
  const end = () => {};
  const isCongested = () => false;
  services.handlers.alerts.follow(
    {},
    {
      emit: (state) => {
        told.state = state;
      },
      end,
      isCongested,
    },
  );
  services.handlers.alerts.history(
    {},
    {
      emit: ({ alerts }) => {
        told.alerts = alerts;
      },
      end,
      isCongested,
    },
  );
  services.handlers.alerts.signals(
    { can: ['notify'] },
    { emit: (signal) => void told.signals.push(signal), end, isCongested },
  );
  return told;
}

async function save(services: TestServices, rule: AlertRuleDraft, ruleId: string | null = null): Promise<string> {
  const saved = await services.handlers.alerts.save({ ruleId, rule });
  if (!saved.ok) throw new Error(saved.failure.code);
  return saved.value.ruleId;
}

describe('a rule', () => {
  it('enters and leaves over a path that is watched, and its alert is told, shown and kept', async () => {
    const { services, take } = start();
    const told = follow(services);
    const ruleId = await save(services, DOWN);
    const pathId = await add(services);
    await services.pass(3_000);
    expect(told.state?.rules[0]?.standings).toEqual([{ pathId, target: TARGET, state: 'well', sinceEpochMs: null }]);
    take(true);
    await services.pass(6_000);
    expect(told.state?.rules[0]?.standings[0]?.state).toBe('alert');
    expect(told.alerts).toMatchObject([
      {
        ruleId,
        target: TARGET,
        pathId,
        destination: TARGET,
        finding: { kind: 'unreachable', rounds: 3, isRefused: false },
        verdict: expect.stringMatching(/\.$/),
        end: null,
        actions: [{ on: 'enter', action: 'notify', outcome: { kind: 'signalled' } }],
      },
    ]);
    take(false);
    await services.pass(4_000);
    expect(told.alerts).toMatchObject([{ end: { cause: 'left' }, actions: [{ on: 'enter' }, { on: 'leave' }] }]);
    expect(told.signals).toEqual([
      {
        kind: 'notify',
        title: '3 rounds in a row without an answer',
        body: expect.stringMatching(/^192\.0\.2\.9: no answer for 3 rounds in a row\. [A-Z].*\.$/),
        pathId,
      },
      { kind: 'notify', title: 'Over: 3 rounds in a row without an answer', body: `${TARGET}: over.`, pathId },
    ]);
  });

  it('is asked only about the targets it names, and while it is on', async () => {
    const { services } = start();
    const told = follow(services);
    const ruleId = await save(services, { ...DOWN, scope: { kind: 'targets', targets: ['other.example'] } });
    await add(services);
    await services.pass(2_000);
    expect(told.state?.rules[0]?.standings).toEqual([]);
    await save(services, { ...DOWN, scope: { kind: 'targets', targets: [TARGET] } }, ruleId);
    await services.pass(500);
    expect(told.state?.rules[0]?.standings).toHaveLength(1);
    await services.handlers.alerts.switch({ ruleId, isOn: false });
    await services.pass(500);
    expect(told.state?.rules[0]).toMatchObject({ rule: { isOn: false }, standings: [] });
  });

  it('goes on when only its name or its actions change, and is cut off when its condition does', async () => {
    const { services, take } = start();
    const told = follow(services);
    const ruleId = await save(services, DOWN);
    await add(services);
    await services.pass(2_000);
    take(true);
    await services.pass(6_000);
    await save(services, { ...DOWN, name: 'Down', onLeave: [] }, ruleId);
    await services.pass(500);
    expect(told.alerts[0]?.end).toBeNull();
    await save(services, { ...DOWN, condition: { kind: 'unreachable', rounds: 100 } }, ruleId);
    await services.pass(500);
    expect(told.alerts[0]?.end).toMatchObject({ cause: 'rule-changed' });
  });

  it('is cut off when its target is removed, and does nothing then', async () => {
    const { services, take } = start();
    const told = follow(services);
    await save(services, DOWN);
    const pathId = await add(services);
    await services.pass(2_000);
    take(true);
    await services.pass(6_000);
    await services.handlers.path.remove({ pathId });
    await services.pass(2_000);
    expect(told.alerts).toMatchObject([{ end: { cause: 'target-removed' }, actions: [{ on: 'enter' }] }]);
    expect(told.state?.rules[0]?.standings).toEqual([]);
  });

  it('that notifies while nobody can show it says so', async () => {
    const { services } = start();
    const tested = await services.handlers.alerts.test({ action: { kind: 'sound' } });
    expect(tested).toEqual({ ok: true, value: { outcome: { kind: 'nobody-there', as: 'sound' } } });
  });

  it('there may be fifty of', async () => {
    const { services } = start();
    for (let count = 0; count < 50; count += 1) await save(services, DOWN);
    expect(await services.handlers.alerts.save({ ruleId: null, rule: DOWN })).toMatchObject({
      ok: false,
      failure: { code: 'limit-reached', limit: 50 },
    });
  });
});

describe('several alerts at once', () => {
  it('are one notification', async () => {
    const { services } = start();
    const told = follow(services);
    const test = () => services.handlers.alerts.test({ action: { kind: 'notify' } });
    await Promise.all([test(), test()]);
    services.clock.advance(milliseconds(1_000));
    expect(told.signals).toMatchObject([{ title: '2 alerts', pathId: null }]);
  });
});

describe('programs', () => {
  const program: AlertAction = {
    kind: 'program',
    program: process.execPath,
    arguments: ['-e', 'process.exit(4)'],
  };

  it('can neither be given to a rule nor run unless whoever started this allows it', async () => {
    const { services } = start();
    const rule = { ...DOWN, onEnter: [program] };
    expect(await services.handlers.alerts.save({ ruleId: null, rule })).toMatchObject({
      ok: false,
      failure: { code: 'programs-not-allowed' },
    });
    expect(await services.handlers.alerts.test({ action: program })).toEqual({
      ok: true,
      value: { outcome: { kind: 'programs-not-allowed' } },
    });
    services.programs.give(true);
    const ruleId = await save(services, rule);
    expect(await services.handlers.alerts.test({ action: program })).toEqual({
      ok: true,
      value: { outcome: { kind: 'ran', exitCode: 4, output: '' } },
    });
    // Then the rule can still be changed, but for what it runs.
    services.programs.give(false);
    await save(services, { ...rule, name: 'Renamed' }, ruleId);
    const other: AlertRuleDraft = { ...rule, onEnter: [{ ...program, arguments: ['-e', '0'] }] };
    expect(await services.handlers.alerts.save({ ruleId, rule: other })).toMatchObject({ ok: false });
  });
});
