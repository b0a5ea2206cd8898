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

/** Continuous monitoring: monitors belong to the engine and outlive the page that shows them. */

/** Where a monitor is in its life; `failed` says why it cannot run, and `resume` tries again. */
export const monitorPhaseSchema = v.variant('phase', [
  v.object({ phase: v.literal('resolving') }),
  v.object({ phase: v.literal('running') }),
  v.object({ phase: v.literal('paused') }),
  v.object({ phase: v.literal('failed'), failure: failureSchema }),
]);

export const monitorSchema = v.object({
  monitorId: v.string(),
  /** What the person typed. */
  target: v.string(),
  /** The address probed, null until the name is resolved. */
  destination: v.nullable(v.string()),
  family: v.nullable(familySchema),
  transport: v.nullable(v.picklist(['dgram', 'raw', 'echo-api', 'simulated'])),
  timestampSource: v.nullable(timestampSourceSchema),
  intervalMs: v.number(),
  timeoutMs: v.number(),
  addedAtEpochMs: v.number(),
  state: monitorPhaseSchema,
});

export type Monitor = v.InferOutput<typeof monitorSchema>;
export type MonitorPhase = v.InferOutput<typeof monitorPhaseSchema>;

/** Samples that came to their end since the last frame, and the statistics with them included. */
export const monitorFrameSchema = v.object({
  monitorId: v.string(),
  /** Place of the first sample in the order of completion since monitoring began; a gap means samples were left out. */
  firstIndex: v.number(),
  samples: v.array(sampleSchema),
  statistics: statisticsSchema,
});

export type MonitorFrame = v.InferOutput<typeof monitorFrameSchema>;

const monitorIdArgs = v.object({ monitorId: v.string() });

/** Most samples of one monitor that the engine keeps in memory and a stream gives on opening: an hour at one a second. */
export const KEPT_SAMPLES = 3_600;

export const monitorContract = {
  /** Adds a monitor and starts it; it exists also when it then fails, so that the failure can be shown in place. */
  add: call(
    v.object({
      target: targetSchema,
      /** Null, like `options`: as the person's settings say. */
      intervalMs: v.optional(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(50), v.maxValue(3_600_000))), null),
      options: v.optional(v.nullable(probeOptionsSchema), null),
    }),
    monitorSchema,
  ),
  /** Stops sending and keeps everything measured. */
  pause: call(monitorIdArgs, monitorSchema),
  /** Goes on sending; after a failure, tries from the beginning (the name is resolved again). */
  resume: call(monitorIdArgs, monitorSchema),
  /** Ends a monitor and forgets it. */
  remove: call(monitorIdArgs, v.null()),
  /** Every monitor now, and again whenever one of them changes state. */
  list: stream(v.object({}), v.object({ monitors: v.array(monitorSchema) })),
  /** Frames of one monitor: first what is kept from `fromIndex` on, then at most ten frames a second. */
  frames: stream(
    v.object({ monitorId: v.string(), fromIndex: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    monitorFrameSchema,
  ),
} as const;
