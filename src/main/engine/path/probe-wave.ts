import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import type { ProbeRequest, ProbeResult, ProbeTransport } from '../../icmp/probe-transport.ts';
import type { ProbePacer } from '../probe-pacer.ts';

/** What a search over a path works with. */
export interface SearchDependencies {
  readonly clock: Clock;
  readonly transport: ProbeTransport;
  /** The budget that all monitors share. */
  readonly pacer: ProbePacer;
}

/**
 * Sends probes as fast as the pacer allows, all in flight together, and gives their fates in the same order. Rejects
 * with the signal's reason when it aborts; probes that were not sent by then stay unsent. Who disposes the transport
 * meanwhile is to abort, since no fate comes any more.
 */
export function sendWave(
  { clock, transport, pacer }: SearchDependencies,
  probes: readonly ProbeRequest[],
  signal: AbortSignal,
): Promise<ProbeResult[]> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const waiting = new DisposableStore();
    const results = new Map<number, ProbeResult>();
    const onAbort = () => {
      waiting[Symbol.dispose]();
      reject(signal.reason);
    };
    const settle = (index: number, result: ProbeResult) => {
      results.set(index, result);
      if (results.size < probes.length) return;
      signal.removeEventListener('abort', onAbort);
      waiting[Symbol.dispose]();
      resolve([...results].sort(([a], [b]) => a - b).map(([, inOrder]) => inOrder));
    };
    if (probes.length === 0) {
      resolve([]);
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    for (const [index, probe] of probes.entries()) {
      const send = () => transport.send(probe, (result) => settle(index, result));
      const wait = pacer.reserve();
      if (wait === 0) send();
      else waiting.add(clock.after(wait, send));
    }
  });
}
