import type { MonitorPhase } from '../../../../contract/monitor.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

interface Watched {
  readonly state: MonitorPhase;
}

/** Whether it failed for want of rights, so that it can go on as soon as they are there. */
function wasRefused({ state }: Watched): boolean {
  return state.phase === 'failed' && state.failure.code === 'icmp-not-permitted';
}

/** Lets everything go on that had failed for want of rights. What fails again says so in its own place. */
export async function resumeRefused(
  client: EngineClient,
  monitors: readonly (Watched & { readonly monitorId: string })[],
  paths: readonly (Watched & { readonly pathId: string })[],
): Promise<void> {
  await Promise.all([
    ...monitors.filter(wasRefused).map(({ monitorId }) => client.monitor.resume({ monitorId })),
    ...paths.filter(wasRefused).map(({ pathId }) => client.path.resume({ pathId })),
  ]);
}
