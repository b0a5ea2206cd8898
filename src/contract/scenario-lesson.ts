import * as v from 'valibot';
import { duration, text } from './scenario-properties.ts';
import { verdictIdSchema } from './verdict.ts';

/** What a scenario is to teach, beside its title and its lesson; scenario.ts has the network. */

const TOPICS = ['healthy', 'loss', 'delay', 'reachability', 'route', 'harmless', 'machine'] as const;

/** What a scenario is about, for the list of those that come with the program. */
export const topicSchema = v.picklist(TOPICS, `must be one of ${TOPICS.join(', ')}`);
export type Topic = v.InferOutput<typeof topicSchema>;

const SEARCHES = ['branches', 'path-mtu'] as const;

export const lessonEntries = {
  topic: v.optional(topicSchema),
  steps: v.optional(
    v.pipe(
      v.array(text('Where to look, in a sentence or two.'), 'must be a list of sentences'),
      v.maxLength(12, 'must have 12 steps at most'),
      v.description('Where to look, one after the other.'),
    ),
  ),
  verdicts: v.optional(
    v.pipe(
      v.array(v.picklist(verdictIdSchema.options, 'must be the name of a verdict, as in docs/verdicts.md')),
      v.description('What the program concludes once everything has been seen, the weightiest first.'),
    ),
  ),
  searches: v.optional(
    v.pipe(
      v.array(v.picklist(SEARCHES, `must be one of ${SEARCHES.join(', ')}`), 'must be a list of searches'),
      v.description('What only a search finds.'),
    ),
  ),
  lengthS: v.optional(duration('By when everything there is to see has happened, in seconds; default: 600.')),
};
