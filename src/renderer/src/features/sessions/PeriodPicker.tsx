import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Session } from '../../../../contract/sessions.ts';
import { formatClock, formatDay } from '../../format/time.ts';
import type { PeriodAddress } from '../../live-store/session-address.ts';
import classes from './CompareView.module.css';
import { optionWords, typedPeriod } from './compare-periods.ts';

interface PeriodPickerProps {
  /** What the side is called: Before or After. */
  readonly side: string;
  readonly sessions: readonly Session[];
  readonly period: PeriodAddress | null;
  readonly onPick: (period: PeriodAddress) => void;
}

/** One side of the comparison: a session, and of it all or a period. */
export function PeriodPicker({ side, sessions, period, onPick }: PeriodPickerProps) {
  return (
    <fieldset className={classes.picker}>
      <legend className={classes.side}>{side}</legend>
      <NativeSelect
        size="xs"
        aria-label={`${side}: session`}
        value={period?.sessionId ?? ''}
        data={[
          ...(period === null ? [{ value: '', label: 'Choose a session…' }] : []),
          ...sessions.map((session) => ({ value: session.sessionId, label: optionWords(session) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '') onPick({ sessionId: value, fromEpochMs: null, toEpochMs: null });
        }}
      />
      {period !== null && <PeriodFields key={JSON.stringify(period)} side={side} period={period} onPick={onPick} />}
    </fieldset>
  );
}

interface PeriodFieldsProps extends Pick<PeriodPickerProps, 'side' | 'onPick'> {
  readonly period: PeriodAddress;
}

/** From and to in two fields, which are empty for the beginning and the end. */
function PeriodFields({ side, period, onPick }: PeriodFieldsProps) {
  const [from, setFrom] = useState(fieldValue(period.fromEpochMs));
  const [to, setTo] = useState(fieldValue(period.toEpochMs));
  const [problem, setProblem] = useState<string | null>(null);
  const isAll = period.fromEpochMs === null && period.toEpochMs === null;
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = typedPeriod(period.sessionId, from, to);
    if ('problem' in typed) setProblem(typed.problem);
    else onPick(typed.period);
  };
  return (
    <form className={classes.fields} onSubmit={apply}>
      <TextInput
        type="datetime-local"
        step={1}
        size="xs"
        label="From"
        aria-label={`${side}: from`}
        description={from === '' ? 'its beginning' : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={from}
        error={problem}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        step={1}
        size="xs"
        label="To"
        aria-label={`${side}: to`}
        description={to === '' ? 'its end' : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" aria-label={`${side}: take this period`}>
        Take
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={isAll}
        aria-label={`${side}: the whole session`}
        onClick={() => onPick({ sessionId: period.sessionId, fromEpochMs: null, toEpochMs: null })}
      >
        Whole
      </Button>
    </form>
  );
}

function fieldValue(epochMs: number | null): string {
  return epochMs === null ? '' : `${formatDay(epochMs)}T${formatClock(epochMs)}`;
}
