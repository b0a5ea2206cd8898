import { Button } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { SimulatedInternet } from '../../../contract/system.ts';
import classes from './EmptyTargets.module.css';
import { SimulatedMark } from './SimulatedMark.tsx';

/** A target that can be tried with a click. */
export interface Suggestion {
  readonly target: string;
  /** What it is, in a word or two. */
  readonly about: string;
}

interface EmptyTargetsProps {
  readonly title: string;
  /** Its level among the headings of the view. */
  readonly heading: 'h2' | 'h3';
  /** What to do and what then happens. */
  readonly sentence: string;
  /** What can be tried in the network; in a simulated internet its own targets are offered. */
  readonly suggestions: readonly Suggestion[];
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
  /** What else can be done, below the suggestions. */
  readonly more?: ReactNode;
  readonly disabled: boolean;
  readonly onAdd: (targets: readonly string[]) => Promise<unknown>;
  /** Shapes of a small drawing, 320 by 72. */
  readonly children: ReactNode;
}

/** What there is to do before the first target. */
export function EmptyTargets({
  title,
  heading: Heading,
  sentence,
  suggestions,
  simulated,
  more,
  disabled,
  onAdd,
  children,
}: EmptyTargetsProps) {
  const id = useId();
  const offered =
    simulated === null ? suggestions : simulated.targets.map((target) => ({ target, about: 'simulated' }));
  return (
    <section className={classes.empty} aria-labelledby={id}>
      <svg className={classes.picture} viewBox="0 0 320 72" aria-hidden="true" focusable="false">
        {children}
      </svg>
      <Heading id={id} className={classes.title}>
        {title}
      </Heading>
      {simulated !== null && <SimulatedMark title={simulated.title} isTitled />}
      <p className={classes.sentence}>{sentence}</p>
      <div className={classes.suggestions}>
        <span className={classes.or}>Or try</span>
        {offered.map(({ target, about }) => (
          <Button key={target} size="xs" variant="default" disabled={disabled} onClick={() => void onAdd([target])}>
            {target}
            <span className={classes.about}>{about}</span>
          </Button>
        ))}
      </div>
      {more !== undefined && <p className={classes.sentence}>{more}</p>}
    </section>
  );
}
