import * as v from 'valibot';
import { incidentEndSchema } from './flight.ts';
import { clockStepSchema } from './happening.ts';
import { machineChangeSchema, machineEventSchema } from './machine-change.ts';
import { branchesSchema, gapSchema, mplsLabelSchema, pathMtuSchema, routeChangeSchema } from './path.ts';
import { familySchema } from './probe.ts';

/**
 * The file that a session is exported to and imported from (docs/json.md). It holds all that is kept: what was measured
 * probe by probe, and what was learned beside it. What a person's own store decides (its name there, whether it is
 * pinned) is not of the session.
 */

export const SESSION_FORMAT = 'hopscope-session';
/** The first version, of a file in which nothing is of a later one; and the newest: a reader refuses a greater one. */
export const SESSION_FORMAT_VERSIONS = { first: 1, happenings: 2, incidents: 3 } as const;
export const NEWEST_SESSION_FORMAT = SESSION_FORMAT_VERSIONS.incidents;

/** Rounds of one chunk; the last has what is left. */
export const ROUNDS_OF_CHUNK = 1_024;

/** A session longer than this was not measured: three years, once a second. */
const MOST_ROUNDS = 100_000_000;
const MOST_LISTED = 10_000;
/** Comments on moments of one session. */
export const MOST_COMMENTS = MOST_LISTED;
/** Responders of one hop that are told apart, and the number of all others. */
const MOST_RESPONDERS = 254;
const OTHERS = 255;

const textSchema = v.pipe(v.string(), v.maxLength(1_000));
const addressSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** From 1970 to about 2200, as it is kept. */
export const momentSchema = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(7.3e12));
const byteSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const hopLimitSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));

function listOf<T extends v.GenericSchema>(item: T, most = MOST_LISTED) {
  return v.pipe(v.array(item), v.maxLength(most));
}

/** What a router adds to its answer (RFC 4884). */
const extensionsSchema = v.strictObject({
  mpls: listOf(v.strictObject(mplsLabelSchema.entries), 64),
  interfaces: listOf(
    v.strictObject({
      role: v.picklist(['incoming', 'sub-ip-incoming', 'outgoing', 'next-hop']),
      index: v.nullable(v.number()),
      address: v.nullable(addressSchema),
      name: v.nullable(textSchema),
      mtu: v.nullable(v.number()),
    }),
    64,
  ),
  others: listOf(v.strictObject({ classNumber: v.number(), classType: v.number(), payloadBytes: v.number() }), 64),
});

const answerSchema = v.strictObject({
  address: addressSchema,
  icmpType: v.nullable(byteSchema),
  icmpCode: v.nullable(byteSchema),
  replyHopLimit: v.nullable(byteSchema),
  mtuBytes: v.nullable(count),
  quotedHopLimit: v.nullable(byteSchema),
  isQuoteAltered: v.nullable(v.boolean()),
  extensions: v.nullable(extensionsSchema),
});
export type AnswerOfFile = v.InferOutput<typeof answerSchema>;

/** In UTF-16 units of JSON; a machine has not so many addresses and servers. */
const LONGEST_HAPPENING = 50_000;

/** What happened to the machine (contract/happening.ts), with nothing in it that is not listed. */
const happeningOfFileSchema = v.pipe(
  v.variant('kind', [
    v.strictObject({ ...clockStepSchema.entries, atEpochMs: momentSchema, byMs: v.pipe(v.number(), v.finite()) }),
    v.strictObject({
      ...machineEventSchema.entries,
      atEpochMs: momentSchema,
      untold: count,
      change: machineChangeSchema,
    }),
  ]),
  v.check((happening) => JSON.stringify(happening).length <= LONGEST_HAPPENING, 'is too long'),
);

const positive = v.pipe(v.number(), v.finite(), v.minValue(0));
const route = listOf(v.nullable(addressSchema), 256);
/** What an incident of the flight recorder was (contract/flight.ts), with nothing in it that is not listed. */
const incidentOfFileSchema = v.pipe(
  v.strictObject({
    fromEpochMs: momentSchema,
    toEpochMs: v.nullable(momentSchema),
    seen: v.variant('kind', [
      v.strictObject({ kind: v.literal('unreachable'), rounds: count, isRefused: v.boolean() }),
      v.strictObject({ kind: v.literal('loss'), lost: count, of: count }),
      v.strictObject({
        kind: v.literal('slow'),
        rttMs: positive,
        usualMs: positive,
        limitMs: positive,
        beyond: count,
        of: count,
      }),
      v.strictObject({ kind: v.literal('route-changed'), before: route, after: route }),
      v.strictObject({ kind: v.literal('no-link') }),
    ]),
    end: v.nullable(incidentEndSchema),
  }),
  v.check(({ toEpochMs, end }) => (toEpochMs === null) === (end === null), 'has an end only in part'),
  v.check(({ fromEpochMs, toEpochMs }) => toEpochMs === null || toEpochMs >= fromEpochMs, 'ends before it begins'),
);

const intervalSchema = v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(86_400_000));

/** Everything of the file but its rounds. */
const sessionHeadSchema = v.strictObject({
  format: v.literal(SESSION_FORMAT),
  version: v.picklist(Object.values(SESSION_FORMAT_VERSIONS)),
  target: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  destination: addressSchema,
  family: familySchema,
  intervalMs: intervalSchema,
  /** Where the rate was raised when something was wrong. Since version 3, and only there. */
  closeIntervalMs: v.optional(intervalSchema),
  maxHops: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
  /** Title of the scenario when it was measured in a simulated internet; null in the network. */
  simulated: v.nullable(textSchema),
  begunAtEpochMs: momentSchema,
  name: v.pipe(v.string(), v.maxLength(200)),
  comment: v.pipe(v.string(), v.maxLength(2_000)),
  comments: listOf(v.strictObject({ atEpochMs: momentSchema, text: v.pipe(v.string(), v.maxLength(2_000)) })),
  /** Where own addresses stand for others that are not told, it can be read and not imported. */
  isMasked: v.boolean(),
  destinationHopLimit: v.nullable(hopLimitSchema),
  /** Whether the destination ever answered itself. */
  hasDestinationAnswered: v.boolean(),
  localDrops: count,
  gateways: listOf(addressSchema, 100),
  names: listOf(
    v.strictObject({
      address: addressSchema,
      name: v.nullable(textSchema),
      asn: v.nullable(v.strictObject({ number: v.number(), name: v.nullable(textSchema) })),
    }),
    20_000,
  ),
  pathMtu: v.nullable(pathMtuSchema),
  branches: v.nullable(branchesSchema),
  gaps: listOf(v.strictObject(gapSchema.entries), 1_000_000),
  routeChanges: listOf(v.strictObject(routeChangeSchema.entries), 1_000_000),
  /** Since version 2, and only where there are any. */
  happenings: v.optional(v.pipe(listOf(happeningOfFileSchema), v.minLength(1))),
  /** The incident that it is of. Since version 3, and only of one. */
  incident: v.optional(incidentOfFileSchema),
  sendFailures: v.nullable(
    v.strictObject({
      spanMs: v.pipe(v.number(), v.integer(), v.minValue(60_000)),
      spans: listOf(
        v.strictObject({
          /** Number of the span since 1970. */
          span: count,
          reason: v.picklist([
            'no-route',
            'not-permitted',
            'broadcast-not-enabled',
            'too-big',
            'local-queue-full',
            'invalid-destination',
            'interface-gone',
            'local-network-denied',
            'not-on-this-system',
            'other',
          ]),
          osCode: v.pipe(v.string(), v.maxLength(100)),
          count,
        }),
        1_000,
      ),
    }),
  ),
  /** Who answered at each hop limit (0: to the probes meant for the destination), numbered from 1 in this order. */
  responders: listOf(
    v.strictObject({
      hopLimit: hopLimitSchema,
      /** The last answer of each. */
      last: listOf(answerSchema, MOST_RESPONDERS),
      /** The last answer of some that said why a probe was not passed on. */
      rejections: listOf(
        v.strictObject({
          responder: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RESPONDERS)),
          answer: answerSchema,
        }),
        MOST_RESPONDERS,
      ),
    }),
    256,
  ),
  rounds: v.pipe(count, v.maxValue(MOST_ROUNDS)),
});
export type SessionHead = v.InferOutput<typeof sessionHeadSchema>;

/** The version of a file: the first one that has all that is in it, so that older programs read what they can. */
export function versionOfHead({
  happenings,
  closeIntervalMs,
  incident,
}: Pick<SessionHead, 'happenings' | 'closeIntervalMs' | 'incident'>): SessionHead['version'] {
  if (closeIntervalMs !== undefined || incident !== undefined) return SESSION_FORMAT_VERSIONS.incidents;
  return happenings === undefined ? SESSION_FORMAT_VERSIONS.first : SESSION_FORMAT_VERSIONS.happenings;
}

/** A letter a round: what became of its probe. */
export const FATE_LETTERS = {
  none: '-',
  answered: 'a',
  timedOut: 't',
  refused: 'r',
  sendFailed: 's',
  late: 'l',
} as const;

const placeSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(ROUNDS_OF_CHUNK - 1));
const places = listOf(placeSchema, ROUNDS_OF_CHUNK);
/** So many times the same. */
const runs = (most: number) =>
  listOf(
    v.strictTuple([
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(ROUNDS_OF_CHUNK)),
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most)),
    ]),
    ROUNDS_OF_CHUNK,
  );

/** Consecutive rounds, ROUNDS_OF_CHUNK of them but for the last chunk. */
const sessionChunkSchema = v.strictObject({
  firstRound: count,
  beganAtEpochMs: v.pipe(listOf(momentSchema, ROUNDS_OF_CHUNK), v.minLength(1)),
  /** Number of gaps before each round, as runs: [rounds, gaps]. */
  gapsBefore: runs(1_000_000_000),
  hops: listOf(
    v.strictObject({
      hopLimit: hopLimitSchema,
      fates: v.pipe(
        v.string(),
        v.maxLength(ROUNDS_OF_CHUNK),
        v.regex(/^[-atrsl]*$/, 'has a letter that is none of -atrsl'),
      ),
      /** Of the answered probes, in order. */
      rttMs: listOf(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(86_400_000)), ROUNDS_OF_CHUNK),
      /** Who answered, refused or answered late, in order, as runs: [probes, responder]. */
      responders: runs(OTHERS),
      /** Places in the chunk of answers that were noticed. */
      reordered: places,
      outliers: places,
      outliersOfResponder: places,
      rejections: places,
      /** [place, copies beyond the first answer]. */
      duplicates: listOf(
        v.strictTuple([placeSchema, v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))]),
        ROUNDS_OF_CHUNK,
      ),
    }),
    256,
  ),
});
export type SessionChunk = v.InferOutput<typeof sessionChunkSchema>;

/** A value in its shape, or where it is not (null: as a whole) and why. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly place: string | null; readonly reason: string };

/** Everything but the rounds, with nothing in it that is not listed here, its keys in this order. */
export function readSessionHead(value: unknown): Read<SessionHead> {
  return read(sessionHeadSchema, value);
}

/** Rounds, with nothing in them that is not listed here. */
export function readSessionChunk(value: unknown): Read<SessionChunk> {
  return read(sessionChunkSchema, value);
}

function read<T extends v.GenericSchema>(schema: T, value: unknown): Read<v.InferOutput<T>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  return { ok: false, place: v.getDotPath(issue), reason: `is not allowed (${issue.message})` };
}
