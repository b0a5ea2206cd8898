import { Autocomplete, Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AlertAction } from '../../../../contract/alert-action.ts';
import type { AlertRuleDraft } from '../../../../contract/alerts.ts';
import { conditionWords } from '../../../../contract/describe-alert.ts';
import { ActionFields, type TestResult } from './ActionFields.tsx';
import classes from './AlertsView.module.css';
import { ConditionFields } from './ConditionFields.tsx';
import { readForm } from './read-form.ts';
import { type ConditionChoice, type RuleField, type RuleForm, withChoice } from './rule-form.ts';

interface RuleEditorProps {
  readonly initial: RuleForm;
  /** Targets that are watched, for suggestions. */
  readonly targets: readonly string[];
  readonly isNew: boolean;
  readonly areProgramsAllowed: boolean;
  /** Whether it is on its way to the engine. */
  readonly isSaving: boolean;
  /** Gives why not, or null. */
  readonly onSave: (rule: AlertRuleDraft) => Promise<string | null>;
  readonly onTest: (action: AlertAction) => Promise<TestResult>;
  readonly onCancel: () => void;
  readonly askToNotify: () => Promise<NotificationPermission>;
}

const CHOICES: readonly { value: ConditionChoice; label: string }[] = [
  { value: 'unreachable', label: 'No answer' },
  { value: 'loss', label: 'Loss' },
  { value: 'latency', label: 'Round trip' },
  { value: 'jitter', label: 'Jitter' },
  { value: 'mos', label: 'MOS (call quality)' },
  { value: 'baseline', label: 'Unusual for the hour' },
  { value: 'route-changed', label: 'Route changed' },
  { value: 'address-in-path', label: 'Address in the path' },
];

const NO_PROBLEMS: ReadonlyMap<RuleField, string> = new Map();

/** A rule as sentences with fields in them. */
export function RuleEditor(props: RuleEditorProps) {
  const { initial, targets, isNew, areProgramsAllowed, isSaving, onSave, onTest, onCancel, askToNotify } = props;
  const [form, setForm] = useState(initial);
  const [hasTried, setHasTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = (changed: Partial<RuleForm>) => setForm((before) => ({ ...before, ...changed }));
  const read = readForm(form);
  // What is still being typed is not called wrong.
  const problems = hasTried && !read.ok ? read.problems : NO_PROBLEMS;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (read.ok && !isSaving) setRefusal(await onSave(read.rule));
  };
  return (
    <form
      className={classes.editor}
      aria-label={isNew ? 'New rule' : 'Edit rule'}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onCancel();
      }}
    >
      <div className={classes.sentence}>
        <span>Alert when</span>
        <NativeSelect
          size="xs"
          aria-label="Condition"
          data={[...CHOICES]}
          value={form.choice}
          data-autofocus
          autoFocus
          onChange={(event) => {
            const chosen = CHOICES.find(({ value }) => value === event.currentTarget.value);
            if (chosen !== undefined) setForm(withChoice(form, chosen.value));
          }}
        />
        <ConditionFields form={form} problems={problems} onChange={change} />
      </div>
      <div className={classes.sentence}>
        <span>for</span>
        <SegmentedControl
          size="xs"
          aria-label="Targets"
          data={[
            { value: 'all', label: 'All targets' },
            { value: 'some', label: 'Only some' },
          ]}
          value={form.isOfAll ? 'all' : 'some'}
          onChange={(value) => change({ isOfAll: value === 'all' })}
        />
        {!form.isOfAll && (
          <Autocomplete
            size="xs"
            className={classes.wide}
            aria-label="Which targets"
            placeholder="host.example 192.0.2.1"
            data={[...targets]}
            value={form.targets}
            error={problems.get('targets')}
            onChange={(value) => change({ targets: value })}
          />
        )}
      </div>
      <ActionFields
        actions={form.actions}
        problems={problems}
        areProgramsAllowed={areProgramsAllowed}
        onChange={(actions) => change({ actions })}
        onTest={onTest}
        askToNotify={askToNotify}
      />
      <TextInput
        size="xs"
        className={classes.wide}
        label="Name"
        placeholder={read.ok ? conditionWords(read.rule.condition) : 'By its condition'}
        value={form.name}
        error={problems.get('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {refusal !== null && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
      {hasTried && !read.ok && (
        <p className={classes.refusal} role="alert">
          Some of it is not allowed yet; it is said beside each field.
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="xs" type="submit">
          {isNew ? 'Make the rule' : 'Keep changes'}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
