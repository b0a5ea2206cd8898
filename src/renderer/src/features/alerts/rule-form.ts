import type { AlertAction } from '../../../../contract/alert-action.ts';
import type { AlertCondition, AlertMeasure } from '../../../../contract/alert-condition.ts';
import type { AlertRule } from '../../../../contract/alerts.ts';

/** What is asked of a path, as a person chooses it. */
export type ConditionChoice = AlertMeasure | Exclude<AlertCondition['kind'], 'threshold'>;

/** An action as it is typed, and when it is done. */
export interface ActionForm {
  /** The same while the form is open. */
  readonly key: string;
  readonly kind: AlertAction['kind'];
  readonly onEnter: boolean;
  readonly onLeave: boolean;
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly program: string;
  /** One on each line. */
  readonly arguments: string;
}

/** A rule as it is typed. */
export interface RuleForm {
  readonly name: string;
  readonly isOn: boolean;
  readonly choice: ConditionChoice;
  readonly limit: string;
  readonly figureRounds: string;
  readonly enough: string;
  readonly of: string;
  readonly leaveAt: string;
  readonly spreads: string;
  readonly addresses: string;
  readonly rounds: string;
  readonly enterAfterS: string;
  readonly leaveAfterS: string;
  readonly isOfAll: boolean;
  readonly targets: string;
  readonly actions: readonly ActionForm[];
}

export type RuleField =
  | Exclude<keyof RuleForm, 'isOn' | 'choice' | 'isOfAll' | 'actions'>
  | `url ${string}`
  | `program ${string}`;

/** What is sensible for each condition: long enough that one accident is no alert, short enough to be told in time. */
const DEFAULTS: Readonly<Record<ConditionChoice, Partial<RuleForm>>> = {
  latency: { limit: '150', figureRounds: '1', enough: '20', of: '60', leaveAt: '5' },
  loss: { limit: '5', figureRounds: '20', enough: '20', of: '60', leaveAt: '5' },
  jitter: { limit: '30', figureRounds: '20', enough: '20', of: '60', leaveAt: '5' },
  mos: { limit: '3.6', figureRounds: '20', enough: '20', of: '60', leaveAt: '5' },
  baseline: { spreads: '4', enough: '40', of: '60', leaveAt: '20' },
  'route-changed': { leaveAfterS: '300' },
  'address-in-path': { leaveAfterS: '60' },
  unreachable: { rounds: '5', leaveAfterS: '10' },
};

const BLANK: RuleForm = {
  name: '',
  isOn: true,
  choice: 'loss',
  limit: '5',
  figureRounds: '20',
  enough: '20',
  of: '60',
  leaveAt: '5',
  spreads: '4',
  addresses: '',
  rounds: '5',
  enterAfterS: '0',
  leaveAfterS: '0',
  isOfAll: true,
  targets: '',
  actions: [],
};

const FIXED = ['notify', 'sound', 'log'] as const;

/** A new rule of a condition: notified and logged, for all targets. */
export function newForm(choice: ConditionChoice): RuleForm {
  const actions = FIXED.map((kind) => newAction(kind, kind, { onEnter: kind !== 'sound', onLeave: kind === 'log' }));
  return { ...BLANK, choice, ...DEFAULTS[choice], actions };
}

/** Another condition, with its own sensible numbers; the rest of what was typed stays. */
export function withChoice(form: RuleForm, choice: ConditionChoice): RuleForm {
  return { ...form, choice, enterAfterS: '0', leaveAfterS: '0', ...DEFAULTS[choice] };
}

export function newAction(
  kind: AlertAction['kind'],
  key: string,
  when: { readonly onEnter: boolean; readonly onLeave: boolean } = { onEnter: true, onLeave: false },
): ActionForm {
  return { key, kind, ...when, url: '', allowPrivate: false, program: '', arguments: '' };
}

/** A rule as a person would have typed it. */
export function formOf(rule: AlertRule): RuleForm {
  const { name, isOn, scope, enterAfterMs, leaveAfterMs } = rule;
  return {
    ...BLANK,
    name,
    isOn,
    ...conditionForm(rule.condition),
    enterAfterS: String(enterAfterMs / 1_000),
    leaveAfterS: String(leaveAfterMs / 1_000),
    isOfAll: scope.kind === 'all',
    targets: scope.kind === 'all' ? '' : scope.targets.join(' '),
    actions: actionForms(rule),
  };
}

function conditionForm(condition: AlertCondition): Partial<RuleForm> & Pick<RuleForm, 'choice'> {
  switch (condition.kind) {
    case 'threshold': {
      const { measure, limit, figureRounds, enough, of, leaveAt } = condition;
      return {
        choice: measure,
        limit: String(limit),
        figureRounds: String(figureRounds),
        enough: String(enough),
        of: String(of),
        leaveAt: String(leaveAt),
      };
    }
    case 'baseline': {
      const { spreads, enough, of, leaveAt } = condition;
      return {
        choice: 'baseline',
        spreads: String(spreads),
        enough: String(enough),
        of: String(of),
        leaveAt: String(leaveAt),
      };
    }
    case 'route-changed':
      return { choice: 'route-changed' };
    case 'address-in-path':
      return { choice: 'address-in-path', addresses: condition.addresses };
    case 'unreachable':
      return { choice: 'unreachable', rounds: String(condition.rounds) };
  }
}

/** One line for each action, whether it is done at one of the two moments or at both. */
function actionForms({ onEnter, onLeave }: AlertRule): ActionForm[] {
  const texts = (actions: readonly AlertAction[]) => actions.map((action) => JSON.stringify(action));
  const [entering, leaving] = [texts(onEnter), texts(onLeave)];
  const lineOf = (text: string): ActionForm => {
    const action: AlertAction = JSON.parse(text);
    const when = { onEnter: entering.includes(text), onLeave: leaving.includes(text) };
    const form = newAction(action.kind, text, when);
    switch (action.kind) {
      case 'webhook':
        return { ...form, url: action.url, allowPrivate: action.allowPrivate };
      case 'program':
        return { ...form, program: action.program, arguments: action.arguments.join('\n') };
      case 'notify':
      case 'sound':
      case 'log':
        return { ...form, key: action.kind };
    }
  };
  const others = [...new Set([...entering, ...leaving])].map(lineOf);
  const fixed = FIXED.map(
    (kind) => others.find((one) => one.kind === kind) ?? newAction(kind, kind, { onEnter: false, onLeave: false }),
  );
  return [...fixed, ...others.filter(({ kind }) => kind === 'webhook' || kind === 'program')];
}
