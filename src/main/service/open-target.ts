import { fail, type Result, succeed } from '../../contract/failure.ts';
import type { ProbeOptions } from '../../contract/probe.ts';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import type { MonitorRequest } from '../engine/echo-monitor.ts';
import { familyOfAddress, type LookUp, type ResolvedTarget, resolveTarget } from '../names/resolve-target.ts';
import type { TransportLease, TransportPool } from './transport-pool.ts';

export interface OpenTargetDeps {
  readonly lookUp: LookUp;
  readonly pool: TransportPool;
}

/** A target ready to be probed; whoever opened it disposes the lease. */
export interface OpenedTarget extends ResolvedTarget {
  readonly lease: TransportLease;
}

/**
 * Resolves a target and leases the transport for it. The local address to send from decides the family when no
 * family is asked for; with `dontFragment` its packets may not be cut to pieces on the way. Null when `signal` was aborted meanwhile; then nothing stays open.
 */
export async function openTarget(
  { lookUp, pool }: OpenTargetDeps,
  target: string,
  options: ProbeOptions,
  signal: AbortSignal,
  dontFragment = false,
): Promise<Result<OpenedTarget> | null> {
  const { source, interfaceName, transmitTimestamps, transport: choice } = options;
  const sourceFamily = source === null ? null : familyOfAddress(source);
  if (source !== null && sourceFamily === null) return fail({ code: 'address-not-local', address: source });
  if (source !== null && options.family !== null && sourceFamily !== options.family) {
    return fail({ code: 'address-family-mismatch', address: source, family: options.family });
  }
  const resolved = await resolveTarget({ lookUp }, target, options.family ?? sourceFamily, signal);
  if (signal.aborted) return null;
  if (!resolved.ok) return resolved;
  const { family } = resolved.value;
  const leased = await pool.acquire({ family, choice, source, interfaceName, transmitTimestamps, dontFragment });
  if (!leased.ok) return signal.aborted ? null : leased;
  if (signal.aborted) {
    leased.value[Symbol.dispose]();
    return null;
  }
  if (options.trafficClass !== 0 && leased.value.transport.properties.lacks.includes('traffic-class')) {
    leased.value[Symbol.dispose]();
    return fail({ code: 'ability-missing', ability: 'traffic-class' });
  }
  return succeed({ ...resolved.value, lease: leased.value });
}

/** What a monitor is asked for by options of the contract. */
export function toMonitorRequest(
  destination: string,
  intervalMs: number,
  count: number | null,
  options: ProbeOptions,
): MonitorRequest {
  return {
    destination,
    interval: milliseconds(intervalMs),
    count,
    payloadBytes: options.payloadBytes,
    hopLimit: hopLimit(options.hopLimit),
    trafficClass: options.trafficClass,
    timeout: milliseconds(options.timeoutMs),
  };
}
