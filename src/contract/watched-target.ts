import * as v from 'valibot';
import { pathOptionsSchema } from './path.ts';
import { probeOptionsSchema, targetSchema } from './probe.ts';

const common = {
  /** Names it among all that are watched, through every restart. */
  key: v.pipe(v.string(), v.minLength(1)),
  target: targetSchema,
  intervalMs: v.pipe(v.number(), v.finite(), v.minValue(50), v.maxValue(3_600_000)),
  isPaused: v.boolean(),
};

const watchedSchema = v.variant('kind', [
  v.object({ kind: v.literal('path'), ...common, options: pathOptionsSchema }),
  v.object({ kind: v.literal('round-trip'), ...common, options: probeOptionsSchema }),
]);

/** A target that is watched, with everything needed to watch it again. */
export type WatchedTarget = v.InferOutput<typeof watchedSchema>;

/** An entry as it was kept; null when it is not understood. */
export function readWatchedTarget(entry: unknown): WatchedTarget | null {
  const read = v.safeParse(watchedSchema, entry);
  return read.success ? read.output : null;
}
