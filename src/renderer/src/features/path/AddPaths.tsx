import { Anchor, Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, type RefObject, type SubmitEvent, useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatQuantity } from '../../format/count.ts';
import { parseTargets, withoutWatched } from '../../format/parse-targets.ts';
import classes from './AddPaths.module.css';
import { ADD_TARGETS_FIELD } from './add-targets-field.ts';
import { type TypedRanges, typedRanges } from './typed-ranges.ts';
import type { RefusedTarget } from './use-path-actions.ts';

interface AddPathsProps {
  readonly disabled: boolean;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Targets that are there already. */
  readonly watched: readonly string[];
  readonly platform: Platform;
  /** Where ranges can be swept; they come after it. */
  readonly sweepHref: string;
  readonly onAdd: (targets: readonly string[]) => Promise<readonly RefusedTarget[]>;
}

/** Where one or several targets are typed. Enter adds them, Shift+Enter begins a new line. */
export function AddPaths({ disabled, fieldRef, watched, platform, sweepHref, onAdd }: AddPathsProps) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly RefusedTarget[]>([]);

  const [ranges, setRanges] = useState<TypedRanges | null>(null);

  const start = async () => {
    const found = typedRanges(typed);
    setRanges(found);
    if (found !== null) return;
    const parsed = withoutWatched(parseTargets(typed), watched);
    if (!parsed.ok) {
      setProblem(parsed.problem);
      return;
    }
    setProblem(null);
    setTyped('');
    const rejected = await onAdd(parsed.targets);
    setRefused(rejected);
    // What was refused goes back to where it can be corrected, unless something else stands there by now.
    if (rejected.length > 0) setTyped((now) => (now === '' ? rejected.map(({ target }) => target).join(', ') : now));
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void start();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!disabled) void start();
  };

  return (
    <div className={classes.add}>
      <form className={classes.form} onSubmit={onSubmit}>
        <Textarea
          id={ADD_TARGETS_FIELD}
          ref={fieldRef}
          className={classes.field}
          size="xs"
          aria-label="Add targets"
          placeholder="Add a host"
          title="Host names or addresses; several separated by commas, spaces or lines"
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
            setRanges(null);
          }}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" size="xs" className={classes.start} disabled={disabled}>
          Add
        </Button>
      </form>
      {ranges !== null && (
        <p className={classes.ranges} role="alert">
          These are {formatQuantity(ranges.total, 'address', 'addresses')}.{' '}
          <Anchor inherit href={`${sweepHref}?ranges=${encodeURIComponent(ranges.ranges)}`}>
            Sweep them
          </Anchor>{' '}
          to see which answer.
        </p>
      )}
      {refused.map(({ target, failure }) => {
        const explanation = describeFailure(failure, platform);
        return (
          <FailureNotice
            key={target}
            explanation={{ ...explanation, title: `${target}: ${explanation.title}` }}
            action={
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setRefused(refused.filter((one) => one.target !== target))}
              >
                Dismiss
              </Button>
            }
          />
        );
      })}
    </div>
  );
}
