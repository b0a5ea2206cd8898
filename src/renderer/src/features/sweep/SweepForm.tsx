import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type KeyboardEvent, type SubmitEvent, useMemo, useState } from 'react';
import type { SweepOrder } from '../../live-store/sweep-store.ts';
import { PlayIcon } from '../../ui/icons.tsx';
import { useRemembered } from '../../ui/use-remembered.ts';
import classes from './SweepForm.module.css';
import { readTypedRanges } from './sweep-ranges.ts';
import { DEFAULT_RATE, DEFAULT_RETRIES, RATES, RETRIES, rateOf, retriesOf } from './sweep-settings.ts';
import { estimateWords } from './sweep-words.ts';

interface SweepFormProps {
  /** Ranges to begin with in place of those typed last; null when there are none. */
  readonly initialRanges: string | null;
  /** Whether nothing can be started now. */
  readonly disabled: boolean;
  readonly onStart: (order: SweepOrder) => void;
}

const EXPLANATION =
  'An address, 192.0.2.0/24, 192.0.2.1-99 or a name; several separated by commas, spaces or lines. Sweep only networks that you may.';

/** Where ranges are typed. Enter starts, Shift+Enter begins a new line. */
export function SweepForm({ initialRanges, disabled, onStart }: SweepFormProps) {
  const [remembered, remember] = useRemembered('hopscope-sweep-ranges', '');
  const [typed, setTyped] = useState(initialRanges ?? remembered);
  const [rate, chooseRate] = useRemembered('hopscope-sweep-rate', DEFAULT_RATE);
  const [retries, chooseRetries] = useRemembered('hopscope-sweep-retries', DEFAULT_RETRIES);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useMemo(() => readTypedRanges(typed), [typed]);

  const start = () => {
    switch (read.kind) {
      case 'none':
        setProblem('Nothing was typed. Type a range such as 192.0.2.0/24.');
        break;
      case 'wrong':
        setProblem(read.sentence);
        break;
      case 'ranges':
        remember(typed);
        onStart({ ranges: read.ranges, ratePerSecond: rateOf(rate), retries: retriesOf(retries) });
        break;
    }
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!disabled) start();
  };

  const hint = read.kind === 'ranges' ? estimateWords(read.total, rateOf(rate)) : EXPLANATION;
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      <Textarea
        className={classes.ranges}
        label="Ranges"
        placeholder="192.0.2.0/24, 2001:db8::1-2001:db8::ff"
        description={problem === null ? hint : undefined}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autosize
        minRows={1}
        maxRows={6}
        value={typed}
        error={problem}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
      />
      <NativeSelect
        className={classes.rate}
        label="At most"
        data={RATES}
        value={rate}
        onChange={(event) => chooseRate(event.currentTarget.value)}
      />
      <NativeSelect
        className={classes.retries}
        label="Ask again"
        title="How often an address that does not answer is asked again"
        data={RETRIES}
        value={retries}
        onChange={(event) => chooseRetries(event.currentTarget.value)}
      />
      <Button type="submit" className={classes.start} disabled={disabled} leftSection={<PlayIcon size={12} />}>
        Start
      </Button>
    </form>
  );
}
