import * as v from 'valibot';
import { fail, type Result, succeed } from './failure.ts';
import { inconsistencyOf } from './scenario-consistency.ts';
import { lessonEntries } from './scenario-lesson.ts';
import {
  addressSchema,
  answererEntries,
  duration,
  hopNumber,
  linkEntries,
  machineEntries,
  oneOf,
  routerEntries,
  strict,
  text,
  wholeNumber,
} from './scenario-properties.ts';

/** Scenarios of the simulated internet: JSON files, described in docs/scenarios.md. */

const asnSchema = strict({
  number: wholeNumber(0, 4_294_967_295, 'Autonomous system.'),
  name: v.optional(text('Its name.')),
});
const nameSchema = text('Name by DNS, forward and reverse.');
const idSchema = text('A name for events to refer to.');

/** A router and the link that leads to it. */
export const routerSchema = strict({
  address: v.optional(addressSchema),
  name: v.optional(nameSchema),
  asn: v.optional(asnSchema),
  id: v.optional(idSchema),
  ...linkEntries,
  ...routerEntries,
});
export type ScenarioRouter = v.InferOutput<typeof routerSchema>;

/** One place of a path: a router, or (with `branches` and nothing of a router) a fork into several ways that join again. */
export const hopSchema = strict({
  ...routerSchema.entries,
  branches: v.optional(
    v.pipe(
      v.array(
        v.pipe(v.array(routerSchema, 'must be a list of hops'), v.minLength(1, 'must have a hop at least')),
        'must be a list of branches, each a list of hops',
      ),
      v.minLength(2, 'must have two branches at least'),
      v.maxLength(64, 'must have 64 branches at most'),
    ),
  ),
  balance: v.optional(
    v.picklist(
      ['per-flow', 'per-destination', 'per-packet'],
      'must be per-flow (the default), per-destination or per-packet',
    ),
  ),
});
export type ScenarioHop = v.InferOutput<typeof hopSchema>;

const hopsSchema = v.pipe(v.array(hopSchema, 'must be a list of hops'), v.maxLength(64, 'must have 64 hops at most'));

const destinationEntries = { ...linkEntries, ...answererEntries };

/** The destination and the link that leads to it. With `unreachable` it refuses. */
export const destinationSchema = strict({
  ...destinationEntries,
  populatedRatio: v.optional(
    v.pipe(
      v.number('must be a number from 0 to 1'),
      v.minValue(0, 'must be a number from 0 to 1'),
      v.maxValue(1, 'must be a number from 0 to 1'),
      v.description('Share of the addresses that are no target at which somebody answers, for sweeps; default 1.'),
    ),
  ),
});
export type ScenarioDestination = v.InferOutput<typeof destinationSchema>;

const pathEntries = {
  hops: hopsSchema,
  destination: v.optional(destinationSchema),
  loopsBackTo: v.optional(hopNumber('A routing loop: after the last hop comes this one again, and no destination.')),
};

const PATH_NAME = 'must be the name of a path ("main" or one of otherPaths), or a list of such names';
const pathNamesSchema = v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(16))], PATH_NAME);

const targetSchema = strict({
  address: addressSchema,
  name: v.optional(nameSchema),
  asn: v.optional(asnSchema),
  /** Default "main". Of several paths (anycast) the flow decides which one a probe takes. */
  path: v.optional(pathNamesSchema),
  /** Instead of the path's own destination. */
  destination: v.optional(destinationSchema),
});
export type ScenarioTarget = v.InferOutput<typeof targetSchema>;

const periodEntries = {
  atS: duration('When it begins, in seconds from the start of the run.'),
  untilS: v.optional(duration('When it is over for good; default: never.')),
  forS: v.optional(duration('How long it lasts, each time; default: until it is over for good.')),
  everyS: v.optional(duration('It begins anew after each such time; needs forS.')),
};

/** Something that is different for a while. Where two events set the same thing, the later one in the list counts. */
const eventSchema = v.variant(
  'on',
  [
    strict({
      on: v.literal('hop'),
      ...periodEntries,
      hop: v.optional(hopNumber('Hop limit at which it answers, counted along the first branch of each fork.')),
      branch: v.optional(wholeNumber(0, 63, 'Which branch of the fork, from 0; default: all of them.')),
      path: v.optional(text('Path that `hop` is counted on; default "main".')),
      id: v.optional(idSchema),
      set: strict({ ...linkEntries, ...routerEntries }),
    }),
    strict({
      on: v.literal('destination'),
      ...periodEntries,
      target: v.optional(addressSchema),
      set: strict({ ...destinationEntries, path: v.optional(pathNamesSchema) }),
    }),
    strict({ on: v.literal('machine'), ...periodEntries, set: strict(machineEntries) }),
  ],
  oneOf('on', 'hop, destination or machine'),
);
export type ScenarioEvent = v.InferOutput<typeof eventSchema>;

/** A simulated internet: what lies between this machine and its targets, and what happens to it in time. */
export const scenarioSchema = strict({
  $schema: v.optional(v.string()),
  title: text('A few words.'),
  lesson: text('Two or three sentences: what there is to see, and what it means.'),
  ...lessonEntries,
  seed: wholeNumber(0, 4_294_967_295, 'The same seed gives the same run.'),
  flow: v.optional(wholeNumber(0, 65_534, 'A flow that meets what there is to see; the command that shows it has it.')),
  machine: v.optional(
    strict({
      address: v.optional(addressSchema),
      gateways: v.optional(v.array(addressSchema, 'must be a list of addresses')),
      mtuBytes: v.optional(wholeNumber(68, 65_535, 'Of its interface; default 1,500.')),
      isIcmpPermitted: v.optional(v.boolean('must be true or false')),
      ...machineEntries,
    }),
  ),
  ...pathEntries,
  otherPaths: v.optional(v.record(v.string(), strict(pathEntries), 'must be an object of paths by name')),
  targets: v.pipe(
    v.array(targetSchema, 'must be a list of targets'),
    v.minLength(1, 'must have a target at least'),
    v.maxLength(10_000, 'must have 10,000 targets at most'),
  ),
  names: v.optional(
    v.array(
      strict({
        name: nameSchema,
        addresses: v.optional(v.array(addressSchema, 'must be a list of addresses')),
        failure: v.optional(
          v.picklist(['not-found', 'resolver-unreachable'], 'must be not-found or resolver-unreachable'),
        ),
      }),
      'must be a list of names',
    ),
  ),
  events: v.optional(
    v.pipe(v.array(eventSchema, 'must be a list of events'), v.maxLength(1_000, 'must have 1,000 events at most')),
  ),
});
export type Scenario = v.InferOutput<typeof scenarioSchema>;

/** Reads a scenario; of a wrong one the failure's issue names the place and what is allowed there, without a full stop. */
export function readScenario(text: string): Result<Scenario> {
  let json: unknown;
  try {
    // Some editors begin a file with a byte order mark, which JSON.parse refuses; RFC 8259 §8.1 allows to ignore it.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return wrong(`The scenario is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
  const parsed = v.safeParse(scenarioSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return wrong(`In the scenario, ${placeOf(issue)} ${issue.message}`);
  }
  const inconsistency = inconsistencyOf(parsed.output);
  return inconsistency === null ? succeed(parsed.output) : wrong(`In the scenario, ${inconsistency}`);
}

/** The place as a person would write it: `hops[3].lossRatio`. */
function placeOf(issue: v.BaseIssue<unknown>): string {
  // Of an unknown or missing key the object is the place; the message names the key.
  const isOfKey = issue.type === 'strict_object' && issue.expected !== 'Object';
  const keys = (issue.path ?? []).map(({ key }) => key);
  const own = isOfKey ? keys.slice(0, -1) : keys;
  const place = own.reduce<string>(
    (before, key) => (typeof key === 'number' ? `${before}[${key}]` : `${before}${before === '' ? '' : '.'}${key}`),
    '',
  );
  const shown = place === '' ? 'the whole' : place;
  return isOfKey ? `${shown}:` : shown;
}

function wrong(issue: string): Result<never> {
  return fail({ code: 'invalid-arguments', issue });
}
