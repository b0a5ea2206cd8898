import * as v from 'valibot';
import { call, stream } from './define.ts';
import { clockStepSchema } from './happening.ts';
import { machineEventSchema } from './machine-change.ts';
import { monitorPhaseSchema } from './monitor.ts';
import { pathConditionsSchema } from './path-condition.ts';
import { seriesStatisticsSchema } from './path-statistics.ts';
import { familySchema, probeOptionsSchema, targetSchema, timestampSourceSchema } from './probe.ts';
import { MOST_TIMELINE_COLUMNS, timelineSchema } from './timeline.ts';
import { segmentSchema, verdictSchema } from './verdict.ts';

/** Path monitors: every hop on the way to a target, probed round after round; any period can be asked for. */

export const mplsLabelSchema = v.object({
  label: v.number(),
  trafficClass: v.number(),
  isBottom: v.boolean(),
  ttl: v.number(),
});

/** Who answered at a hop, and how it did over the period. */
export const responderSchema = v.object({
  address: v.string(),
  /** Name by reverse DNS, null while unknown or not wanted. */
  name: v.nullable(v.string()),
  /** Autonomous system, only when asked for: the lookup tells a stranger which addresses are of interest. */
  asn: v.nullable(v.object({ number: v.number(), name: v.nullable(v.string()) })),
  statistics: seriesStatisticsSchema,
  /** What its last answer was; an echo reply is type 0 (IPv4) or 129 (IPv6); null where the system does not tell. */
  icmpType: v.nullable(v.number()),
  icmpCode: v.nullable(v.number()),
  /** Label stack of its last answer, top first; empty without one. */
  mpls: v.array(mplsLabelSchema),
  /** MTU in bytes that it told (packet too big), or null. */
  mtuBytes: v.nullable(v.number()),
  quotedHopLimit: v.nullable(v.number()),
  isQuoteAltered: v.nullable(v.boolean()),
  replyHopLimit: v.nullable(v.number()),
  /** Name of the interface the probe came in by, when the router tells (RFC 5837). */
  interfaceName: v.nullable(v.string()),
});
export type Responder = v.InferOutput<typeof responderSchema>;

/** One hop limit. A silent hop has no responders. */
export const hopSchema = v.object({
  hopLimit: v.number(),
  statistics: seriesStatisticsSchema,
  /** In the order in which they first answered; those with no answer in the period are left out. */
  responders: v.array(responderSchema),
  segment: v.nullable(segmentSchema),
});
export type Hop = v.InferOutput<typeof hopSchema>;

/** Time in which nothing was measured, and why; it is neither loss nor silence. */
export const gapSchema = v.object({
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  /** `not-running`: the program had ended; only sessions, which outlive it, have such gaps. */
  cause: v.picklist(['asleep', 'paused', 'no-transport', 'not-running']),
});
export type Gap = v.InferOutput<typeof gapSchema>;

/** The path became another one: responders by hop, null where a hop is silent. */
export const routeChangeSchema = v.object({
  atEpochMs: v.number(),
  before: v.array(v.nullable(v.string())),
  after: v.array(v.nullable(v.string())),
});
export type RouteChange = v.InferOutput<typeof routeChangeSchema>;

/** Three or more probes in a row without any answer (an ICMP error is one) from a destination that answers at other times. */
export const outageSchema = v.object({
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  lostProbes: v.number(),
  /** Whether it lasts to the end of the period. */
  isOpen: v.boolean(),
});
export type Outage = v.InferOutput<typeof outageSchema>;

/** Everything known of a path over a period. */
export const pathReportSchema = v.object({
  target: v.string(),
  /** Title of the scenario when it is of a simulated internet; null in the network. */
  simulated: v.nullable(v.string()),
  destination: v.string(),
  family: familySchema,
  /** Whether the destination answered with an echo reply within the period. */
  reached: v.boolean(),
  /** Hop limit at which the destination answers, as last learned; null while it never did. */
  destinationHopLimit: v.nullable(v.number()),
  /** The period answered: the one asked for, cut to what is recorded, widened where only roll-ups are kept. */
  fromEpochMs: v.number(),
  toEpochMs: v.number(),
  intervalMs: v.number(),
  /** The same where the flight recorder has raised the rate; absent where it never does. */
  closeIntervalMs: v.optional(v.number()),
  /** Rounds begun in the period. */
  rounds: v.number(),
  hops: v.array(hopSchema),
  /** The destination itself, whatever its hop limit was. */
  roundTrip: seriesStatisticsSchema,
  gaps: v.array(gapSchema),
  routeChanges: v.array(routeChangeSchema),
  outages: v.array(outageSchema),
  /** Datagrams that this machine dropped before reading them, since the monitor began. */
  localDrops: v.number(),
  verdicts: v.array(verdictSchema),
});
export type PathReport = v.InferOutput<typeof pathReportSchema>;

/** The simulated internet that a path is measured in: nothing of it says anything about a real network. */
export const simulationSchema = v.object({
  /** Title of its scenario. */
  title: v.string(),
  /** The name under which `demo.play` plays it; null when the whole engine is in it. */
  scenario: v.nullable(v.string()),
  /** Until then time passes there faster than here, from then on as fast; null when it always has. */
  liveFromEpochMs: v.nullable(v.number()),
});
export type Simulation = v.InferOutput<typeof simulationSchema>;

export const pathMonitorSchema = v.object({
  pathId: v.string(),
  target: v.string(),
  destination: v.nullable(v.string()),
  family: v.nullable(familySchema),
  transport: v.nullable(v.picklist(['dgram', 'raw', 'echo-api', 'simulated'])),
  timestampSource: v.nullable(timestampSourceSchema),
  intervalMs: v.number(),
  timeoutMs: v.number(),
  addedAtEpochMs: v.number(),
  state: monitorPhaseSchema,
  /** Null in the network. */
  simulated: v.nullable(simulationSchema),
  /** What a failure means (no such name, no permission), while the state is `failed` and a rule knows it. */
  verdict: v.nullable(verdictSchema),
});
export type PathMonitorInfo = v.InferOutput<typeof pathMonitorSchema>;

/** What became of one probe of a round, for drawing as it happens. */
export const hopOutcomeSchema = v.object({
  hopLimit: v.number(),
  fate: v.picklist(['answered', 'lost', 'late', 'send-failed']),
  rttMs: v.nullable(v.number()),
  responder: v.nullable(v.string()),
});

/** A finished round: every probe of it has its fate. The round trip is told apart from the hops. */
export const roundSchema = v.object({
  /** Number of the round, from 0; a gap in the numbers means rounds were left out for a slow reader. */
  round: v.number(),
  atEpochMs: v.number(),
  hops: v.array(hopOutcomeSchema),
  roundTrip: v.nullable(
    v.object({ fate: v.picklist(['answered', 'lost', 'late', 'refused']), rttMs: v.nullable(v.number()) }),
  ),
});
export type Round = v.InferOutput<typeof roundSchema>;

export const pathEventSchema = v.variant('kind', [
  v.object({ kind: v.literal('route-change'), change: routeChangeSchema }),
  v.object({ kind: v.literal('gap'), gap: gapSchema }),
  clockStepSchema,
  v.object({ kind: v.literal('send-failed'), atEpochMs: v.number(), reason: v.string(), osCode: v.string() }),
  machineEventSchema,
]);
export type PathEvent = v.InferOutput<typeof pathEventSchema>;

/** Next hops behind each hop limit, as found by the MDA with its stopping rule. */
export const branchesSchema = v.object({
  destination: v.string(),
  hops: v.array(
    v.object({
      hopLimit: v.number(),
      /** Flows that found each responder; flows without an answer are under null. */
      responders: v.array(v.object({ address: v.nullable(v.string()), flows: v.array(v.number()) })),
      probes: v.number(),
      /** Whether the stopping rule was met: with 95 % confidence there is no further responder. */
      isComplete: v.boolean(),
    }),
  ),
  /** From a responder to one of the next hop limit, seen with the same flow. */
  links: v.array(v.object({ hopLimit: v.number(), from: v.string(), to: v.string() })),
});
export type Branches = v.InferOutput<typeof branchesSchema>;

/** What was learned of packet sizes on the way (RFC 1191, RFC 8201; search as in RFC 8899). */
export const pathMtuSchema = v.object({
  destination: v.string(),
  /** Largest IP packet that came through to the destination, in bytes; null when nothing did. */
  pathMtuBytes: v.nullable(v.number()),
  /** Where packets that were too big vanished without a word, although smaller ones passed. */
  isBlackHole: v.boolean(),
  hops: v.array(
    v.object({
      hopLimit: v.number(),
      address: v.nullable(v.string()),
      /** Largest IP packet that came as far as this hop: it answered to it, or one beyond did; null when this one never answered. */
      largestBytes: v.nullable(v.number()),
      /** MTU that a packet-too-big message of this hop named. */
      toldMtuBytes: v.nullable(v.number()),
    }),
  ),
});
export type PathMtu = v.InferOutput<typeof pathMtuSchema>;

/** Highest flow that can be asked for; 65,535 has no checksum of its own (ones' complement: it is 0 again). */
export const HIGHEST_FLOW = 65_534;
const flowSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(HIGHEST_FLOW));

const pathIdArgs = v.object({ pathId: v.string() });
export const periodEntries = {
  /** Null: from the beginning. */
  fromEpochMs: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
  /** Null: until now. */
  toEpochMs: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
  /** In place of `fromEpochMs`: only the last so many milliseconds, so that nobody need know what time it is here. */
  lastMs: v.optional(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(1))), null),
};

export const pathOptionsSchema = v.object({
  ...probeOptionsSchema.entries,
  /** Highest hop limit probed; default 30. */
  maxHops: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 30),
  /** Ask for the names of responders by reverse DNS. */
  reverseDns: v.optional(v.boolean(), true),
  /** Ask a public DNS service for autonomous systems; off, because it tells that service what is looked at. */
  asn: v.optional(v.boolean(), false),
  /** Rounds to send, or null to go on until stopped. */
  count: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000))), null),
  /** The flow of every probe, which load balancers go by: another one may take another way. Null: one drawn at random. */
  flow: v.optional(v.nullable(flowSchema), null),
});
export type PathOptions = v.InferOutput<typeof pathOptionsSchema>;

/** The options that are given, and all others as they are when nothing is said. */
export function pathOptionsOf(given: v.InferInput<typeof pathOptionsSchema>): PathOptions {
  return v.parse(pathOptionsSchema, given);
}

export const pathContract = {
  /** Adds a path monitor and starts it; it exists also when it then fails, so that the failure can be shown in place. */
  add: call(
    v.object({
      target: targetSchema,
      /** Null, like `options`: as the person's settings say. */
      intervalMs: v.optional(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(100), v.maxValue(3_600_000))), null),
      options: v.optional(v.nullable(pathOptionsSchema), null),
    }),
    pathMonitorSchema,
  ),
  pause: call(pathIdArgs, pathMonitorSchema),
  resume: call(pathIdArgs, pathMonitorSchema),
  remove: call(pathIdArgs, v.null()),
  /**
   * Everything about a period, verdicts included. Names are those known by now; who needs them all waits up to
   * `waitForNamesMs` for those still being looked up.
   */
  report: call(
    v.object({
      pathId: v.string(),
      ...periodEntries,
      waitForNamesMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)), 0),
    }),
    pathReportSchema,
  ),
  /** One hop limit (0: the round trip) over a period, in at most so many columns and one more. */
  timeline: call(
    v.object({
      pathId: v.string(),
      hopLimit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)),
      ...periodEntries,
      columns: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MOST_TIMELINE_COLUMNS)),
    }),
    timelineSchema,
  ),
  /** Enumerates load-balanced branches now; sends up to some hundred probes per hop. */
  branches: call(pathIdArgs, branchesSchema),
  /** Searches the path MTU now. */
  pathMtu: call(pathIdArgs, pathMtuSchema),
  /** Every path monitor now, and again whenever one of them changes state. */
  list: stream(v.object({}), v.object({ paths: v.array(pathMonitorSchema) })),
  /** How every path is doing now, and again whenever one of them does otherwise; for who need not hear each round. */
  conditions: stream(v.object({}), pathConditionsSchema),
  /**
   * Finished rounds and events of one path, at most ten batches a second; ends after `count` rounds. First come the
   * rounds from `fromRound` on, as far back as they are kept, and the latest events up to now, those of earlier rounds
   * too (null: neither); then what follows.
   */
  rounds: stream(
    v.object({
      ...pathIdArgs.entries,
      fromRound: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
    }),
    v.object({ rounds: v.array(roundSchema), events: v.array(pathEventSchema) }),
  ),
} as const;
