import type { Branches, PathMtu, Simulation } from '../../contract/path.ts';
import type { PathMonitor } from '../engine/path/path-monitor.ts';
import type { PathFacts } from './sessions/keeper-calls.ts';

/** What was found of a path by asking for it, beside the rounds. */
export interface Findings {
  pathMtu: PathMtu | null;
  branches: Branches | null;
}

/** What is kept of a path beside its rounds. @param running null before it is measured */
export function factsOf(
  running: PathMonitor | null,
  gateways: readonly string[],
  findings: Findings,
  simulated: Simulation | null,
): PathFacts {
  return {
    simulated: simulated?.title ?? null,
    destinationHopLimit: running?.destinationHopLimit ?? null,
    localDrops: running?.localDrops() ?? 0,
    gateways,
    ...findings,
  };
}
