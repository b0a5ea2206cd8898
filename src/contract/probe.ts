import * as v from 'valibot';

/** What every feature says about one probe; units stand in the names because these values cross borders. */

export const familySchema = v.picklist([4, 6]);

export const timestampSourceSchema = v.picklist([
  'kernel-transmit',
  'kernel',
  'user',
  'performance-counter',
  'milliseconds',
]);

/** How ICMP is to be sent: the first that works, or one of the two by name. */
export const transportChoiceSchema = v.picklist(['auto', 'privileged', 'unprivileged']);

export const sendFailureReasonSchema = v.picklist([
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
]);

/** Options of an echo request that a person may set; absent means the default. */
export const probeOptionsSchema = v.object({
  /** Bytes after the ICMP header; default 56. */
  payloadBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_507)), 56),
  /** Default 64. */
  hopLimit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)), 64),
  /** Default 0. */
  trafficClass: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)), 0),
  /** Longest wait for an answer; default 2,000. */
  timeoutMs: v.optional(v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(60_000)), 2_000),
  /** Local address to send from. */
  source: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(255))), null),
  /** Interface to send through. */
  interfaceName: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(15))), null),
  /** Address family, or null for whatever the name gives first. */
  family: v.optional(v.nullable(familySchema), null),
  transport: v.optional(transportChoiceSchema, 'auto'),
  /** Ask the kernel for the moment of departure of every probe; false: only of those that leave alone. */
  transmitTimestamps: v.optional(v.boolean(), true),
});

export type ProbeOptions = v.InferOutput<typeof probeOptionsSchema>;
export type ProbeOptionsInput = v.InferInput<typeof probeOptionsSchema>;

/** A target as a person types it: a name or a numeric address, `%zone` included. */
export const targetSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255));

/** The fate of one probe. `sentAtEpochMs` is wall time, for showing only. */
export const sampleSchema = v.variant('fate', [
  v.object({
    fate: v.literal('echo-reply'),
    sequence: v.number(),
    sentAtEpochMs: v.number(),
    rttMs: v.number(),
    responder: v.string(),
    replyHopLimit: v.nullable(v.number()),
    bytesReceived: v.number(),
    timestampSource: timestampSourceSchema,
  }),
  v.object({
    fate: v.literal('icmp-error'),
    sequence: v.number(),
    sentAtEpochMs: v.number(),
    rttMs: v.number(),
    responder: v.string(),
    /** Null where the system does not tell it; so is the code. */
    icmpType: v.nullable(v.number()),
    icmpCode: v.nullable(v.number()),
    mtuBytes: v.nullable(v.number()),
    fromThisMachine: v.boolean(),
  }),
  v.object({ fate: v.literal('timed-out'), sequence: v.number(), sentAtEpochMs: v.number() }),
  v.object({
    fate: v.literal('send-failed'),
    sequence: v.number(),
    sentAtEpochMs: v.number(),
    reason: sendFailureReasonSchema,
    /** The operating system's own error name. */
    osCode: v.string(),
  }),
]);

export type Sample = v.InferOutput<typeof sampleSchema>;

/** Statistics of one destination over a period. A number that needs more samples than there are is null. */
export const statisticsSchema = v.object({
  /** Probes handed to the network: those that could not be sent are not among them. */
  sent: v.number(),
  /** Probes with an echo reply, late ones included; repeats not counted. */
  received: v.number(),
  inFlight: v.number(),
  /** Probes answered by an ICMP error. */
  icmpErrors: v.number(),
  /** Probes without any answer so far: one that is answered late leaves this count. */
  timedOut: v.number(),
  sendFailures: v.number(),
  duplicates: v.number(),
  /** Those of the received whose reply came after the timeout. Their round trips are in none of the times below. */
  late: v.number(),
  /** (sent − in flight − received) / (sent − in flight), 0 to 1; null before the first outcome. */
  lossRatio: v.nullable(v.number()),
  /** 95 % Wilson interval of the loss ratio. */
  lossLow: v.nullable(v.number()),
  lossHigh: v.nullable(v.number()),
  rttMs: v.object({
    last: v.nullable(v.number()),
    min: v.nullable(v.number()),
    mean: v.nullable(v.number()),
    max: v.nullable(v.number()),
    /** Sample standard deviation (n − 1). */
    stddev: v.nullable(v.number()),
    p50: v.nullable(v.number()),
    p95: v.nullable(v.number()),
    p99: v.nullable(v.number()),
  }),
  /** Mean absolute difference of consecutive round trips. */
  jitterMs: v.nullable(v.number()),
  /** What ping calls mdev: the population standard deviation (n) of the round trips. */
  mdevMs: v.nullable(v.number()),
  /** What `ping -f` calls ewma: the moving average that each round trip pulls by an eighth, as SRTT of RFC 6298 §2. */
  ewmaMs: v.nullable(v.number()),
  /** Datagrams this machine dropped before reading them: a fault here, not of the network. */
  localDrops: v.number(),
});

export type Statistics = v.InferOutput<typeof statisticsSchema>;
