import * as v from 'valibot';
import { machineEventSchema } from './machine-change.ts';

/** What happened to this machine while a path was measured, and is kept with what was measured. */

/** Its clock was set: forward when positive. Session time did not follow. */
export const clockStepSchema = v.object({
  kind: v.literal('clock-stepped'),
  atEpochMs: v.number(),
  byMs: v.number(),
});

export const happeningSchema = v.variant('kind', [clockStepSchema, machineEventSchema]);
export type Happening = v.InferOutput<typeof happeningSchema>;

/** The newest so many are kept of one session: an adapter with a bad contact makes as many in half a day. */
export const MOST_HAPPENINGS = 10_000;
