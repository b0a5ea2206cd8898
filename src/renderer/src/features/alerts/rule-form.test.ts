import { describe, expect, it } from 'vitest';
import type { AlertRule, AlertRuleDraft } from '../../../../contract/alerts.ts';
import { readForm } from './read-form.ts';
import { type ConditionChoice, formOf, newAction, newForm, type RuleForm, withChoice } from './rule-form.ts';

const CHOICES: readonly ConditionChoice[] = [
  'latency',
  'loss',
  'jitter',
  'mos',
  'baseline',
  'route-changed',
  'unreachable',
];

function read(form: RuleForm): AlertRuleDraft {
  const result = readForm(form);
  if (!result.ok) throw new Error(JSON.stringify([...result.problems]));
  return result.rule;
}

function problemsOf(form: RuleForm): [string, string][] {
  const result = readForm(form);
  return result.ok ? [] : [...result.problems];
}

describe('a new rule', () => {
  it.each(CHOICES)('of %s can be kept as it is offered', (choice) => {
    expect(read(newForm(choice))).toMatchObject({ isOn: true, scope: { kind: 'all' } });
  });

  it('of loss notifies and logs when it begins, and logs when it is over', () => {
    expect(read(newForm('loss'))).toEqual({
      name: '',
      isOn: true,
      condition: {
        kind: 'threshold',
        measure: 'loss',
        limit: 5,
        figureRounds: 20,
        enough: 20,
        of: 60,
        leaveAt: 5,
      },
      scope: { kind: 'all' },
      enterAfterMs: 0,
      leaveAfterMs: 0,
      onEnter: [{ kind: 'notify' }, { kind: 'log' }],
      onLeave: [{ kind: 'log' }],
    });
  });
});

describe('what is typed', () => {
  it('is read with a comma for a point, and a name without the blanks around it', () => {
    const form = { ...newForm('latency'), limit: ' 12,5 ', enterAfterS: '1.5', name: '  Slow line ' };
    expect(read(form)).toMatchObject({ condition: { limit: 12.5 }, enterAfterMs: 1_500, name: 'Slow line' });
  });

  it('that is not allowed says at each field what is', () => {
    const form = {
      ...newForm('loss'),
      limit: '120',
      enough: '70',
      leaveAt: '70',
      figureRounds: 'x',
      isOfAll: false,
      targets: ' ',
    };
    expect(problemsOf(form)).toEqual([
      ['limit', 'A number from 0 to 99.9'],
      ['figureRounds', 'A whole number from 1 to 600'],
      ['enough', 'At most the 60 rounds that are looked at'],
      ['leaveAt', 'Less than the 70 rounds at which it begins'],
      ['targets', 'Names or addresses of targets, set apart by spaces'],
    ]);
  });

  it('of a webhook or a program is read only when it is one', () => {
    const webhook = { ...newAction('webhook', 'w'), url: 'ftp://host.example' };
    const program = { ...newAction('program', 'p'), program: './run' };
    expect(problemsOf({ ...newForm('loss'), actions: [webhook, program] }).map(([field]) => field)).toEqual([
      'url w',
      'program p',
    ]);
    const good = [
      { ...webhook, url: ' https://hooks.example/a ', onLeave: true },
      { ...program, program: 'logger', arguments: '-t\nhopscope\n{sentence}\n' },
    ];
    expect(read({ ...newForm('loss'), actions: good })).toMatchObject({
      onEnter: [
        { kind: 'webhook', url: 'https://hooks.example/a', allowPrivate: false },
        { kind: 'program', program: 'logger', arguments: ['-t', 'hopscope', '{sentence}'] },
      ],
      onLeave: [{ kind: 'webhook' }],
    });
  });

  it('stays when another condition is chosen, but for its numbers', () => {
    const form = withChoice({ ...newForm('loss'), name: 'Mine', limit: '42' }, 'latency');
    expect(form).toMatchObject({ name: 'Mine', choice: 'latency', limit: '150' });
  });
});

describe('a rule that is edited', () => {
  it('is read back as it was, whatever its condition', () => {
    const rule: AlertRule = {
      ruleId: 'r1',
      name: 'All of it',
      isOn: false,
      condition: { kind: 'baseline', spreads: 3.5, enough: 10, of: 20, leaveAt: 2 },
      scope: { kind: 'targets', targets: ['host.example', '192.0.2.1'] },
      enterAfterMs: 5_000,
      leaveAfterMs: 60_000,
      onEnter: [
        { kind: 'sound' },
        { kind: 'webhook', url: 'http://127.0.0.1/a', allowPrivate: true },
        { kind: 'program', program: '/bin/true', arguments: ['a b', '{target}'] },
      ],
      onLeave: [{ kind: 'webhook', url: 'http://127.0.0.1/a', allowPrivate: true }],
    };
    const { ruleId: _, ...draft } = rule;
    expect(read(formOf(rule))).toEqual(draft);
    const others: AlertRule['condition'][] = [
      { kind: 'address-in-path', addresses: '192.0.2.0/24' },
      { kind: 'unreachable', rounds: 7 },
      { kind: 'threshold', measure: 'mos', limit: 3.1, figureRounds: 30, enough: 2, of: 9, leaveAt: 1 },
    ];
    for (const condition of others) {
      expect(read(formOf({ ...rule, condition }))).toEqual({ ...draft, condition });
    }
  });
});
