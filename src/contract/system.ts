import * as v from 'valibot';
import { call } from './define.ts';
import { failureSchema } from './failure.ts';
import { familySchema, timestampSourceSchema } from './probe.ts';
import { selfTestReportSchema } from './self-test.ts';

/** What works on this machine, what does not, and why: the doctor. */

export const platformSchema = v.picklist(['linux', 'darwin', 'win32', 'other']);
export type Platform = v.InferOutput<typeof platformSchema>;

/** One way of sending ICMP, tried for real. */
export const transportReportSchema = v.object({
  transport: v.picklist(['dgram', 'raw', 'echo-api', 'simulated']),
  family: familySchema,
  /** Null when it opens. */
  failure: v.nullable(failureSchema),
  timestampSource: v.nullable(timestampSourceSchema),
  reportsErrors: v.nullable(v.boolean()),
  /** Bytes the kernel granted, or null when it did not open. */
  receiveBufferBytes: v.nullable(v.number()),
  /** Round trip of one echo request to this machine's loopback address; null when none came back, or it is simulated. */
  loopbackRttMs: v.nullable(v.number()),
});

export type TransportReport = v.InferOutput<typeof transportReportSchema>;

export const doctorReportSchema = v.object({
  version: v.string(),
  platform: platformSchema,
  osRelease: v.string(),
  nodeVersion: v.string(),
  /** Effective rights that matter: root or administrator, and CAP_NET_RAW where it exists. */
  isRoot: v.boolean(),
  hasNetRaw: v.nullable(v.boolean()),
  pingGroupRange: v.nullable(v.string()),
  transports: v.array(transportReportSchema),
});

export type DoctorReport = v.InferOutput<typeof doctorReportSchema>;

/** The simulated internet that the whole engine is in, in place of this machine's network. */
export const simulatedInternetSchema = v.object({
  /** Title of its scenario. */
  title: v.string(),
  /** The first of the hosts that can be watched in it, as a person would type them. */
  targets: v.array(v.string()),
});
export type SimulatedInternet = v.InferOutput<typeof simulatedInternetSchema>;

export const systemContract = {
  about: call(
    v.object({}),
    v.object({
      version: v.string(),
      platform: platformSchema,
      /** Null in the network. */
      simulated: v.nullable(simulatedInternetSchema),
    }),
  ),
  doctor: call(v.object({}), doctorReportSchema),
  /**
   * Probes this machine, its default gateway and, with `beyond`, the hop after it, towards the addresses given or else
   * those of the settings. Takes three seconds at most.
   */
  selfTest: call(
    v.object({
      beyond: v.optional(v.boolean(), true),
      ipv4: v.optional(v.nullable(v.string()), null),
      ipv6: v.optional(v.nullable(v.string()), null),
    }),
    selfTestReportSchema,
  ),
  /** Addresses of the default gateways: the routers that this machine reaches everything else by. */
  gateways: call(v.object({}), v.object({ addresses: v.array(v.string()) })),
} as const;
