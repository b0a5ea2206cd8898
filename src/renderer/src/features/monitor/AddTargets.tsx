import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, type RefObject, type SubmitEvent, useEffect, useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { parseTargets, withoutWatched } from '../../format/parse-targets.ts';
import { type TypedRanges, typedRanges } from '../../format/typed-ranges.ts';
import { PlayIcon } from '../../ui/icons.tsx';
import { RangesOffer } from '../../ui/RangesOffer.tsx';
import classes from './AddTargets.module.css';
import type { RefusedTarget } from './use-monitor-actions.ts';

interface AddTargetsProps {
  readonly disabled: boolean;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Targets that are there already. */
  readonly watched: readonly string[];
  readonly platform: Platform;
  /** Where ranges can be swept; they come after it. */
  readonly sweepHref: string;
  readonly onAdd: (targets: readonly string[]) => Promise<readonly RefusedTarget[]>;
}

const EXPLANATION = 'Host names or addresses; several separated by commas, spaces or lines. One probe a second each.';

/** Where targets are typed. Enter starts, Shift+Enter begins a new line. */
export function AddTargets({ disabled, fieldRef, watched, platform, sweepHref, onAdd }: AddTargetsProps) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [ranges, setRanges] = useState<TypedRanges | null>(null);
  const [refused, setRefused] = useState<readonly RefusedTarget[]>([]);

  // The page is for typing a target, so that is where the keyboard is.
  useEffect(() => fieldRef.current?.focus(), [fieldRef]);

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
          ref={fieldRef}
          className={classes.field}
          label="Targets"
          placeholder="example.com, 192.0.2.1, 2001:db8::1"
          description={problem === null ? EXPLANATION : undefined}
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
            setRanges(null);
          }}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" className={classes.start} disabled={disabled} leftSection={<PlayIcon size={12} />}>
          Start
        </Button>
      </form>
      {ranges !== null && <RangesOffer ranges={ranges} sweepHref={sweepHref} />}
      {refused.map(({ target, failure }) => {
        const explanation = describeFailure(failure, platform);
        return (
          <FailureNotice
            key={target}
            explanation={{ ...explanation, title: `${target}: ${explanation.title}` }}
            action={
              <Button
                size="xs"
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
