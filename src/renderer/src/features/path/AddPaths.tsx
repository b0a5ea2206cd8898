import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, memo, type RefObject, type SubmitEvent, useId, useMemo, useState } from 'react';
import type { DemoScenario } from '../../../../contract/demo.ts';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { parseTargets, withoutWatched } from '../../format/parse-targets.ts';
import { type TypedRanges, typedRanges } from '../../format/typed-ranges.ts';
import { RangesOffer } from '../../ui/RangesOffer.tsx';
import classes from './AddPaths.module.css';
import { ADD_TARGETS_FIELD } from './add-targets-field.ts';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { completed, type Suggestion, suggestionsFor } from './suggestions.ts';
import type { RefusedTarget } from './use-path-actions.ts';
import { useSuggestionSources } from './use-suggestion-sources.ts';

interface AddPathsProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** Targets that are there already. */
  readonly watched: readonly string[];
  readonly platform: Platform;
  /** Where ranges can be swept; they come after it. */
  readonly sweepHref: string;
  readonly onAdd: (targets: readonly string[]) => Promise<readonly RefusedTarget[]>;
  /** Simulated internets that can be played instead. */
  readonly scenarios: readonly DemoScenario[];
  readonly onPlay: (scenario: string) => void;
}

/**
 * Where one or several targets are typed. Enter adds them, Shift+Enter begins a new line. Suggestions open by typing, by
 * a press or by the arrow; the field stays a field of several lines, which may not call itself a combobox.
 */
export const AddPaths = memo(function AddPaths(props: AddPathsProps) {
  const { client, fieldRef, watched, platform, sweepHref, onAdd, scenarios, onPlay } = props;
  const disabled = client === null;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly RefusedTarget[]>([]);

  const [ranges, setRanges] = useState<TypedRanges | null>(null);

  const [isOffering, setOffering] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const { gateways, recent } = useSuggestionSources(client, isOffering);
  const suggestions = useMemo(
    () => (isOffering && !disabled ? suggestionsFor(typed, { gateways, recent, scenarios }, watched) : []),
    [isOffering, disabled, typed, gateways, recent, scenarios, watched],
  );
  const offered = suggestions[active];
  const offer = (isOn: boolean) => {
    setOffering(isOn);
    setActive(-1);
  };

  const take = ({ take: taken }: Suggestion) => {
    offer(false);
    setProblem(null);
    setRanges(null);
    if (taken.kind === 'play') {
      setTyped('');
      onPlay(taken.scenario);
      return;
    }
    const whole = completed(typed, taken.target);
    setTyped(whole);
    // The only one typed is meant; one of several may be followed by more.
    if (whole === taken.target) void start(whole);
  };

  const start = async (wanted = typed) => {
    offer(false);
    const found = typedRanges(wanted);
    setRanges(found);
    if (found !== null) return;
    const parsed = withoutWatched(parseTargets(wanted), watched);
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
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (offered !== undefined) take(offered);
      else if (!disabled) void start();
      return;
    }
    if (event.key === 'Escape' && suggestions.length > 0) {
      // The field keeps the keyboard; a second Escape leaves it.
      event.preventDefault();
      offer(false);
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    // In several lines the arrows go from line to line.
    if (step === 0 || typed.includes('\n')) return;
    event.preventDefault();
    if (!isOffering) setOffering(true);
    // One place more than there are suggestions: the field itself, without any of them.
    const places = suggestions.length + 1;
    setActive(((active + 1 + step + places) % places) - 1);
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
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={suggestions.length > 0 ? listId : undefined}
          aria-activedescendant={offered === undefined ? undefined : optionId(listId, active)}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
            setRanges(null);
            offer(event.currentTarget.value !== '');
          }}
          onClick={() => setOffering(true)}
          onBlur={() => offer(false)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" size="xs" className={classes.start} disabled={disabled}>
          Add
        </Button>
      </form>
      <SuggestionList id={listId} suggestions={suggestions} active={active} onTake={take} />
      {ranges !== null && <RangesOffer ranges={ranges} sweepHref={sweepHref} />}
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
});
