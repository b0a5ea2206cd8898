import * as v from 'valibot';
import { call } from './define.ts';
import { pathMonitorSchema } from './path.ts';
import { topicSchema } from './scenario-lesson.ts';
import { verdictIdSchema } from './verdict.ts';

/** Simulated internets to learn from, played beside the network: their paths stand among the others, marked as simulated. */

/** What a scenario shows, for choosing it and for reading it. */
export const demoScenarioSchema = v.object({
  name: v.string(),
  title: v.string(),
  topic: topicSchema,
  /** What there is to see, and what it means. */
  lesson: v.string(),
  /** Where to look, one after the other. */
  steps: v.array(v.string()),
  /** What the program concludes of it once everything has been seen, the weightiest first. */
  verdicts: v.array(verdictIdSchema),
  /** What only a search finds there. */
  searches: v.array(v.picklist(['branches', 'path-mtu'])),
  targets: v.array(v.string()),
  /** By when everything there is to see has happened. */
  lengthS: v.number(),
});
export type DemoScenario = v.InferOutput<typeof demoScenarioSchema>;

/** How many times as fast as here time passes in a scenario, until it has caught up. */
export const SPEEDS = [1, 10, 60] as const;

const scenarioArgs = v.object({ scenario: v.string() });

export const demoContract = {
  /** The scenarios that come with the program. */
  list: call(v.object({}), v.object({ scenarios: v.array(demoScenarioSchema) })),
  /**
   * Plays a scenario from its beginning; one that is being played begins anew. At speed 1 it begins now. At a higher one
   * it began so long ago that everything has been seen by now, and is told that much faster until it has caught up.
   */
  play: call(
    v.object({ ...scenarioArgs.entries, speed: v.optional(v.picklist(SPEEDS), 1) }),
    v.object({ paths: v.array(pathMonitorSchema) }),
  ),
  /** Removes the paths of a scenario; fails with `not-found` when it is not being played. */
  stop: call(scenarioArgs, v.null()),
} as const;
