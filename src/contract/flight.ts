import * as v from 'valibot';
import { call, stream } from './define.ts';
import { failureSchema } from './failure.ts';
import { targetSchema } from './probe.ts';

/**
 * The flight recorder: chosen targets are measured always, slowly, within a cap of disk; when something goes wrong the rate
 * is raised, and the minutes before and after are filed as an incident.
 */

/** Between two rounds while something is wrong, and for a while after. */
export const CLOSE_INTERVAL_MS = 1_000;

/** Range and default of the time between two rounds at rest; a longer one would notice an outage of a minute too late. */
export const REST_INTERVAL_MS = { least: 2_000, usual: 10_000, most: 60_000 } as const;

/** Range and default of the disk that at-rest data and incidents may take, in megabytes of 10^6 bytes. */
export const FLIGHT_CAP_MB = { least: 20, usual: 500, most: 1_000_000 } as const;

/** Measured time that an incident begins with and, once all is well again, ends with. */
export const MINUTES_AROUND = { before: 5, after: 3 } as const;

/** Most targets that are recorded always. */
export const MOST_FLIGHT_TARGETS = 20;

/** What was seen to be wrong, as an incident begins by it. */
export const anomalySchema = v.variant('kind', [
  /** So many rounds in a row were not answered by the destination. */
  v.object({ kind: v.literal('unreachable'), rounds: v.number(), isRefused: v.boolean() }),
  v.object({ kind: v.literal('loss'), lost: v.number(), of: v.number() }),
  /** So many of the last answers took longer than the limit, which is made of what was usual before. */
  v.object({
    kind: v.literal('slow'),
    rttMs: v.number(),
    usualMs: v.number(),
    limitMs: v.number(),
    beyond: v.number(),
    of: v.number(),
  }),
  v.object({
    kind: v.literal('route-changed'),
    before: v.array(v.nullable(v.string())),
    after: v.array(v.nullable(v.string())),
  }),
  /** Nothing could leave this machine. */
  v.object({ kind: v.literal('no-link') }),
]);
export type Anomaly = v.InferOutput<typeof anomalySchema>;

/** Part of the flight recorder that a session is. */
export const flightPartSchema = v.picklist(['at-rest', 'incident']);
export type FlightPart = v.InferOutput<typeof flightPartSchema>;

/**
 * How an incident ended: `calm` all was well again; `lasting` it lasted a day, and is taken for usual since; `stopped`
 * recording was stopped by a person; `not-running` the program ended while it lasted, killed or not; `cut-off` the file did
 * not take what was measured for too long, and it goes on in another session.
 */
export const incidentEndSchema = v.picklist(['calm', 'lasting', 'stopped', 'not-running', 'cut-off']);
export type IncidentEnd = v.InferOutput<typeof incidentEndSchema>;

export const incidentSchema = v.object({
  fromEpochMs: v.number(),
  /** Null while it lasts. */
  toEpochMs: v.nullable(v.number()),
  /** What was seen first. */
  seen: anomalySchema,
  /** Null while it lasts. */
  end: v.nullable(incidentEndSchema),
});
export type Incident = v.InferOutput<typeof incidentSchema>;

/** A target that is recorded always. */
export const flightTargetSchema = v.object({
  flightId: v.string(),
  target: v.string(),
  /** Null before it could be resolved. */
  destination: v.nullable(v.string()),
  /**
   * `starting` it is being resolved; `resting` at the low rate; `looking` closer, because of a first sign, which may be
   * nothing; `incident` one is open; `failed` nothing is measured, and it is tried again every minute.
   */
  phase: v.picklist(['starting', 'resting', 'looking', 'incident', 'failed']),
  failure: v.nullable(failureSchema),
  /** Between two rounds now. */
  intervalMs: v.number(),
  addedAtEpochMs: v.number(),
});
export type FlightTarget = v.InferOutput<typeof flightTargetSchema>;

export const flightStateSchema = v.object({
  targets: v.array(flightTargetSchema),
  /** Whether what is recorded is kept on disk at all: a simulated internet without `--record` keeps nothing. */
  isKept: v.boolean(),
});
export type FlightState = v.InferOutput<typeof flightStateSchema>;

export const flightContract = {
  /** What is recorded now, and again whenever it does otherwise. */
  follow: stream(v.object({}), flightStateSchema),
  /** Records a target from now on, also after a restart; the same again where it is recorded already. */
  add: call(v.object({ target: targetSchema }), flightTargetSchema),
  /** Stops; what was recorded stays. An incident that is open is closed. */
  remove: call(v.object({ flightId: v.string() }), v.null()),
} as const;
