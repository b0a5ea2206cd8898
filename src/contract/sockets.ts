import * as v from 'valibot';
import { stream } from './define.ts';
import { packetFieldSchema } from './packet-field.ts';
import { familySchema, sendFailureReasonSchema, targetSchema, timestampSourceSchema } from './probe.ts';

/** The library's socket classes made visible: requests sent with every parameter, every answer told with its bytes. */

/** What the parameters may be, the ends included; those of the classes where they have any. */
export const EXCHANGE_LIMITS = {
  id: { least: 0, most: 65_535 },
  sequence: { least: 0, most: 65_535 },
  /** The most over IPv6; IPv4 carries 20 bytes less, and the system refuses those. */
  payloadSize: { least: 0, most: 65_527 },
  ttl: { least: 1, most: 255 },
  trafficClass: { least: 0, most: 255 },
  /** How long one `receive` may wait. */
  timeoutMs: { least: 0, most: 60_000 },
  count: { least: 1, most: 100 },
  intervalMs: { least: 10, most: 10_000 },
} as const;

/** Answers of one exchange that are told; further ones are counted. */
export const REPLIES_TOLD_LIMIT = 1_000;
/** Bytes of messages that one exchange tells; what comes behind them is told without its bytes. */
export const MESSAGE_BYTES_LIMIT = 4 * 1024 * 1024;

function wholeWithin({ least, most }: { readonly least: number; readonly most: number }) {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}

function within({ least, most }: { readonly least: number; readonly most: number }) {
  return v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most));
}

const bytesSchema = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/, 'pairs of hexadecimal digits'));

export const exchangeArgsSchema = v.object({
  destination: targetSchema,
  /** Null: the process id of the engine. */
  id: v.nullable(wholeWithin(EXCHANGE_LIMITS.id)),
  /** Of the first request; each further one has the next. */
  sequence: wholeWithin(EXCHANGE_LIMITS.sequence),
  payload: v.variant('kind', [
    v.object({ kind: v.literal('random'), payloadSize: wholeWithin(EXCHANGE_LIMITS.payloadSize) }),
    v.object({ kind: v.literal('bytes'), hex: v.pipe(bytesSchema, v.maxLength(2 * EXCHANGE_LIMITS.payloadSize.most)) }),
  ]),
  ttl: wholeWithin(EXCHANGE_LIMITS.ttl),
  trafficClass: wholeWithin(EXCHANGE_LIMITS.trafficClass),
  /** Null: that of the source address or the destination; of a name, whatever it gives first. */
  family: v.nullable(familySchema),
  privileged: v.boolean(),
  /** Local address to listen on and send from. */
  source: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255))),
  interfaceName: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(15))),
  dontFragment: v.nullable(v.boolean()),
  broadcast: v.boolean(),
  timeoutMs: within(EXCHANGE_LIMITS.timeoutMs),
  count: wholeWithin(EXCHANGE_LIMITS.count),
  intervalMs: within(EXCHANGE_LIMITS.intervalMs),
  /**
   * `first`: one `receive` for each request. `all`: further ones until its timeout is over. `everything`: whatever the
   * socket hears in that time, whether it answers one of these requests or not.
   */
  receive: v.picklist(['first', 'all', 'everything']),
});
export type ExchangeArgs = v.InferOutput<typeof exchangeArgsSchema>;

/** An ICMP message byte by byte. */
export const toldMessageSchema = v.object({
  hex: bytesSchema,
  /** Whether these are only the request that an error quotes, all that the kernel keeps for an unprivileged socket. */
  isQuoteOnly: v.boolean(),
  /** In order, and without gap. The checksum of a request over IPv6, which the kernel writes, is null and its bytes are zero. */
  fields: v.array(packetFieldSchema),
});
export type ToldMessage = v.InferOutput<typeof toldMessageSchema>;

/** An error of the library: the name of its class and its own words. */
export const raisedSchema = v.object({ name: v.string(), message: v.string() });

const requestIndex = v.number();

/** What happened, in order. Requests are named by their place, from 0. */
export const exchangeEventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('opened'),
    destination: v.string(),
    family: familySchema,
    transport: v.picklist(['dgram', 'raw']),
  }),
  v.object({
    kind: v.literal('sent'),
    requestIndex,
    /** As it left: an unprivileged socket has replaced it by the kernel's. */
    id: v.number(),
    sequence: v.number(),
    sentAtEpochMs: v.number(),
    bytes: v.number(),
    /** Null beyond `MESSAGE_BYTES_LIMIT`. */
    message: v.nullable(toldMessageSchema),
  }),
  v.object({
    kind: v.literal('send-failed'),
    requestIndex,
    sequence: v.number(),
    reason: sendFailureReasonSchema,
    /** The operating system's own error name. */
    osCode: v.string(),
    raised: raisedSchema,
  }),
  v.object({
    kind: v.literal('reply'),
    /** Null: it answers none of these requests. */
    requestIndex: v.nullable(requestIndex),
    source: v.string(),
    family: familySchema,
    /** Whether `source` is an address of the machine that sends. */
    fromThisMachine: v.boolean(),
    id: v.number(),
    sequence: v.number(),
    icmpType: v.number(),
    icmpCode: v.number(),
    bytesReceived: v.number(),
    arrivedAtEpochMs: v.number(),
    rttMs: v.nullable(v.number()),
    timestampSource: v.nullable(timestampSourceSchema),
    ttl: v.nullable(v.number()),
    trafficClass: v.nullable(v.number()),
    mtuBytes: v.nullable(v.number()),
    localAddress: v.nullable(v.string()),
    isDuplicate: v.boolean(),
    /** What `raiseForStatus` throws; null for an echo reply. */
    raised: v.nullable(raisedSchema),
    /** Null beyond `MESSAGE_BYTES_LIMIT`. */
    message: v.nullable(toldMessageSchema),
  }),
  /** Nothing more is waited for; `raised` is the `TimeoutExceeded` of a request without any answer. */
  v.object({ kind: v.literal('settled'), requestIndex, raised: v.nullable(raisedSchema) }),
  v.object({
    kind: v.literal('finished'),
    /** Answers beyond `REPLIES_TOLD_LIMIT`, counted only. */
    repliesNotTold: v.number(),
    /** Messages that this machine dropped before they were read. */
    localDrops: v.number(),
  }),
]);
export type ExchangeEvent = v.InferOutput<typeof exchangeEventSchema>;
export type ExchangeReply = Extract<ExchangeEvent, { kind: 'reply' }>;

export const socketsContract = {
  /** Events come in batches; the stream ends by itself after `finished`. Ending it early closes the socket. */
  exchange: stream(exchangeArgsSchema, v.array(exchangeEventSchema)),
} as const;
