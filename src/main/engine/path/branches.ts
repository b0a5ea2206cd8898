import type { Branches } from '../../../contract/path.ts';
import { hopLimit as asHopLimit, type Milliseconds } from '../../../contract/units.ts';
import { FLOW_PAYLOAD_BYTES, type ProbeRequest } from '../../icmp/probe-transport.ts';
import { BranchMap, type FlowProbe } from './branch-map.ts';
import { type SearchDependencies, sendWave } from './probe-wave.ts';

/** What to enumerate. */
export interface BranchesRequest {
  /** Numeric. */
  readonly destination: string;
  /** 1 to 255. */
  readonly maxHops: number;
  /** Raised to what a flow needs. */
  readonly payloadBytes: number;
  readonly trafficClass: number;
  readonly timeout: Milliseconds;
}

/**
 * Finds the load-balanced branches of a path: the multipath detection algorithm of Augustin, Friedman and Teixeira
 * ("Multipath tracing with Paris traceroute", 2007) with its stopping rule at 95 %, node by node. All hop limits are
 * worked on together, wave by wave, so that the time is that of the slowest router times the few waves that the
 * widest hop needs.
 *
 * At most 64 flows are tried at a hop. A probe without an answer is repeated twice, since many routers answer only
 * a few in a second; a hop silent to six flows is given up, and so is the path after five silent hops in a row.
 * Rejects with the signal's reason when it aborts.
 */
export async function enumerateBranches(
  deps: SearchDependencies,
  request: BranchesRequest,
  signal: AbortSignal,
): Promise<Branches> {
  const map = new BranchMap(request.maxHops);
  for (let wave = map.nextProbes(); wave.length > 0; wave = map.nextProbes()) {
    const results = await sendWave(
      deps,
      wave.map((probe) => requestOf(probe, request)),
      signal,
    );
    for (const [index, result] of results.entries()) {
      const probe = wave[index];
      if (probe !== undefined) map.record(probe, result);
    }
  }
  return { destination: request.destination, hops: map.hops(), links: map.links() };
}

function requestOf({ hopLimit, flow }: FlowProbe, request: BranchesRequest): ProbeRequest {
  return {
    destination: request.destination,
    hopLimit: asHopLimit(hopLimit),
    payloadBytes: Math.max(FLOW_PAYLOAD_BYTES, request.payloadBytes),
    trafficClass: request.trafficClass,
    timeout: request.timeout,
    flow,
  };
}
