import { hopLimit, type Milliseconds } from '../../../contract/units.ts';
import { FLOW_PAYLOAD_BYTES, type ProbeRequest } from '../../icmp/probe-transport.ts';

/** What the probes of all rounds have in common. */
interface RoundRequest {
  readonly destination: string;
  readonly payloadBytes: number;
  readonly trafficClass: number;
  readonly timeout: Milliseconds;
  readonly maxHops: number;
  readonly flow: number;
}

/** The probe of each hop limit from 1; the one at 0 is never sent. They are of one flow where the payload has room for it. */
export function roundProbes(request: RoundRequest): readonly ProbeRequest[] {
  const { destination, payloadBytes, trafficClass, timeout, maxHops, flow } = request;
  const loose = { destination, payloadBytes, trafficClass, timeout };
  const probe = payloadBytes >= FLOW_PAYLOAD_BYTES ? { ...loose, flow } : loose;
  return Array.from({ length: maxHops + 1 }, (_, hop) => ({ ...probe, hopLimit: hopLimit(Math.max(1, hop)) }));
}
