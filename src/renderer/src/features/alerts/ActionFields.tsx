import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ActionOutcome, AlertAction } from '../../../../contract/alert-action.ts';
import { ACTION_NAMES, describeOutcome, hasSucceeded } from '../../../../contract/describe-action.ts';
import classes from './AlertsView.module.css';
import { actionOf } from './read-form.ts';
import { type ActionForm, newAction, type RuleField } from './rule-form.ts';

/** What came of trying an action out, or why it could not be tried. */
export type TestResult = { readonly outcome: ActionOutcome } | { readonly failure: string };

interface ActionFieldsProps {
  readonly actions: readonly ActionForm[];
  readonly problems: ReadonlyMap<RuleField, string>;
  readonly areProgramsAllowed: boolean;
  readonly onChange: (actions: readonly ActionForm[]) => void;
  readonly onTest: (action: AlertAction) => Promise<TestResult>;
  readonly askToNotify: () => Promise<NotificationPermission>;
}

const ABOUT: Readonly<Record<AlertAction['kind'], string>> = {
  notify: 'By the desktop app, or by a page that was allowed to.',
  sound: 'By a page that is open.',
  log: 'A line in alerts.log.',
  webhook: 'A POST with JSON.',
  program:
    'With these arguments, one a line; {target}, {rule}, {event}, {time}, {destination} and {sentence} are filled in.',
};

/** What is done when the rule enters and when it leaves, each with a button that tries it out. */
export function ActionFields(props: ActionFieldsProps) {
  const { actions, problems, areProgramsAllowed, onChange, onTest, askToNotify } = props;
  const made = useRef(0);
  const add = (kind: 'webhook' | 'program') => {
    made.current += 1;
    onChange([...actions, newAction(kind, `new-${made.current}`)]);
  };
  return (
    <fieldset className={classes.actions}>
      <legend className={classes.legend}>Then</legend>
      {actions.map((action, index) => (
        <ActionRow
          key={action.key}
          action={action}
          problems={problems}
          onChange={(changed) => onChange(actions.with(index, { ...action, ...changed }))}
          onRemove={() => onChange(actions.filter((one) => one !== action))}
          onTest={onTest}
          askToNotify={askToNotify}
        />
      ))}
      <div className={classes.buttons}>
        <Button size="compact-xs" variant="default" onClick={() => add('webhook')}>
          Add a webhook
        </Button>
        <Button size="compact-xs" variant="default" disabled={!areProgramsAllowed} onClick={() => add('program')}>
          Add a program
        </Button>
      </div>
      {!areProgramsAllowed && (
        <p className={classes.note}>
          Programs are not allowed here: whoever can open this page could run anything on this machine. Start Hopscope
          with --allow-programs, or tick “Let Alerts Run Programs” in the menu of the desktop app.
        </p>
      )}
    </fieldset>
  );
}

interface ActionRowProps {
  readonly action: ActionForm;
  readonly problems: ReadonlyMap<RuleField, string>;
  readonly onChange: (changed: Partial<ActionForm>) => void;
  readonly onRemove: () => void;
  readonly onTest: (action: AlertAction) => Promise<TestResult>;
  readonly askToNotify: () => Promise<NotificationPermission>;
}

function ActionRow({ action, problems, onChange, onRemove, onTest, askToNotify }: ActionRowProps) {
  const { kind, key } = action;
  const name = ACTION_NAMES[kind];
  const [result, setResult] = useState<TestResult | 'trying' | null>(null);
  const ready = actionOf(action);
  const test = async () => {
    if (ready === null) return;
    setResult('trying');
    // A page may ask only in answer to a click.
    if (kind === 'notify') await askToNotify();
    setResult(await onTest(ready));
  };
  const isFixed = kind === 'notify' || kind === 'sound' || kind === 'log';
  return (
    <fieldset className={classes.action} aria-label={name}>
      <div className={classes.line}>
        <span className={classes.kind}>{name}</span>
        <Checkbox
          size="xs"
          label="when it begins"
          checked={action.onEnter}
          onChange={(event) => onChange({ onEnter: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label="when it is over"
          checked={action.onLeave}
          onChange={(event) => onChange({ onLeave: event.currentTarget.checked })}
        />
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Test ${name}`}
          disabled={ready === null || result === 'trying'}
          onClick={() => void test()}
        >
          Test
        </Button>
        {!isFixed && (
          <Button size="compact-xs" variant="default" aria-label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
      {kind === 'webhook' && (
        <div className={classes.line}>
          <TextInput
            size="xs"
            className={classes.wide}
            aria-label="Address of the webhook"
            placeholder="https://hooks.example/…"
            autoComplete="off"
            spellCheck={false}
            value={action.url}
            error={problems.get(`url ${key}`)}
            onChange={(event) => onChange({ url: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label="may be of this machine or a private network"
            checked={action.allowPrivate}
            onChange={(event) => onChange({ allowPrivate: event.currentTarget.checked })}
          />
        </div>
      )}
      {kind === 'program' && (
        <div className={classes.line}>
          <TextInput
            size="xs"
            className={classes.wide}
            aria-label="Program"
            placeholder="/usr/bin/logger"
            autoComplete="off"
            spellCheck={false}
            value={action.program}
            error={problems.get(`program ${key}`)}
            onChange={(event) => onChange({ program: event.currentTarget.value })}
          />
          <Textarea
            size="xs"
            className={classes.wide}
            aria-label="Arguments, one a line"
            placeholder={'{event}\n{target}'}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            value={action.arguments}
            onChange={(event) => onChange({ arguments: event.currentTarget.value })}
          />
        </div>
      )}
      <p className={classes.note}>{ABOUT[kind]}</p>
      <p className={classes.result} role="status" data-good={isGood(result) || undefined}>
        {resultWords(result)}
      </p>
    </fieldset>
  );
}

function isGood(result: TestResult | 'trying' | null): boolean {
  return result !== null && result !== 'trying' && 'outcome' in result && hasSucceeded(result.outcome);
}

function resultWords(result: TestResult | 'trying' | null): string {
  if (result === null) return '';
  if (result === 'trying') return 'Trying…';
  return 'outcome' in result ? describeOutcome(result.outcome) : result.failure;
}
