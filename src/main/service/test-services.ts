import { type Failure, fail, type Kept, type Result, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { ProbeOptions } from '../../contract/probe.ts';
import type { Handlers } from '../../contract/serve.ts';
import { DEFAULT_SETTINGS } from '../../contract/settings.ts';
import { milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { onDispose } from '../base/disposables.ts';
import { SeededRandom } from '../base/random.ts';
import { ProbePacer } from '../engine/probe-pacer.ts';
import type { OpenTransportOptions } from '../icmp/open-transport.ts';
import type { ProbeTransport } from '../icmp/probe-transport.ts';
import type { AutonomousSystem } from '../names/asn.ts';
import { BackgroundAnswers } from '../names/background-answers.ts';
import { loadScenario } from '../simulated/scenario-files.ts';
import {
  createSimulatedTransport,
  type SimulatedDestination,
  type SimulatedNetwork,
} from '../simulated/simulated-transport.ts';
import { AlertHistoryStore, AlertRuleStore, BaselineStore } from '../store/alert-store.ts';
import { FlightStore } from '../store/flight-store.ts';
import { KeptRecord } from '../store/kept-record.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { TargetStore } from '../store/target-store.ts';
import { AlertLog } from './alerts/alert-log.ts';
import { AlertService, type AlertServiceDeps } from './alerts/alert-service.ts';
import { ProgramPermission } from './alerts/program-permission.ts';
import { DemoService } from './demo-service.ts';
import { createExportService } from './exports/export-service.ts';
import { FlightService } from './flight/flight-service.ts';
import type { ReadMachineNetwork } from './machine/machine-network.ts';
import { MachineWatcher } from './machine/machine-watcher.ts';
import { MonitorService } from './monitor-service.ts';
import { PathService } from './path-service.ts';
import { createPingService } from './ping-service.ts';
import { RememberedTargets } from './remembered-targets.ts';
import { followSessionSettings } from './sessions/follow-session-settings.ts';
import type { KeeperLink } from './sessions/keeper-link.ts';
import { SessionRecorder } from './sessions/session-recorder.ts';
import { createSessionService } from './sessions/session-service.ts';
import { createSettingsService } from './settings-service.ts';
import { createSocketsService } from './sockets-service.ts';
import { createSweepService } from './sweep-service.ts';
import { createSystemService, type SystemServiceDeps } from './system-service.ts';
import { TransportPool } from './transport-pool.ts';

/** The address of every name that tests look up; a name without one is not found, `never` is still being asked for. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['host.example', '192.0.2.1'],
  ['other.example', '192.0.2.2'],
]);

/** Options of the contract as they are when nothing is said. */
export const DEFAULT_OPTIONS: ProbeOptions = {
  payloadBytes: 56,
  hopLimit: 64,
  trafficClass: 0,
  timeoutMs: 2_000,
  source: null,
  interfaceName: null,
  family: null,
  transport: 'auto',
  transmitTimestamps: true,
};

const HEALTHY: SystemServiceDeps = {
  facts: { version: '1.2.3', platform: 'linux', osRelease: '6.1.0', nodeVersion: '24.21.0' },
  simulated: null,
  readRights: () => ({ isRoot: false, hasNetRaw: false, pingGroupRange: '0 2147483647' }),
  reportTransports: async () => [],
  selfTest: async () => ({ results: [] }),
  settings: () => DEFAULT_SETTINGS,
  readGateways: async () => ['192.0.2.254'],
};

export interface TestServices {
  readonly clock: VirtualClock;
  readonly handlers: Handlers<HopscopeContract>;
  readonly monitors: MonitorService;
  readonly paths: PathService;
  readonly flight: FlightService;
  readonly programs: ProgramPermission;
  /** Options of every transport that was asked for. */
  readonly opened: OpenTransportOptions[];
  /** Transports that are open now. */
  openTransportCount(): number;
  /** From now on opening fails like this, or (null) works again. */
  refuseTransports(failure: Failure | null): void;
  /** Lets a time pass in small steps, and everything that waits for promises between them. */
  pass(ms: number): Promise<void>;
}

/** Where the services are; by default with a clock of their own, keeping no sessions, on a machine that never changes. */
export interface TestPlace {
  readonly clock?: VirtualClock;
  readonly keeper?: KeeperLink;
  readonly machine?: ReadMachineNetwork;
  /** Takes note of a bug; default: it is thrown. */
  readonly onBug?: (error: unknown) => string;
  /** What names of webhooks are looked up by; default: the system, so that a test must not name a host. */
  readonly lookUpWebhook?: AlertServiceDeps['lookUp'];
}

/** All services over a simulated network and a virtual clock. */
export function createTestServices(
  destinations: SimulatedNetwork['destinations'] = {},
  system: Partial<SystemServiceDeps> = {},
  scenarioNames: readonly string[] = [],
  { clock = new VirtualClock(), keeper, machine, onBug = thrown, lookUpWebhook }: TestPlace = {},
): TestServices {
  const kept = keeper === undefined ? null : { keeper, recorder: new SessionRecorder({ clock, keeper }, false) };
  const random = new SeededRandom(5);
  const opened: OpenTransportOptions[] = [];
  let openCount = 0;
  let refusal: Failure | null = null;

  const openTransport = async (options: OpenTransportOptions): Promise<Result<ProbeTransport>> => {
    opened.push(options);
    if (refusal !== null) return fail(refusal);
    openCount += 1;
    const transport = createSimulatedTransport({ clock, random }, { family: options.family, destinations });
    return succeed({
      properties: transport.properties,
      send: (probe, onResult, onRepeat) => transport.send(probe, onResult, onRepeat),
      counters: () => transport.counters(),
      [Symbol.dispose]: () => {
        openCount -= 1;
        transport[Symbol.dispose]();
      },
    });
  };
  const lookUp = async (name: string) => {
    if (name === 'never') await new Promise(() => {});
    const address = NAMES.get(name);
    if (address === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return { address, family: 4 };
  };
  const names = new BackgroundAnswers<string>({
    clock,
    ask: async (address) => ({ kind: 'found', value: `name-of-${address}` }),
  });
  const systems = new BackgroundAnswers<AutonomousSystem>({
    clock,
    ask: async () => ({ kind: 'found', value: { number: 64_500, name: 'EXAMPLE' } }),
  });
  const record = (holds: Kept) => new KeptRecord({ clock, random }, { path: null, holds });
  const programs = new ProgramPermission(false);
  const alerts = new AlertService({
    clock,
    random,
    platform: 'linux',
    rules: new AlertRuleStore(record('alert-rules')),
    history: new AlertHistoryStore(record('alert-history')),
    baselines: new BaselineStore(record('alert-baselines')),
    log: new AlertLog(null),
    programs,
    simulated: null,
    lookUp: lookUpWebhook,
  });
  const deps = {
    alerts: alerts.watcher,
    names,
    systems,
    platform: 'linux' as const,
    simulated: null,
    readGateways: async () => ['192.0.2.254'],
    machine: machine === undefined ? null : new MachineWatcher({ clock, onBug, read: machine }),
    clock,
    random,
    onBug,
    lookUp,
    pool: new TransportPool({ openTransport }),
    pacer: new ProbePacer({ clock }),
    recorder: kept?.recorder ?? null,
  };
  const monitors = new MonitorService(deps);
  const paths = new PathService(deps);
  const settings = new SettingsStore(new KeptRecord(deps, { path: null, holds: 'settings' }));
  if (kept !== null) followSessionSettings(settings, kept);
  const targets = new TargetStore(new KeptRecord(deps, { path: null, holds: 'targets' }));
  const watchers = { monitor: monitors.handlers, path: paths.handlers };
  const remembered = new RememberedTargets({ random, targets, settings, watchers });
  const flight = new FlightService({
    surroundings: { ...deps, alerts: undefined },
    settings,
    store: new FlightStore(record('flight-targets')),
  });
  const scenarios = { list: async () => scenarioNames, load: loadScenario };
  const demo = new DemoService({ clock, random, onBug, platform: deps.platform, paths, scenarios });
  return {
    clock,
    monitors,
    paths,
    flight,
    programs,
    opened,
    handlers: {
      ...remembered.handlers,
      alerts: alerts.handlers,
      settings: createSettingsService({ clock, store: settings, others: [targets.record] }),
      demo: demo.handlers,
      flight: flight.handlers,
      exports: createExportService({ kept, version: '1.2.3', ownAddresses: () => ['203.0.113.7'] }),
      ping: createPingService(deps),
      sessions: createSessionService({ clock, kept }),
      shell: { commands: () => onDispose(() => {}) },
      sockets: createSocketsService({ ...deps, openIcmpSocket: null }),
      sweep: createSweepService(deps),
      system: createSystemService({ ...HEALTHY, ...system }),
    },
    openTransportCount: () => openCount,
    refuseTransports: (failure) => {
      refusal = failure;
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        await settled();
        clock.advance(milliseconds(Math.min(STEP_MS, ms - passed)));
      }
      await settled();
    },
  };
}

/**
 * A destination behind some routers, null for a silent one: each answers after 10 ms times its hop limit, and so does
 * the destination behind the last.
 */
export function behind(
  routers: readonly (string | null)[],
): Extract<SimulatedDestination, (...args: never[]) => unknown> {
  return (_, { hopLimit }) => {
    const delay = milliseconds(10 * Math.min(hopLimit, routers.length + 1));
    if (hopLimit > routers.length) return { kind: 'answers', delay };
    const responder = routers[hopLimit - 1];
    if (responder === null || responder === undefined) return { kind: 'silent' };
    return { kind: 'icmp-error', error: 'time-exceeded', icmpType: 11, icmpCode: 0, responder, delay };
  };
}

function thrown(error: unknown): never {
  throw error;
}

/** Divides the publishing interval, so that a step never hides two messages. */
const STEP_MS = 50;

/** Everything that waits for promises has gone on: Node runs them all before the next turn of its loop. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
