import classes from './StatusBadge.module.css';

export type Tone = 'good' | 'waiting' | 'trouble' | 'bad' | 'resting';

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly label: string;
  /** Whether only the mark is seen in a narrow window; the words are then told on pointing, and read aloud. */
  readonly isBriefWhenNarrow?: boolean;
}

/** A state in words; the mark before them has its own shape for each tone, so that it does not rest on colour. */
export function StatusBadge({ tone, label, isBriefWhenNarrow = false }: StatusBadgeProps) {
  return (
    <span
      className={classes.badge}
      data-tone={tone}
      data-brief={isBriefWhenNarrow || undefined}
      title={isBriefWhenNarrow ? label : undefined}
    >
      <ToneMark tone={tone} />
      <span className={classes.label}>{label}</span>
    </span>
  );
}

/** The mark alone, for where the words stand elsewhere; in the colour of the text around it. */
export function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      <Mark tone={tone} />
    </svg>
  );
}

function Mark({ tone }: { readonly tone: Tone }) {
  switch (tone) {
    case 'good':
      return <circle cx="5" cy="5" r="4" fill="currentColor" />;
    case 'waiting':
      return <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="3 2" />;
    case 'trouble':
      return <path d="M5 0.8 9.4 9H0.6z" fill="currentColor" />;
    case 'bad':
      return <path d="M1.4 1.4l7.2 7.2M8.6 1.4 1.4 8.6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />;
    case 'resting':
      return <path d="M3 1.2v7.6M7 1.2v7.6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />;
  }
}
