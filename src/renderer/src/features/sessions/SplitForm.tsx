import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Session } from '../../../../contract/sessions.ts';
import { formatClock, formatDay } from '../../format/time.ts';
import type { PeriodAddress } from '../../live-store/session-address.ts';
import classes from './CompareView.module.css';
import { splitAt } from './compare-periods.ts';

interface SplitFormProps {
  readonly session: Session;
  /** Where it is split now; null when it is not. */
  readonly atEpochMs: number | null;
  readonly onSplit: (periods: readonly [PeriodAddress, PeriodAddress]) => void;
}

/** Before and after one moment of a session, such as that at which the router was restarted. */
export function SplitForm({ session, atEpochMs, onSplit }: SplitFormProps) {
  const { sessionId, fromEpochMs, toEpochMs } = session;
  const middle = ((fromEpochMs ?? 0) + (toEpochMs ?? 0)) / 2;
  const shown = atEpochMs ?? middle;
  const [moment, setMoment] = useState(`${formatDay(shown)}T${formatClock(shown)}`);
  const [problem, setProblem] = useState<string | null>(null);
  const split = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const at = new Date(moment).getTime();
    if (Number.isNaN(at)) setProblem('Give the day and the time.');
    else if (at <= (fromEpochMs ?? 0) || at >= (toEpochMs ?? 0)) setProblem('The session was not measured then.');
    else {
      setProblem(null);
      onSplit(splitAt(sessionId, at));
    }
  };
  return (
    <form className={classes.split} onSubmit={split}>
      <TextInput
        type="datetime-local"
        step={1}
        size="xs"
        label="Both are of one session: compare what was before and after"
        value={moment}
        error={problem}
        onChange={(event) => setMoment(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        Split there
      </Button>
    </form>
  );
}
