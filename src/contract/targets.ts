import * as v from 'valibot';
import { call } from './define.ts';

/** Targets that a person has typed before, for suggestions. */

/** Most recent targets that are kept. */
export const RECENT_TARGETS_LIMIT = 20;

export const targetsContract = {
  /** What was watched lately, the newest first, each once. Empty in a simulated internet, where nothing is remembered. */
  recent: call(v.object({}), v.object({ recent: v.array(v.string()) })),
  /** Forgets them; what is being watched goes on. */
  forgetRecent: call(v.object({}), v.null()),
} as const;
