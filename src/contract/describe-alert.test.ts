import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { alertActionSchema } from './alert-action.ts';
import { type AlertCondition, alertConditionSchema } from './alert-condition.ts';
import { describeOutcome } from './describe-action.ts';
import { alertSentence, conditionWords, ruleTitle } from './describe-alert.ts';

const LOSS: AlertCondition = {
  kind: 'threshold',
  measure: 'loss',
  limit: 5,
  figureRounds: 20,
  enough: 20,
  of: 60,
  leaveAt: 5,
};

describe('a condition in words', () => {
  it.each<[AlertCondition, string]>([
    [LOSS, 'Loss over 20 rounds above 5 % in 20 of the last 60 rounds'],
    [
      { ...LOSS, measure: 'latency', limit: 150, figureRounds: 1, enough: 10, of: 10 },
      'Round trip above 150 ms in 10 rounds in a row',
    ],
    [{ ...LOSS, measure: 'mos', limit: 3.5 }, 'MOS over 20 rounds below 3.50 in 20 of the last 60 rounds'],
    [{ kind: 'unreachable', rounds: 5 }, '5 rounds in a row without an answer'],
    [{ kind: 'route-changed' }, 'The route changed'],
    [{ kind: 'address-in-path', addresses: '192.0.2.0/24' }, '192.0.2.0/24 appears in the path'],
  ])('of %j', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  it('stands for the name of a rule that has none', () => {
    expect(ruleTitle({ name: '', condition: { kind: 'route-changed' } })).toBe('The route changed');
    expect(ruleTitle({ name: 'Backup line', condition: { kind: 'route-changed' } })).toBe('Backup line');
  });
});

describe('the sentence of an alert', () => {
  it('says what was found when it enters, and the worst when it is over', () => {
    const finding = { kind: 'threshold', figure: 12.34, worst: 40, beyond: 20, of: 60 } as const;
    const about = { target: 'host.example', condition: LOSS, finding };
    expect(alertSentence('enter', about)).toBe(
      'host.example: loss over 20 rounds is 12.3 %; 20 of the last 60 rounds were above 5 %.',
    );
    expect(alertSentence('leave', about)).toBe('host.example: over; highest 40 %.');
  });
});

describe('what is refused', () => {
  const isCondition = (condition: unknown) => v.safeParse(alertConditionSchema, condition).success;
  const isAction = (action: unknown) => v.safeParse(alertActionSchema, action).success;

  it('is a condition that could never enter or never leave', () => {
    expect(isCondition(LOSS)).toBe(true);
    expect(isCondition({ ...LOSS, enough: 61 })).toBe(false);
    expect(isCondition({ ...LOSS, leaveAt: 20 })).toBe(false);
    expect(isCondition({ ...LOSS, limit: 100 })).toBe(false);
    expect(isCondition({ ...LOSS, measure: 'jitter', figureRounds: 1 })).toBe(false);
    expect(isCondition({ kind: 'address-in-path', addresses: 'host.example' })).toBe(false);
  });

  it.each([
    'ftp://host.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://',
    'http://user:password@host.example/',
    'http://good.example\\@evil.example/',
    'host.example',
  ])('is a webhook to %s', (url) => {
    expect(isAction({ kind: 'webhook', url, allowPrivate: true })).toBe(false);
  });

  it.each(['./run.sh', '../run', 'scripts/run', 'scripts\\run.exe', '', 'a\u0000b'])('is a program %j', (program) => {
    expect(isAction({ kind: 'program', program, arguments: [] })).toBe(false);
  });

  it.each(['notify-send', '/usr/bin/logger', 'C:\\Tools\\run.exe'])('is not a program %s', (program) => {
    expect(isAction({ kind: 'program', program, arguments: ['{target}'] })).toBe(true);
  });
});

it('says of a failed action what to do about it', () => {
  expect(describeOutcome({ kind: 'address-private', host: 'nas.example', address: '192.168.1.9' })).toBe(
    'Nothing was sent: nas.example leads to 192.168.1.9, an address of this machine or of a private network. Allow such addresses in the rule if that is meant.',
  );
  expect(describeOutcome({ kind: 'ran', exitCode: 2, output: 'no such user' })).toBe(
    'Ended with exit code 2, which says that something went wrong. It wrote: no such user',
  );
});
