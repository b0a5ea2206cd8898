import type { ComparedHop, Comparison, Difference } from '../../../contract/comparison.ts';
import { percent, time } from '../verdict/words.ts';

/** Above it a difference may be chance. One in a hundred: two numbers are looked at, and probes are not independent. */
const GREATEST_P = 0.01;

/** Less is not felt, however certain it is: half a percent of the probes, or a millisecond and a twentieth. */
const LEAST_LOSS = 0.005;
const LEAST_SHIFT_MS = 1;
const LEAST_SHIFT_RATIO = 0.05;

type Change = 'better' | 'worse' | 'same' | 'unknown';

/** What a comparison comes to, by the round trip alone, and a sentence that says it with its uncertainty. */
export function conclude({ before, after, loss, rtt }: ComparedHop): Pick<Comparison, 'outcome' | 'sentence'> {
  const median = before?.rttMs.p50 ?? 0;
  const lossChange = changeOf(loss, LEAST_LOSS);
  const rttChange = changeOf(rtt, Math.max(LEAST_SHIFT_MS, LEAST_SHIFT_RATIO * median));
  const parts = [lossWords(lossChange, before, after, loss), rttWords(rttChange, rtt)];
  return { outcome: outcomeOf([lossChange, rttChange]), sentence: `${parts.join('; ')}.` };
}

function changeOf({ value, low, high, pValue }: Difference, least: number): Change {
  if (value === null || low === null || high === null || pValue === null) return 'unknown';
  if (pValue <= GREATEST_P && Math.abs(value) >= least) return value < 0 ? 'better' : 'worse';
  // Nothing that would be felt lies within the uncertainty.
  return Math.max(Math.abs(low), Math.abs(high)) < 2 * least ? 'same' : 'unknown';
}

function outcomeOf(changes: readonly Change[]): Comparison['outcome'] {
  const [isBetter, isWorse] = [changes.includes('better'), changes.includes('worse')];
  if (isBetter && isWorse) return 'mixed';
  if (isBetter || isWorse) return isBetter ? 'better' : 'worse';
  return changes.every((change) => change === 'same') ? 'same' : 'unclear';
}

function lossWords(
  change: Change,
  before: ComparedHop['before'],
  after: ComparedHop['after'],
  { value, low, high }: Difference,
): string {
  if (value === null || low === null || high === null) return 'There are too few probes to compare the loss';
  const ratios = `${percent(before?.lossRatio ?? 0)} before, ${percent(after?.lossRatio ?? 0)} after`;
  const range = `the difference is between ${points(low)} and ${points(high)} points`;
  switch (change) {
    case 'better':
      return `Fewer probes are lost (${ratios}; ${range})`;
    case 'worse':
      return `More probes are lost (${ratios}; ${range})`;
    case 'same':
      return `The loss is as it was (${ratios})`;
    case 'unknown':
      return `Whether the loss has changed cannot be told (${ratios}; ${range})`;
  }
}

function rttWords(change: Change, { value, low, high }: Difference): string {
  if (value === null || low === null || high === null) return 'there are too few round trips to compare';
  const range = `95 % certain: ${signed(low)} to ${signed(high)} ms`;
  switch (change) {
    case 'better':
      return `round trips are shorter by ${time(-value)} (${range})`;
    case 'worse':
      return `round trips are longer by ${time(value)} (${range})`;
    case 'same':
      return `round trips take as long as before (${range})`;
    case 'unknown':
      return `whether round trips have changed cannot be told (${range})`;
  }
}

function points(ratio: number): string {
  return signed(100 * ratio);
}

function signed(value: number): string {
  const rounded = Number(value.toFixed(Math.abs(value) < 9.95 ? 1 : 0));
  return rounded > 0 ? `+${rounded}` : `${rounded}`.replace('-', '−');
}
