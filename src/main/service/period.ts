import { type EpochMilliseconds, epochMilliseconds } from '../../contract/units.ts';

/** Part of a recording, in session time; null is its beginning or its end. */
export interface Period {
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  /** In place of `fromEpochMs`, unless null. */
  readonly lastMs: number | null;
}

/** A period with its beginning reckoned, null where it is that of the recording. */
export function between(
  { fromEpochMs, toEpochMs, lastMs }: Period,
  now: EpochMilliseconds,
): { readonly from: EpochMilliseconds | null; readonly to: EpochMilliseconds | null } {
  const from = lastMs === null ? fromEpochMs : (toEpochMs ?? now) - lastMs;
  return { from: toEpoch(from), to: toEpoch(toEpochMs) };
}

function toEpoch(value: number | null): EpochMilliseconds | null {
  return value === null ? null : epochMilliseconds(value);
}
