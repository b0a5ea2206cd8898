import type { Simulation } from '../../contract/path.ts';
import type { ConditionLimits } from '../../contract/path-condition.ts';
import type { Platform } from '../../contract/system.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { Random } from '../base/random.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import type { AutonomousSystem } from '../names/asn.ts';
import { BackgroundAnswers } from '../names/background-answers.ts';
import type { AlertWatcher } from './alerts/alert-watcher.ts';
import type { ReadGateways } from './default-gateways.ts';
import { MachineWatcher } from './machine/machine-watcher.ts';
import type { SessionRecorder } from './sessions/session-recorder.ts';
import type { Surroundings } from './surroundings.ts';
import type { TargetLifeDeps } from './target-life.ts';
import { TransportPool } from './transport-pool.ts';

/** What paths are measured with in one network. Those of different networks share none of it. */
export interface PathSurroundings extends TargetLifeDeps {
  readonly pacer: ProbePacer;
  readonly random: Random;
  readonly platform: Platform;
  /** Names of addresses. */
  readonly names: BackgroundAnswers<string>;
  /** Autonomous systems of addresses. */
  readonly systems: BackgroundAnswers<AutonomousSystem>;
  /** Addresses of the routers that everything is reached by. */
  readonly readGateways: ReadGateways;
  /** Tells what changes around this machine; absent or null where nothing does, as in a simulated internet. */
  readonly machine?: MachineWatcher | null;
  /** Keeps what is measured; null when nothing is kept. */
  readonly recorder: SessionRecorder | null;
  /** Asks the rules of alerts about every path; absent where none is asked, as in lessons. */
  readonly alerts?: AlertWatcher | undefined;
  /** What a person calls slow and trouble; absent: what everybody does. */
  readonly conditionLimits?: () => ConditionLimits;
  /** The simulated internet that this is; null in the network. */
  readonly simulated: Simulation | null;
}

export interface PathSurroundingsDeps {
  /** The time of the network. */
  readonly clock: Clock;
  readonly random: Random;
  readonly onBug: (error: unknown) => string;
  readonly platform: Platform;
  /** Keeps what is measured; absent or null when nothing is kept. */
  readonly recorder?: SessionRecorder | null;
  /** Asks the rules of alerts about every path; absent where none is asked, as in lessons. */
  readonly alerts?: AlertWatcher;
  /** What a person calls slow and trouble; absent: what everybody does. */
  readonly conditionLimits?: () => ConditionLimits;
}

/** Opens what paths are measured with in one network: a budget, transports and names that no other network shares. */
export function openPathSurroundings(
  deps: PathSurroundingsDeps,
  { simulated, lookUp, readGateways, readMachineNetwork, openTransport, askName, askAsn }: Surroundings,
): PathSurroundings & Disposable {
  const owned = new DisposableStore();
  const { clock, onBug } = deps;
  return {
    ...deps,
    recorder: deps.recorder ?? null,
    simulated,
    lookUp,
    readGateways,
    machine:
      readMachineNetwork === null ? null : owned.add(new MachineWatcher({ clock, onBug, read: readMachineNetwork })),
    pacer: new ProbePacer({ clock }),
    pool: owned.add(new TransportPool({ openTransport })),
    names: owned.add(new BackgroundAnswers({ clock, ask: askName })),
    systems: owned.add(new BackgroundAnswers({ clock, ask: askAsn })),
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  };
}
