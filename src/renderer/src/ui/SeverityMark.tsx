import { VisuallyHidden } from '@mantine/core';
import type { Verdict } from '../../../contract/verdict.ts';
import { severityWord } from '../format/severity.ts';

interface SeverityMarkProps {
  readonly severity: Verdict['severity'];
  readonly size?: number;
  /** Whether the word for it stands beside the mark; else the mark says it itself. */
  readonly isNamed?: boolean;
}

/** A severity as a shape of its own, in its colour: a stop sign, a triangle, a ring with an i, a ring with a tick. */
export function SeverityMark({ severity, size = 18, isNamed = false }: SeverityMarkProps) {
  return (
    <>
      <svg
        width={size}
        height={size}
        viewBox="0 0 18 18"
        aria-hidden="true"
        focusable="false"
        style={{ color: COLOURS[severity] }}
      >
        <Shape severity={severity} />
      </svg>
      {!isNamed && <VisuallyHidden>{severityWord(severity)}</VisuallyHidden>}
    </>
  );
}

const COLOURS = {
  critical: 'var(--bad)',
  warning: 'var(--trouble)',
  info: 'var(--signal)',
  good: 'var(--good)',
} as const;

const SIGN = {
  fill: 'none',
  stroke: 'var(--surface)',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

function Shape({ severity }: { readonly severity: Verdict['severity'] }) {
  switch (severity) {
    case 'critical':
      return (
        <>
          <path d="M5.7 1h6.6L17 5.7v6.6L12.3 17H5.7L1 12.3V5.7z" fill="currentColor" />
          <path d="M6.2 6.2l5.6 5.6M11.8 6.2l-5.6 5.6" {...SIGN} />
        </>
      );
    case 'warning':
      return (
        <>
          <path d="M9 1.2 17.4 16.4H0.6z" fill="currentColor" />
          <path d="M9 6.8v4M9 13.6v.1" {...SIGN} />
        </>
      );
    case 'info':
      return (
        <>
          <circle cx="9" cy="9" r="8" fill="currentColor" />
          <path d="M9 8.4v4.4M9 5.2v.1" {...SIGN} />
        </>
      );
    case 'good':
      return (
        <>
          <circle cx="9" cy="9" r="8" fill="currentColor" />
          <path d="M5.4 9.4l2.5 2.5 4.8-5.4" {...SIGN} />
        </>
      );
  }
}
