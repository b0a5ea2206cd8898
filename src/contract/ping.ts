import * as v from 'valibot';
import { call, stream } from './define.ts';
import { failureSchema } from './failure.ts';
import {
  familySchema,
  probeOptionsSchema,
  sampleSchema,
  statisticsSchema,
  targetSchema,
  timestampSourceSchema,
} from './probe.ts';

/** A limited series of echo requests to one or more targets, every fate told as it happens. */

export const pingArgsSchema = v.object({
  targets: v.pipe(v.array(targetSchema), v.minLength(1), v.maxLength(1_000)),
  /** Requests per target, or null to go on until cancelled. */
  count: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000))),
  intervalMs: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(86_400_000)), 1_000),
  options: v.optional(probeOptionsSchema, {}),
});

export type PingArgs = v.InferOutput<typeof pingArgsSchema>;

const target = v.string();

/** What happened, in order; `target` is what the person typed. */
export const pingEventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('started'),
    target,
    destination: v.string(),
    family: familySchema,
    payloadBytes: v.number(),
    transport: v.picklist(['dgram', 'raw', 'echo-api', 'simulated']),
    timestampSource: timestampSourceSchema,
  }),
  v.object({ kind: v.literal('sample'), target, destination: v.string(), family: familySchema, sample: sampleSchema }),
  v.object({
    kind: v.literal('repeat'),
    target,
    destination: v.string(),
    sequence: v.number(),
    repeat: v.picklist(['duplicate', 'late']),
    responder: v.string(),
    rttMs: v.number(),
  }),
  /** This target cannot be pinged; the others go on. */
  v.object({ kind: v.literal('failed'), target, failure: failureSchema }),
  /** The last event of a target that had started. */
  v.object({ kind: v.literal('finished'), target, destination: v.string(), statistics: statisticsSchema }),
]);

export type PingEvent = v.InferOutput<typeof pingEventSchema>;

export const pingContract = {
  /**
   * Events come in batches; the stream ends by itself when every target has finished or failed.
   * `runId` is the caller's, so that `stop` can ask for the summaries before the end.
   */
  run: stream(v.intersect([v.object({ runId: v.string() }), pingArgsSchema]), v.array(pingEventSchema)),
  /** Ends a run early: nothing more is sent, what is in flight is counted as in flight, every target finishes. */
  stop: call(v.object({ runId: v.string() }), v.null()),
} as const;
