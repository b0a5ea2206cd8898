import { ActionIcon, Button, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { memo, type SubmitEvent, useState } from 'react';
import type { PathReport } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatClock } from '../../format/time.ts';
import type { Focus } from '../../live-store/path-store.ts';
import { ChevronLeftIcon, ChevronRightIcon, PeriodIcon } from '../../ui/icons.tsx';
import { useSteadyCallback } from '../../ui/use-steady-callback.ts';
import classes from './FocusBar.module.css';
import {
  focusWords,
  LIVE_LENGTHS,
  liveFocus,
  liveLengthId,
  periodWords,
  toFieldValue,
  typedFocus,
} from './focus-change.ts';

interface FocusBarProps {
  readonly focus: Focus;
  /** Of the period shown; null before the first. */
  readonly report: PathReport | null;
  /** What to say where the report is not of this focus; null where it is. */
  readonly staleness: string | null;
  /** Whether it is of a session: periods then end with it, where they else end now. */
  readonly isRecorded: boolean;
  readonly onFocus: (focus: Focus) => void;
  readonly onStep: (direction: 'earlier' | 'later') => void;
}

/** The button of periods that end with what was measured. */
const OF_NOW = {
  label: 'Live',
  isOn: 'The period ends now and moves on with time',
  back: 'Return to now (l)',
};
const OF_A_SESSION = {
  label: 'To the end',
  isOn: 'The period ends with the session',
  back: 'Return to the end of the session (l)',
};

const SEGMENTS = LIVE_LENGTHS.map(({ id, label }) => ({ value: id, label }));

/** The period that every number on the screen is about, and everything to choose it with the keyboard. */
export const FocusBar = memo(function FocusBar(props: FocusBarProps) {
  const { focus, report, staleness, isRecorded, onFocus, onStep } = props;
  const period = useSteadyCallback(() => report);
  return (
    <section className={classes.bar} aria-label="Focus: the period that every number is about">
      <FocusControls
        focus={focus}
        isMeasured={report !== null}
        isRecorded={isRecorded}
        period={period}
        onFocus={onFocus}
        onStep={onStep}
      />
      <p className={classes.words}>
        <span className={classes.chosen}>{focusWords(focus, isRecorded)}</span>
        {report !== null && (
          <span className={classes.shown} aria-busy={staleness !== null}>
            {staleness !== null ? (
              <span className={classes.staleness}>{staleness}</span>
            ) : (
              shownWords(report, focus.kind === 'live', isRecorded)
            )}
          </span>
        )}
      </p>
    </section>
  );
});

interface FocusControlsProps extends Pick<FocusBarProps, 'focus' | 'isRecorded' | 'onFocus' | 'onStep'> {
  readonly isMeasured: boolean;
  /** The period shown at the moment; null before the first. */
  readonly period: () => Pick<PathReport, 'fromEpochMs' | 'toEpochMs'> | null;
}

/** By itself, because it stays as it is while the period moves on with every second. */
const FocusControls = memo(function FocusControls(props: FocusControlsProps) {
  const { focus, isMeasured, isRecorded, period, onFocus, onStep } = props;
  const isLive = focus.kind === 'live';
  const words = isRecorded ? OF_A_SESSION : OF_NOW;
  return (
    <>
      <Button
        size="compact-sm"
        fz={12}
        variant={isLive ? 'filled' : 'default'}
        aria-pressed={isLive}
        title={isLive ? words.isOn : words.back}
        leftSection={<span className={classes.dot} data-live={isLive || undefined} />}
        onClick={() => {
          if (!isLive) onFocus(liveFocus('10m'));
        }}
      >
        {words.label}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label="Length of the period"
        data={SEGMENTS}
        value={liveLengthId(focus)}
        onChange={(id) => onFocus(liveFocus(id))}
      />
      <div className={classes.steps}>
        <ActionIcon
          variant="default"
          size={26}
          aria-label="Earlier"
          title="Earlier (,)"
          disabled={!isMeasured}
          onClick={() => onStep('earlier')}
        >
          <ChevronLeftIcon size={14} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={26}
          aria-label="Later"
          title="Later (.)"
          disabled={isLive}
          onClick={() => onStep('later')}
        >
          <ChevronRightIcon size={14} />
        </ActionIcon>
      </div>
      <PeriodButton isMeasured={isMeasured} period={period} onFocus={onFocus} />
    </>
  );
});

function shownWords(report: PathReport, isLive: boolean, isRecorded: boolean): string {
  const { fromEpochMs, toEpochMs, rounds } = report;
  const counted = formatQuantity(rounds, 'round');
  if (isLive && isRecorded) return `${periodWords(report, true)} · ${counted}`;
  return isLive ? `${formatClock(fromEpochMs)} – ${formatClock(toEpochMs)} · ${counted}` : counted;
}

type PeriodButtonProps = Pick<FocusControlsProps, 'isMeasured' | 'period' | 'onFocus'>;

/** From and to in two fields. */
function PeriodButton({ isMeasured, period, onFocus }: PeriodButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const open = () => {
    // The fields begin with what is shown now, and then stay as they are typed.
    const shown = period();
    if (!isOpen && shown !== null) {
      setFrom(toFieldValue(shown.fromEpochMs));
      setTo(toFieldValue(shown.toEpochMs));
      setProblem(null);
    }
    setOpen(!isOpen);
  };

  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = typedFocus(from, to);
    if ('problem' in typed) {
      setProblem(typed.problem);
      return;
    }
    setOpen(false);
    onFocus(typed.focus);
  };

  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      trapFocus
      returnFocus
      shadow="md"
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          fz={12}
          variant="default"
          leftSection={<PeriodIcon size={14} />}
          disabled={!isMeasured}
          onClick={open}
        >
          From – to
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Period from one moment to another">
        <form className={classes.fields} onSubmit={apply}>
          <TextInput
            type="datetime-local"
            step={1}
            size="xs"
            label="From"
            value={from}
            error={problem}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            step={1}
            size="xs"
            label="To"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" size="xs">
            Show this period
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
