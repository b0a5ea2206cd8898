import { tellInstants } from '../../../../contract/instants.ts';
import type { Evidence, Verdict } from '../../../../contract/verdict.ts';
import { formatCount, formatQuantity } from '../../format/count.ts';
import { formatLoss, formatLossInterval } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { BY_SEVERITY } from '../../format/severity.ts';
import { formatClock } from '../../format/time.ts';
import { segmentWord } from './hop-columns.ts';

/** The verdicts, the most severe first; those of one severity in the order in which the engine gave them. */
export function bySeverity(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.toSorted((a, b) => BY_SEVERITY.indexOf(a.severity) - BY_SEVERITY.indexOf(b.severity));
}

/** The verdict with the moments in its words as the rest of the screen has them. */
export function inLocalTime(verdict: Verdict): Verdict {
  const told = (text: string) => tellInstants(text, formatClock);
  return { ...verdict, sentence: told(verdict.sentence), advice: told(verdict.advice) };
}

/** Where a verdict begins and whose part of the way that is: `from hop 5 on, provider`; null when neither is known. */
export function placeOf({ hopLimit, segment }: Verdict): string | null {
  const parts = [hopLimit === null ? null : `from hop ${hopLimit} on`, segment === null ? null : segmentWord(segment)];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(', ');
}

/** A piece of evidence, split for setting its parts apart. */
export interface EvidenceLine {
  readonly label: string;
  readonly value: string;
  /** `95 %: 3.9–10.9 %, of 200 probes`; null without an interval and without a number of probes. */
  readonly note: string | null;
}

export function evidenceLine(evidence: Evidence): EvidenceLine {
  const { label, value, samples } = evidence;
  const notes = [intervalOf(evidence), samples === null ? null : `of ${formatQuantity(samples, 'probe')}`].filter(
    (note) => note !== null,
  );
  return {
    label: label.charAt(0).toUpperCase() + label.slice(1),
    value: typeof value === 'string' ? value : withUnit(value, evidence.unit),
    note: notes.length === 0 ? null : notes.join(', '),
  };
}

function intervalOf({ low, high, unit }: Evidence): string | null {
  if (low === null || high === null) return null;
  const interval =
    unit === 'ratio' ? formatLossInterval(low, high) : `${withUnit(low, unit)} – ${withUnit(high, unit)}`;
  return `95 %: ${interval}`;
}

function withUnit(value: number, unit: Evidence['unit']): string {
  switch (unit) {
    case 'ratio':
      return formatLoss(value);
    case 'ms':
      return value < 0 ? `−${formatRtt(-value)}` : formatRtt(value);
    case 's':
      return `${Number(value.toPrecision(3))} s`;
    case 'bytes':
      return formatQuantity(value, 'byte');
    case 'hop':
      return `hop ${value}`;
    case 'per-second':
      return `${Number(value.toPrecision(3))} per second`;
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(3)));
    case 'address':
    case 'text':
      return String(value);
  }
}
