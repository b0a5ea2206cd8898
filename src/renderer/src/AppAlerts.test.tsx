import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AlertRule } from '../../contract/alerts.ts';
import { TestEngine } from './live-store/test-engine.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

const RULE: AlertRule = {
  ruleId: 'r1',
  name: 'Line down',
  isOn: true,
  condition: { kind: 'unreachable', rounds: 3 },
  scope: { kind: 'all' },
  enterAfterMs: 0,
  leaveAfterMs: 0,
  onEnter: [{ kind: 'log' }],
  onLeave: [],
};

function engineWith(...rules: AlertRule[]): TestEngine {
  const engine = new TestEngine();
  engine.alerts.rules.push(...rules);
  return engine;
}

describe('the view of alerts', () => {
  it('offers first rules, and makes the one that is chosen', async () => {
    const { user, engine } = await openPage(new TestEngine(), 'alerts');
    await user.click(await screen.findByRole('button', { name: /^A target stops answering/ }));
    const editor = screen.getByRole('form', { name: 'New rule' });
    const rounds = within(editor).getByRole('textbox', { name: 'Rounds without an answer' });
    await user.clear(rounds);
    await user.type(rounds, '7');
    await user.click(within(editor).getByRole('button', { name: 'Make the rule' }));
    const list = await screen.findByRole('list', { name: 'Rules' });
    expect(within(list).getByText('7 rounds in a row without an answer')).toBeInTheDocument();
    expect(engine.alerts.rules).toMatchObject([{ condition: { kind: 'unreachable', rounds: 7 } }]);
    expect(screen.queryByRole('form')).not.toBeInTheDocument();
  });

  it('makes one rule of two presses, and begins the next only once it is kept', async () => {
    const engine = engineWith();
    const kept = Promise.withResolvers<void>();
    engine.alerts.beforeSaving = kept.promise;
    const { user } = await openPage(engine, 'alerts');
    const next = await screen.findByRole('button', { name: 'New rule' });
    await user.click(next);
    const make = screen.getByRole('button', { name: 'Make the rule' });
    await user.click(make);
    await user.click(make);
    expect(next).toBeDisabled();
    kept.resolve();
    await waitFor(() => expect(next).toHaveFocus());
    expect(engine.alerts.rules).toHaveLength(1);
    await user.click(next);
    expect(screen.getByRole('form', { name: 'New rule' })).toBeInTheDocument();
  });

  it('says at its field what is wrong, and keeps what was typed', async () => {
    const { user, engine } = await openPage(new TestEngine(), 'alerts');
    await user.click(await screen.findByRole('button', { name: /^Loss above 5 %/ }));
    const limit = screen.getByRole('textbox', { name: 'Limit' });
    await user.clear(limit);
    await user.type(limit, '500');
    await user.click(screen.getByRole('button', { name: 'Make the rule' }));
    expect(await screen.findByText('A number from 0 to 99.9')).toBeInTheDocument();
    expect(limit).toHaveValue('500');
    expect(engine.alerts.rules).toEqual([]);
  });

  it('tries an action out and says in words what came of it', async () => {
    const engine = engineWith();
    const { user } = await openPage(engine, 'alerts');
    await user.click(await screen.findByRole('button', { name: 'New rule' }));
    await user.click(screen.getByRole('button', { name: 'Add a webhook' }));
    const webhook = screen.getByRole('group', { name: 'Webhook' });
    expect(within(webhook).getByRole('button', { name: 'Test Webhook' })).toBeDisabled();
    await user.type(within(webhook).getByRole('textbox'), 'https://hooks.example/1');
    engine.alerts.outcome = { kind: 'post-refused', status: 404, location: null };
    await user.click(within(webhook).getByRole('button', { name: 'Test Webhook' }));
    expect(await within(webhook).findByText(/refused with 404/)).toBeInTheDocument();
    expect(engine.alerts.calls).toEqual(['test webhook']);
  });

  it('offers no programs where they are not allowed, and says why', async () => {
    const { user } = await openPage(engineWith(), 'alerts');
    await user.click(await screen.findByRole('button', { name: 'New rule' }));
    expect(screen.getByRole('button', { name: 'Add a program' })).toBeDisabled();
    expect(screen.getByText(/--allow-programs/)).toBeInTheDocument();
  });

  it('switches a rule off, edits it in place, and removes it', async () => {
    const engine = engineWith(RULE);
    const { user } = await openPage(engine, 'alerts');
    await user.click(await screen.findByRole('switch', { name: 'Line down: on' }));
    expect(await screen.findByText('Off')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Edit Line down' }));
    const name = screen.getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Line gone');
    await user.click(screen.getByRole('button', { name: 'Keep changes' }));
    await user.click(await screen.findByRole('button', { name: 'Remove Line gone' }));
    expect(engine.alerts.calls).toEqual(['switch r1 off', 'save r1', 'remove r1']);
  });

  it('says when the engine refuses a rule', async () => {
    const engine = engineWith();
    engine.alerts.refusal = { code: 'limit-reached', what: 'rules', limit: 50 };
    const { user } = await openPage(engine, 'alerts');
    await user.click(await screen.findByRole('button', { name: 'New rule' }));
    await user.click(screen.getByRole('button', { name: 'Make the rule' }));
    expect(await screen.findByText(/At most 50 rules/)).toBeInTheDocument();
  });

  it('lists alerts with what could not be done', async () => {
    const engine = engineWith(RULE);
    engine.alerts.history = [
      {
        alertId: 'a1',
        ruleId: 'r1',
        ruleName: 'Line down',
        condition: RULE.condition,
        target: 'host.example',
        pathId: 'p9',
        destination: null,
        simulated: null,
        enteredAtEpochMs: 1_767_225_600_000,
        finding: { kind: 'unreachable', rounds: 3, isRefused: false },
        verdict: 'Nothing answers any more.',
        end: null,
        actions: [{ on: 'enter', action: 'sound', outcome: { kind: 'nobody-there', as: 'sound' } }],
      },
    ];
    await openPage(engine, 'alerts');
    const list = await screen.findByRole('list', { name: 'Alerts, the newest first' });
    expect(list).toHaveTextContent('host.example: Line down');
    expect(list).toHaveTextContent('Nothing answers any more.');
    expect(list).toHaveTextContent('Sound: Nobody could play it');
  });
});
