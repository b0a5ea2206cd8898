import * as v from 'valibot';
import { comparisonSchema } from './comparison.ts';
import { call, stream } from './define.ts';
import { flightPartSchema, incidentSchema } from './flight.ts';
import { happeningSchema } from './happening.ts';
import { pathReportSchema, periodEntries, routeChangeSchema } from './path.ts';
import { familySchema } from './probe.ts';
import { momentSchema } from './session-file.ts';
import { MOST_TIMELINE_COLUMNS, timelineSchema } from './timeline.ts';
import { verdictIdSchema, verdictSchema } from './verdict.ts';

/** Sessions: what path monitors recorded, kept on disk, so that any moment can be looked at again. */

/** Longest name and comment that a session, or a moment of one, may be given. */
export const LONGEST_NAME = 200;
export const LONGEST_COMMENT = 2_000;

const nameSchema = v.pipe(v.string(), v.trim(), v.maxLength(LONGEST_NAME));
const commentTextSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST_COMMENT));

/** One session, as a list shows it. */
export const sessionSchema = v.object({
  sessionId: v.string(),
  /** As a person typed it. */
  target: v.string(),
  destination: v.string(),
  family: familySchema,
  /** From one round to the next, at most. */
  intervalMs: v.number(),
  /** The same where the flight recorder has raised the rate; null where it never does. */
  closeIntervalMs: v.nullable(v.number()),
  /** Part of the flight recorder that it is; null: a person watched it. */
  flight: v.nullable(flightPartSchema),
  /** The incident that it is of; the session begins some minutes before it and ends some after. */
  incident: v.nullable(incidentSchema),
  /** What a person calls it; empty until they do. */
  name: v.string(),
  comment: v.string(),
  /** Kept by retention whatever its age. */
  isPinned: v.boolean(),
  /** Measured in a simulated internet. */
  isSimulated: v.boolean(),
  /** Where it came from: measured here, or read from a file. */
  origin: v.picklist(['measured', 'imported']),
  /** The path monitor that is recording it now; null when none is. */
  pathId: v.nullable(v.string()),
  /** Session time of its first and last round; null before the first. */
  fromEpochMs: v.nullable(v.number()),
  toEpochMs: v.nullable(v.number()),
  rounds: v.number(),
  /** Probes with a fate, of all hops, the round trip not counted twice. */
  samples: v.number(),
  /** Of the round trip, 0 to 1; null without a probe. Of an incident over its own period, like the verdict. */
  lossRatio: v.nullable(v.number()),
  /** The most severe verdict of the whole session, as of `toEpochMs`; null while unknown. */
  verdict: v.nullable(
    v.object({ id: verdictIdSchema, severity: verdictSchema.entries.severity, sentence: v.string() }),
  ),
  /** Bytes on disk. */
  bytes: v.number(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

/** What a person wrote about a moment of a session. */
export const momentCommentSchema = v.object({
  commentId: v.string(),
  atEpochMs: v.number(),
  text: v.string(),
});
export type MomentComment = v.InferOutput<typeof momentCommentSchema>;

/** How the store is doing: what it said when something went wrong, and how much room it takes. */
export const storeStateSchema = v.object({
  /** Where the file is; null when there is none. */
  file: v.nullable(v.string()),
  bytes: v.number(),
  /**
   * `writing`: every sample is on disk within about a second. `not-writing`: measuring goes on, and what is measured is
   * in memory only. `off`: nothing is kept, as asked.
   */
  mode: v.picklist(['writing', 'not-writing', 'off']),
  /** Why it is not writing, or what was found and mended at the start; null when all is well. */
  trouble: v.nullable(
    v.object({
      kind: v.picklist(['disk-full', 'read-only', 'corrupt', 'in-use', 'too-new', 'other']),
      /** The system's own error name, or SQLite's; empty when there is none. */
      osCode: v.string(),
      /** Where a damaged file was kept aside; null when there is none. */
      keptAside: v.nullable(v.string()),
    }),
  ),
  /** Batches that could not be written since the start. */
  lostBatches: v.number(),
});
export type StoreState = v.InferOutput<typeof storeStateSchema>;

const sessionIdArgs = v.object({ sessionId: v.string() });

/** One period of one session, as something to compare. */
export const sessionPeriodSchema = v.object({ sessionId: v.string(), ...periodEntries });

export const sessionsContract = {
  /** Every session now, newest first, and again (at most once a second) when something about them changes. */
  list: stream(v.object({}), v.object({ sessions: v.array(sessionSchema), store: storeStateSchema })),
  /** The session that a path is being recorded as now; null when it is not recorded. */
  ofPath: call(v.object({ pathId: v.string() }), v.object({ sessionId: v.nullable(v.string()) })),
  /** Everything about a period of a session, verdicts included, as `path.report` tells of a running path. */
  report: call(sessionPeriodSchema, pathReportSchema),
  timeline: call(
    v.object({
      sessionId: v.string(),
      hopLimit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)),
      ...periodEntries,
      columns: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MOST_TIMELINE_COLUMNS)),
    }),
    timelineSchema,
  ),
  /** Changes of the route, newest first, each with the path before and after. */
  routes: call(
    v.object({
      sessionId: v.string(),
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000)), 200),
    }),
    v.object({ changes: v.array(routeChangeSchema) }),
  ),
  /** What happened to this machine meanwhile, oldest first: its connections changed, its clock was set. */
  happenings: call(sessionIdArgs, v.object({ happenings: v.array(happeningSchema) })),
  /** Changes what a person says about a session; what is absent stays. */
  change: call(
    v.object({
      sessionId: v.string(),
      name: v.optional(nameSchema),
      comment: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LONGEST_COMMENT))),
      isPinned: v.optional(v.boolean()),
    }),
    sessionSchema,
  ),
  /** Puts sessions aside: they are in no list, and gone for good a day later. A session being recorded is not removed. */
  remove: call(v.object({ sessionIds: v.array(v.string()) }), v.null()),
  /** Takes back what `remove` did, while it can be. */
  restore: call(v.object({ sessionIds: v.array(v.string()) }), v.null()),
  comments: call(sessionIdArgs, v.object({ comments: v.array(momentCommentSchema) })),
  addComment: call(
    v.object({ sessionId: v.string(), atEpochMs: momentSchema, text: commentTextSchema }),
    momentCommentSchema,
  ),
  removeComment: call(v.object({ sessionId: v.string(), commentId: v.string() }), v.null()),
  /** Two sessions, or two periods of one: hops aligned, differences tested, one sentence of conclusion. */
  compare: call(v.object({ before: sessionPeriodSchema, after: sessionPeriodSchema }), comparisonSchema),
} as const;
