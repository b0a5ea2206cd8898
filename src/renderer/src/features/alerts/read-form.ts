import { readRange } from '../../../../contract/address-ranges.ts';
import { type AlertAction, isProgramName, isWebhookUrl } from '../../../../contract/alert-action.ts';
import {
  type AlertCondition,
  MEASURE_LIMITS,
  MOST_ALERT_ROUNDS,
  MOST_FIGURE_ROUNDS,
} from '../../../../contract/alert-condition.ts';
import type { AlertRuleDraft } from '../../../../contract/alerts.ts';
import { parseTargets } from '../../format/parse-targets.ts';
import type { ActionForm, RuleField, RuleForm } from './rule-form.ts';

export type ReadForm =
  | { readonly ok: true; readonly rule: AlertRuleDraft }
  | { readonly ok: false; readonly problems: ReadonlyMap<RuleField, string> };

/** What was typed as a rule, or what is wrong with it, field by field. */
export function readForm(form: RuleForm): ReadForm {
  const problems = new Map<RuleField, string>();
  const number = (field: RuleField & keyof RuleForm, from: number, to: number, isWhole = true): number => {
    const text = String(form[field]).trim().replace(',', '.');
    const value = Number(text);
    const isAllowed = text !== '' && value >= from && value <= to && (!isWhole || Number.isInteger(value));
    if (!isAllowed) {
      problems.set(field, `${isWhole ? 'A whole number' : 'A number'} from ${from} to ${to.toLocaleString('en')}`);
    }
    return value;
  };
  const condition = readCondition(form, number, problems);
  const enterAfterMs = 1_000 * (form.choice === 'route-changed' ? 0 : number('enterAfterS', 0, 3_600, false));
  const leaveAfterMs = 1_000 * number('leaveAfterS', 0, 86_400, false);
  const scope = readScope(form, problems);
  const actions = form.actions.filter(({ onEnter, onLeave, kind }) => onEnter || onLeave || !isFixed(kind));
  const read = actions.map((action) => ({ ...action, action: readAction(action, problems) }));
  if (form.name.trim().length > 100) problems.set('name', 'At most 100 characters');
  if (problems.size > 0) return { ok: false, problems };
  return {
    ok: true,
    rule: {
      name: form.name.trim(),
      isOn: form.isOn,
      condition,
      scope,
      enterAfterMs,
      leaveAfterMs,
      onEnter: read.filter(({ onEnter }) => onEnter).map(({ action }) => action),
      onLeave: read.filter(({ onLeave }) => onLeave).map(({ action }) => action),
    },
  };
}

type ReadNumber = (field: RuleField & keyof RuleForm, from: number, to: number, isWhole?: boolean) => number;

function readCondition(form: RuleForm, number: ReadNumber, problems: Map<RuleField, string>): AlertCondition {
  const count = () => {
    const of = number('of', 1, MOST_ALERT_ROUNDS);
    const enough = number('enough', 1, MOST_ALERT_ROUNDS);
    const leaveAt = number('leaveAt', 0, MOST_ALERT_ROUNDS);
    if (enough > of) problems.set('enough', `At most the ${of} rounds that are looked at`);
    if (leaveAt >= enough) problems.set('leaveAt', `Less than the ${enough} rounds at which it begins`);
    return { enough, of, leaveAt };
  };
  switch (form.choice) {
    case 'latency':
    case 'loss':
    case 'jitter':
    case 'mos': {
      const measure = form.choice;
      const { from, to } = MEASURE_LIMITS[measure];
      const fewest = measure === 'jitter' || measure === 'mos' ? 2 : 1;
      return {
        kind: 'threshold',
        measure,
        limit: number('limit', from, to, false),
        figureRounds: number('figureRounds', fewest, MOST_FIGURE_ROUNDS),
        ...count(),
      };
    }
    case 'baseline':
      return { kind: 'baseline', spreads: number('spreads', 1, 100, false), ...count() };
    case 'route-changed':
      return { kind: 'route-changed' };
    case 'address-in-path': {
      const addresses = form.addresses.trim();
      if (readRange(addresses).kind !== 'span') {
        problems.set('addresses', 'An address, or a range such as 192.0.2.0/24');
      }
      return { kind: 'address-in-path', addresses };
    }
    case 'unreachable':
      return { kind: 'unreachable', rounds: number('rounds', 1, MOST_ALERT_ROUNDS) };
  }
}

function readScope({ isOfAll, targets }: RuleForm, problems: Map<RuleField, string>): AlertRuleDraft['scope'] {
  if (isOfAll) return { kind: 'all' };
  const parsed = parseTargets(targets);
  if (parsed.ok && parsed.targets.length > 0) return { kind: 'targets', targets: [...parsed.targets] };
  problems.set('targets', 'Names or addresses of targets, set apart by spaces');
  return { kind: 'all' };
}

/** An action that is typed well enough to be tried out; null when it is not. */
export function actionOf(form: ActionForm): AlertAction | null {
  const problems = new Map<RuleField, string>();
  const action = readAction(form, problems);
  return problems.size === 0 ? action : null;
}

function readAction(form: ActionForm, problems: Map<RuleField, string>): AlertAction {
  switch (form.kind) {
    case 'notify':
    case 'sound':
    case 'log':
      return { kind: form.kind };
    case 'webhook': {
      const url = form.url.trim();
      if (!isWebhookUrl(url)) {
        problems.set(`url ${form.key}`, 'An address that begins with http:// or https://, without a password in it');
      }
      return { kind: 'webhook', url, allowPrivate: form.allowPrivate };
    }
    case 'program': {
      const program = form.program.trim();
      if (program === '' || !isProgramName(program)) {
        problems.set(`program ${form.key}`, 'The full path of a program, or a name that PATH finds');
      }
      return { kind: 'program', program, arguments: form.arguments.split('\n').filter((line) => line !== '') };
    }
  }
}

function isFixed(kind: AlertAction['kind']): boolean {
  return kind !== 'webhook' && kind !== 'program';
}
