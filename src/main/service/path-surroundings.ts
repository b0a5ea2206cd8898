import type { Platform } from '../../contract/system.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { Random } from '../base/random.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import { BackgroundAnswers } from '../names/background-answers.ts';
import type { Surroundings } from './surroundings.ts';
import { TransportPool } from './transport-pool.ts';
import type { PathSurroundings } from './watched-path.ts';

export interface PathSurroundingsDeps {
  /** The time of the network. */
  readonly clock: Clock;
  readonly random: Random;
  readonly onBug: (error: unknown) => string;
  readonly platform: Platform;
}

/** Opens what paths are measured with in one network: a budget, transports and names that no other network shares. */
export function openPathSurroundings(
  deps: PathSurroundingsDeps,
  { simulated, lookUp, readGateways, openTransport, askName, askAsn }: Surroundings,
): PathSurroundings & Disposable {
  const owned = new DisposableStore();
  const { clock } = deps;
  return {
    ...deps,
    simulated,
    lookUp,
    readGateways,
    pacer: new ProbePacer({ clock }),
    pool: owned.add(new TransportPool({ openTransport })),
    names: owned.add(new BackgroundAnswers({ clock, ask: askName })),
    systems: owned.add(new BackgroundAnswers({ clock, ask: askAsn })),
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  };
}
