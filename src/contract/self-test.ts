import * as v from 'valibot';
import { failureSchema } from './failure.ts';
import { familySchema, sendFailureReasonSchema } from './probe.ts';

/** From this machine outwards, layer by layer: itself, its gateway, one hop beyond. */

export const selfTestLayerSchema = v.picklist(['loopback', 'gateway', 'beyond']);
export type SelfTestLayer = v.InferOutput<typeof selfTestLayerSchema>;

export const selfTestOutcomeSchema = v.variant('kind', [
  /** `bestMs`: shortest round trip. `hopLimit`: that of the probes that were answered. */
  v.object({
    kind: v.literal('answered'),
    responder: v.string(),
    bestMs: v.number(),
    sent: v.number(),
    received: v.number(),
    hopLimit: v.number(),
  }),
  v.object({ kind: v.literal('silent'), sent: v.number() }),
  /** Something on the way said why it does not get there. */
  v.object({
    kind: v.literal('icmp-error'),
    /** Null where the system does not tell it; so is the code. */
    icmpType: v.nullable(v.number()),
    icmpCode: v.nullable(v.number()),
    responder: v.string(),
    mtuBytes: v.nullable(v.number()),
    fromThisMachine: v.boolean(),
  }),
  v.object({ kind: v.literal('send-failed'), reason: sendFailureReasonSchema, osCode: v.string() }),
  /** No way of sending opens. */
  v.object({ kind: v.literal('not-open'), failure: failureSchema }),
  /** `hasAddress`: whether this machine has an address of the family that is good beyond its own link. */
  v.object({ kind: v.literal('no-route'), hasAddress: v.boolean() }),
  /** The default route leads into a link (a VPN, a modem) without another machine to ask. */
  v.object({ kind: v.literal('no-gateway'), interfaceName: v.string() }),
  /** What the routes are cannot be told on this platform. */
  v.object({ kind: v.literal('unknown') }),
  /** Not asked for, or of no use after what came before. */
  v.object({ kind: v.literal('not-tried') }),
]);
export type SelfTestOutcome = v.InferOutput<typeof selfTestOutcomeSchema>;

export const selfTestResultSchema = v.object({
  layer: selfTestLayerSchema,
  family: familySchema,
  /** The address probed, or that probes were sent towards; null when there was none. */
  destination: v.nullable(v.string()),
  outcome: selfTestOutcomeSchema,
});
export type SelfTestResult = v.InferOutput<typeof selfTestResultSchema>;

export const selfTestReportSchema = v.object({
  /** By family, 4 before 6, each from loopback outwards. */
  results: v.array(selfTestResultSchema),
});
export type SelfTestReport = v.InferOutput<typeof selfTestReportSchema>;
