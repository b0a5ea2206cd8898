import { Anchor, Button } from '@mantine/core';
import classes from './EmptyPaths.module.css';

interface EmptyPathsProps {
  readonly disabled: boolean;
  /** Where there are lessons. */
  readonly learnHref: string;
  readonly onAdd: (targets: readonly string[]) => Promise<unknown>;
}

const SUGGESTIONS = [
  { target: '1.1.1.1', about: 'Cloudflare' },
  { target: '9.9.9.9', about: 'Quad9' },
  { target: 'example.com', about: 'by name' },
];

/** What there is to do before the first target. */
export function EmptyPaths({ disabled, learnHref, onAdd }: EmptyPathsProps) {
  return (
    <section className={classes.empty} aria-labelledby="empty-paths-title">
      <svg className={classes.picture} viewBox="0 0 320 72" aria-hidden="true" focusable="false">
        <path d="M20 44H84L140 26L196 46L252 22L300 34" fill="none" stroke="currentColor" strokeWidth="2" />
        {[
          [20, 44],
          [84, 44],
          [140, 26],
          [196, 46],
          [252, 22],
        ].map(([x, y]) => (
          <circle key={x} cx={x} cy={y} r="4.5" fill="var(--page)" stroke="currentColor" strokeWidth="2" />
        ))}
        <circle cx="300" cy="34" r="6" fill="currentColor" />
      </svg>
      <h3 id="empty-paths-title" className={classes.title}>
        No path is being watched yet
      </h3>
      <p className={classes.sentence}>
        Add a host at the left. Every hop on the way to it is then probed once a second, and you are told in plain words
        where it hurts.
      </p>
      <div className={classes.suggestions}>
        <span className={classes.or}>Or try</span>
        {SUGGESTIONS.map(({ target, about }) => (
          <Button key={target} size="xs" variant="default" disabled={disabled} onClick={() => void onAdd([target])}>
            {target}
            <span className={classes.about}>{about}</span>
          </Button>
        ))}
      </div>
      <p className={classes.sentence}>
        No fault at hand?{' '}
        <Anchor inherit href={learnHref}>
          Learn to read one
        </Anchor>{' '}
        in an internet that exists only in this program.
      </p>
    </section>
  );
}
