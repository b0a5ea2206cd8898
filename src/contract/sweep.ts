import * as v from 'valibot';
import { call, stream } from './define.ts';
import { failureSchema } from './failure.ts';
import { familySchema, probeOptionsSchema, sendFailureReasonSchema } from './probe.ts';

/** Sweeps: one echo request (and its repeats) to each address of some ranges. */

export const sweepArgsSchema = v.object({
  /** Numeric addresses, CIDR ranges ("192.0.2.0/24", "2001:db8::/120"), spans ("192.0.2.1-192.0.2.99") or names. */
  ranges: v.pipe(
    v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(255))),
    v.minLength(1),
    v.maxLength(100_000),
  ),
  /** Most requests a second, or null for as fast as nothing is lost on this machine. */
  ratePerSecond: v.optional(v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(1_000_000))), 1_000),
  /** Further requests to an address that did not answer. */
  retries: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 0),
  /** Address to begin at: `nextIndex` of a sweep that was stopped; at most the number of addresses. */
  fromIndex: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  options: v.optional(probeOptionsSchema, {}),
});
export type SweepArgs = v.InferOutput<typeof sweepArgsSchema>;

export const sweepSummarySchema = v.object({
  /** Addresses in all ranges. */
  total: v.number(),
  /** Addresses that were sent at least one request. */
  probed: v.number(),
  answered: v.number(),
  /** Addresses for which a router said that they cannot be reached. */
  unreachable: v.number(),
  /** Names that have no address; none of them is among the probed. */
  unresolved: v.number(),
  /** Addresses to which nothing could be sent from this machine; none of them is among the probed. */
  sendFailures: v.number(),
  /** Why nothing could be sent to the first of them; absent when there is none. */
  firstSendFailure: v.optional(
    v.object({
      reason: sendFailureReasonSchema,
      /** The operating system's own error name. */
      osCode: v.string(),
      family: familySchema,
    }),
  ),
  elapsedMs: v.number(),
  probesPerSecond: v.number(),
  /** Datagrams that this machine dropped before reading them: answers may be missing. */
  localDrops: v.number(),
  /**
   * Where another sweep of the same ranges would go on: every address before it has its outcome, and every answer of
   * one has been told, in the same batch or an earlier one.
   */
  nextIndex: v.number(),
});
export type SweepSummary = v.InferOutput<typeof sweepSummarySchema>;

export const sweepEventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('answered'),
    /** Place of the address in the ranges, from 0. */
    index: v.number(),
    address: v.string(),
    family: familySchema,
    rttMs: v.number(),
    /** Which request was answered, from 0. */
    attempt: v.number(),
    replyHopLimit: v.nullable(v.number()),
  }),
  /** A name of the ranges has no address; the others go on. Told before any summary that counts it. */
  v.object({
    kind: v.literal('name-failed'),
    /** Place of the name in the ranges, which it keeps: whether a name resolves moves no other address. */
    index: v.number(),
    name: v.string(),
    failure: failureSchema,
  }),
  v.object({ kind: v.literal('progress'), summary: sweepSummarySchema }),
  v.object({ kind: v.literal('finished'), summary: sweepSummarySchema, isComplete: v.boolean() }),
]);
export type SweepEvent = v.InferOutput<typeof sweepEventSchema>;

export const sweepContract = {
  /** Events come in batches; the stream ends by itself after `finished`. */
  run: stream(v.intersect([v.object({ runId: v.string() }), sweepArgsSchema]), v.array(sweepEventSchema)),
  /** Ends a sweep early: nothing more is sent, what is in flight is waited for. */
  stop: call(v.object({ runId: v.string() }), v.null()),
} as const;
