import { TextInput } from '@mantine/core';
import classes from './AlertsView.module.css';
import type { RuleField, RuleForm } from './rule-form.ts';

interface FieldProps {
  readonly form: RuleForm;
  readonly problems: ReadonlyMap<RuleField, string>;
  readonly onChange: (changed: Partial<RuleForm>) => void;
}

const UNITS = { latency: 'ms', loss: '%', jitter: 'ms', mos: '' } as const;

/** What of the sentence follows the condition that was chosen. */
export function ConditionFields(props: FieldProps) {
  const { choice } = props.form;
  switch (choice) {
    case 'latency':
    case 'loss':
    case 'jitter':
    case 'mos':
      return (
        <>
          <span>over</span>
          <NumberField {...props} field="figureRounds" label="Rounds of a figure" unit="rounds" />
          <span>is {choice === 'mos' ? 'below' : 'above'}</span>
          <NumberField {...props} field="limit" label="Limit" unit={UNITS[choice]} />
          <Count {...props} />
          <Holds {...props} />
        </>
      );
    case 'baseline':
      return (
        <>
          <span>: a round trip is more than</span>
          <NumberField {...props} field="spreads" label="Spreads above the usual" unit="spreads" />
          <span>above what was usual at this hour of the last seven days,</span>
          <Count {...props} />
          <Holds {...props} />
        </>
      );
    case 'route-changed':
      return (
        <>
          <span>; over when it has been steady for</span>
          <NumberField {...props} field="leaveAfterS" label="Seconds until it is over" unit="s" />
        </>
      );
    case 'address-in-path':
      return (
        <>
          <TextInput
            size="xs"
            className={classes.address}
            aria-label="Address or range"
            placeholder="192.0.2.0/24"
            autoComplete="off"
            spellCheck={false}
            value={props.form.addresses}
            error={props.problems.get('addresses')}
            onChange={(event) => props.onChange({ addresses: event.currentTarget.value })}
          />
          <Holds {...props} />
        </>
      );
    case 'unreachable':
      return (
        <>
          <span>for</span>
          <NumberField {...props} field="rounds" label="Rounds without an answer" unit="rounds" />
          <span>in a row;</span>
          <Holds {...props} />
        </>
      );
  }
}

/** So many of so many rounds, and when it is over. */
function Count(props: FieldProps) {
  return (
    <>
      <span>in</span>
      <NumberField {...props} field="enough" label="Rounds that are enough" unit="" />
      <span>of the last</span>
      <NumberField {...props} field="of" label="Rounds looked back on" unit="rounds" />
      <span>; over when at most</span>
      <NumberField {...props} field="leaveAt" label="Rounds at which it is over" unit="" />
      <span>of them are.</span>
    </>
  );
}

/** How long it must hold, and be over. */
function Holds(props: FieldProps) {
  return (
    <>
      <span>It must last</span>
      <NumberField {...props} field="enterAfterS" label="Seconds until it counts" unit="s" />
      <span>before it counts, and be over for</span>
      <NumberField {...props} field="leaveAfterS" label="Seconds until it is over" unit="s" />
    </>
  );
}

interface NumberFieldProps extends FieldProps {
  readonly field: RuleField & keyof RuleForm;
  readonly label: string;
  readonly unit: string;
}

function NumberField({ form, problems, onChange, field, label, unit }: NumberFieldProps) {
  return (
    <TextInput
      size="xs"
      className={unit.length > 2 ? classes.numberOfRounds : classes.number}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      rightSection={unit === '' ? undefined : unit}
      rightSectionWidth={unit.length > 2 ? 58 : 28}
      rightSectionPointerEvents="none"
      value={String(form[field])}
      error={problems.get(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
}
