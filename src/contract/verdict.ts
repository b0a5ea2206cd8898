import * as v from 'valibot';

/** What the program concludes about a path over a period. docs/verdicts.md describes each rule. */

export const VERDICT_IDS = [
  'clean',
  'too-few-samples',
  'loss-to-destination',
  'reluctant-router',
  'latency-step',
  'jitter',
  'bufferbloat',
  'route-change',
  'route-flapping',
  'lossy-branch',
  'local-drops',
  'gateway-trouble',
  'mtu-black-hole',
  'refused',
  'unreachable',
  'destination-silent',
  'hop-limit-too-low',
  'destination-reluctant',
  'outage',
  'send-failures',
  'routing-loop',
  'name-not-resolved',
  'not-permitted',
] as const;

export const verdictIdSchema = v.picklist(VERDICT_IDS);
export type VerdictId = v.InferOutput<typeof verdictIdSchema>;

/** Whose part of the way something lies in: this machine and its network, its provider, between, or the destination's own. */
export const segmentSchema = v.picklist(['local', 'isp', 'transit', 'destination']);
export type Segment = v.InferOutput<typeof segmentSchema>;

/** One number (or address) that a verdict rests on. */
export const evidenceSchema = v.object({
  /** What it is, in words that stand alone: "loss at hop 5". */
  label: v.string(),
  value: v.union([v.number(), v.string()]),
  unit: v.picklist(['ratio', 'ms', 's', 'count', 'bytes', 'hop', 'address', 'per-second', 'text']),
  /** 95 % interval of the value, where it has one. */
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  /** How many probes the value is of, where that means something. */
  samples: v.nullable(v.number()),
});
export type Evidence = v.InferOutput<typeof evidenceSchema>;

export const verdictSchema = v.object({
  id: verdictIdSchema,
  /** `good`: nothing to do. `info`: worth knowing, harmless. `warning`: felt by people. `critical`: it does not work. */
  severity: v.picklist(['good', 'info', 'warning', 'critical']),
  /** Where it starts: at or after this hop. Null when it is of the whole path. */
  hopLimit: v.nullable(v.number()),
  /** Whose part of the way it lies in, where that can be told. */
  segment: v.nullable(segmentSchema),
  /** One plain sentence. Moments in it, and in the advice, are as `instants.ts` has them. */
  sentence: v.string(),
  confidence: v.picklist(['low', 'medium', 'high']),
  /** What would make it surer, or null when nothing would. */
  surer: v.nullable(v.string()),
  /** Never empty. */
  evidence: v.pipe(v.array(evidenceSchema), v.minLength(1)),
  /** What to do next, one or two sentences. */
  advice: v.string(),
});
export type Verdict = v.InferOutput<typeof verdictSchema>;
