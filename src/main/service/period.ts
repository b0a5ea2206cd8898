import type { Timeline } from '../../contract/timeline.ts';
import { type EpochMilliseconds, epochMilliseconds } from '../../contract/units.ts';
import type { RecordingReader } from '../engine/path/recording.ts';

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

/** One hop limit over a period of a recording whose session time is `now`, in at most so many columns. */
export function timelineOf(
  recording: RecordingReader,
  now: EpochMilliseconds,
  { hopLimit, columns, ...period }: Period & { readonly hopLimit: number; readonly columns: number },
): Timeline {
  const asked = between(period, now);
  const from = asked.from ?? recording.firstAt ?? now;
  // What is asked for until now has the round that begins at this very moment too.
  const to = asked.to ?? epochMilliseconds(now + 1);
  return {
    hopLimit,
    fromEpochMs: from,
    toEpochMs: asked.to ?? now,
    columns: recording.columns(hopLimit, from, to, columns),
  };
}

function toEpoch(value: number | null): EpochMilliseconds | null {
  return value === null ? null : epochMilliseconds(value);
}
