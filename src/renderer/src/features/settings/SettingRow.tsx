import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { DEFAULT_SETTINGS, type SettingChanges, type Settings } from '../../../../contract/settings.ts';
import { rangeWords } from '../../../../contract/settings-rules.ts';
import classes from './SettingsView.module.css';
import { problemWith, readNumber, type SettingField, valueWords } from './setting-fields.ts';

interface SettingRowProps {
  readonly field: SettingField;
  readonly settings: Settings;
  readonly isChanged: boolean;
  /** Whether the kept value is not allowed, so that the default is used. */
  readonly isIgnored: boolean;
  readonly disabled: boolean;
  /** Gives why not, or null. */
  readonly onChange: (changes: SettingChanges) => Promise<string | null>;
}

/** One setting: what it does, its control, and the way back to its default. */
export function SettingRow({ field, settings, isChanged, isIgnored, disabled, onChange }: SettingRowProps) {
  const labelId = useId();
  const explanationId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (changes: SettingChanges) => setProblem(await onChange(changes));
  return (
    <fieldset className={classes.row} aria-labelledby={labelId}>
      <div>
        <span id={labelId} className={classes.label}>
          {field.label}
        </span>
        <p id={explanationId} className={classes.explanation}>
          {field.explanation}
          {field.kind === 'number' && ` ${capital(rangeWords(field.range))}.`}
          {field.holds !== null && ` ${field.holds}`}
        </p>
        {isIgnored && (
          <p className={classes.ignored}>
            The file has a value for this that is not allowed, so the default is used. It stays there until you change
            it.
          </p>
        )}
      </div>
      <Control
        // What was typed gives way when the setting changes elsewhere.
        key={String(settings[field.key])}
        field={field}
        settings={settings}
        labelId={labelId}
        explanationId={explanationId}
        problem={problem}
        disabled={disabled}
        onProblem={setProblem}
        onChange={(changes) => void change(changes)}
      />
      {(isChanged || isIgnored) && (
        <Button
          size="compact-xs"
          variant="default"
          className={classes.back}
          disabled={disabled}
          title={`Default: ${valueWords(field, DEFAULT_SETTINGS)}`}
          aria-label={`${field.label}: back to default, ${valueWords(field, DEFAULT_SETTINGS)}`}
          onClick={() => void change({ [field.key]: null })}
        >
          Back to default
        </Button>
      )}
    </fieldset>
  );
}

interface ControlProps {
  readonly field: SettingField;
  readonly settings: Settings;
  readonly labelId: string;
  readonly explanationId: string;
  readonly problem: string | null;
  readonly disabled: boolean;
  readonly onProblem: (problem: string | null) => void;
  readonly onChange: (changes: SettingChanges) => void;
}

function Control(props: ControlProps) {
  const { field, settings, labelId, explanationId, disabled, onChange } = props;
  switch (field.kind) {
    case 'switch':
      return (
        <Switch
          aria-labelledby={labelId}
          aria-describedby={explanationId}
          checked={settings[field.key]}
          disabled={disabled}
          onChange={(event) => onChange({ [field.key]: event.currentTarget.checked })}
        />
      );
    case 'choice':
      return (
        <SegmentedControl
          size="xs"
          aria-labelledby={labelId}
          aria-describedby={explanationId}
          data={[...field.choices]}
          value={settings[field.key]}
          disabled={disabled}
          onChange={(value) => onChange({ [field.key]: value })}
        />
      );
    case 'number':
    case 'address':
      return <TypedControl {...props} field={field} />;
  }
}

type TypedField = Extract<SettingField, { kind: 'number' | 'address' }>;

/** A value that is typed: taken with Enter or by leaving the field, given up with Escape. */
function TypedControl(props: Omit<ControlProps, 'field'> & { readonly field: TypedField }) {
  const { field, settings, labelId, explanationId, problem, disabled, onProblem, onChange } = props;
  const [typed, setTyped] = useState(String(settings[field.key]));
  const take = () => {
    const read =
      field.kind === 'number'
        ? readNumber(typed, field.range, field.unit)
        : ({ ok: true, value: typed.trim() } as const);
    if (!read.ok) {
      onProblem(read.problem);
      return;
    }
    const conflict = problemWith(settings, field.key, read.value);
    onProblem(conflict);
    if (conflict === null && read.value !== settings[field.key]) onChange({ [field.key]: read.value });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take();
    if (event.key !== 'Escape') return;
    setTyped(String(settings[field.key]));
    onProblem(null);
  };
  return (
    <TextInput
      size="xs"
      className={classes.number}
      aria-labelledby={labelId}
      aria-describedby={explanationId}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      rightSection={field.kind === 'number' ? field.unit : undefined}
      rightSectionWidth={field.kind === 'number' ? 74 : undefined}
      rightSectionPointerEvents="none"
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      value={typed}
      error={problem}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onProblem(null);
      }}
      onKeyDown={onKeyDown}
      onBlur={take}
    />
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
