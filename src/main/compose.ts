import { Resolver } from 'node:dns/promises';
import { homedir, networkInterfaces, release } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { type Kept, type Result, succeed } from '../contract/failure.ts';
import type { HopscopeContract } from '../contract/index.ts';
import type { Scenario } from '../contract/scenario.ts';
import type { Handlers } from '../contract/serve.ts';
import { type Clock, SystemClock } from './base/clock.ts';
import { DisposableStore, onDispose } from './base/disposables.ts';
import { createLogger, type Logger } from './base/logger.ts';
import { type Random, SystemRandom } from './base/random.ts';
import { ICMPv4Socket, ICMPv6Socket } from './icmp/icmp-socket.ts';
import { openTransport } from './icmp/open-transport.ts';
import { readRights } from './icmp/rights.ts';
import { reportTransports } from './icmp/transport-report.ts';
import { createAskAsn } from './names/asn.ts';
import { createHostsReader, hostsFilePath } from './names/hosts-file.ts';
import { askSystem, createLookUp, NAME_SERVER_TIMEOUT_MS, NAME_SERVER_TRIES } from './names/look-up.ts';
import { preferFamily } from './names/preferred-family.ts';
import { createAskName } from './names/reverse-dns.ts';
import { AlertLog } from './service/alerts/alert-log.ts';
import { AlertService } from './service/alerts/alert-service.ts';
import { ProgramPermission } from './service/alerts/program-permission.ts';
import { createGatewayReader } from './service/default-gateways.ts';
import { hasFarAddress, readDefaultRoutes } from './service/default-routes.ts';
import { DemoService } from './service/demo-service.ts';
import { createExportService } from './service/exports/export-service.ts';
import { FlightService } from './service/flight/flight-service.ts';
import { createLinuxReader, createPlainReader } from './service/machine/read-machine-network.ts';
import { MonitorService } from './service/monitor-service.ts';
import { PathService } from './service/path-service.ts';
import { openPathSurroundings } from './service/path-surroundings.ts';
import { createPingService } from './service/ping-service.ts';
import { RememberedTargets } from './service/remembered-targets.ts';
import { runSelfTest } from './service/self-test.ts';
import { followSessionSettings } from './service/sessions/follow-session-settings.ts';
import { startKeeperWorker } from './service/sessions/keeper-worker.ts';
import { SessionRecorder } from './service/sessions/session-recorder.ts';
import { createSessionService } from './service/sessions/session-service.ts';
import { createSettingsService } from './service/settings-service.ts';
import { describeInternet, simulateSurroundings } from './service/simulated-surroundings.ts';
import { createSocketsService, type OpenIcmpSocket } from './service/sockets-service.ts';
import type { Surroundings } from './service/surroundings.ts';
import { createSweepService } from './service/sweep-service.ts';
import { createSystemService, toPlatform } from './service/system-service.ts';
import { createBugNotice } from './shells/bug-notice.ts';
import { listScenarios, loadScenario } from './simulated/scenario-files.ts';
import { AlertHistoryStore, AlertRuleStore, BaselineStore } from './store/alert-store.ts';
import { configFolder } from './store/config-folder.ts';
import { FlightStore } from './store/flight-store.ts';
import { KeptRecord } from './store/kept-record.ts';
import { dataFolder } from './store/sessions/data-folder.ts';
import { SettingsStore } from './store/settings-store.ts';
import { TargetStore } from './store/target-store.ts';

/** A whole Hopscope without a face: what a shell needs to put one on it. */
export interface Hopscope extends Disposable {
  readonly handlers: Handlers<HopscopeContract>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether rules of alerts may run programs: no, until the shell has given it. */
  readonly programs: ProgramPermission;
}

export interface ComposeOptions {
  /** Takes the program's notices, one JSON line each. */
  readonly log: (line: string) => void;
  /** A simulated internet to be in instead of the network; absent or null: the network of this machine. */
  readonly scenario?: Scenario | null;
  /**
   * Whether this person's settings hold and are kept, and what is watched is watched again next time (not in a
   * scenario). Absent: no; a command line says itself what it wants.
   */
  readonly isRemembering?: boolean;
  /** Whether, and how, what paths measure is kept as sessions. Absent or null: it is not. */
  readonly sessions?: KeptSessions | null;
}

export interface KeptSessions {
  /** The program of the thread that keeps them. */
  readonly workerPath: string;
  /** Keeps also what is measured in a scenario, marked as simulated. */
  readonly isSimulatedKept?: boolean;
}

/** Wires every layer to this machine, or to a simulated internet that begins now. */
export function compose({ log, scenario = null, isRemembering = false, sessions = null }: ComposeOptions): Hopscope {
  const owned = new DisposableStore();
  const clock = new SystemClock();
  const random = new SystemRandom();
  const logger = createLogger(log);
  const onBug = createBugNotice({ logger, random });
  const around = scenario === null ? thisMachine({ clock, random }) : simulateSurroundings({ clock }, scenario);
  const platform = toPlatform(process.platform);
  const isKept = sessions !== null && (scenario === null || sessions.isSimulatedKept === true);
  const kept = isKept ? keepSessions(owned, { clock, onBug }, sessions.workerPath, scenario !== null) : null;
  const recorder = kept?.recorder ?? null;
  const folder = isRemembering ? configFolder(process.platform, process.env, homedir()) : null;
  const keep = (holds: Kept, isKept: boolean) =>
    owned.add(
      new KeptRecord(
        { clock, random },
        { path: folder === null || !isKept ? null : join(folder, `${holds}.json`), holds },
      ),
    );
  const settings = new SettingsStore(keep('settings', true));
  // The targets of a simulated internet mean something else outside of it.
  const targets = new TargetStore(keep('targets', scenario === null));
  const programs = new ProgramPermission(false);
  // A rule over a simulated internet is no rule of the network.
  const isRuled = scenario === null;
  const alerts = owned.add(
    new AlertService({
      clock,
      random,
      platform: process.platform,
      rules: new AlertRuleStore(keep('alert-rules', isRuled)),
      history: new AlertHistoryStore(keep('alert-history', isRuled)),
      baselines: new BaselineStore(keep('alert-baselines', isRuled)),
      log: new AlertLog(
        isRemembering ? join(dataFolder(process.platform, process.env, homedir()), 'alerts.log') : null,
      ),
      programs,
      simulated: scenario?.title ?? null,
    }),
  );
  const lookUp = preferFamily(around.lookUp, () => settings.settings.preferredFamily);
  const deps = owned.add(
    openPathSurroundings(
      { clock, random, onBug, platform, recorder, alerts: alerts.watcher, conditionLimits: () => settings.settings },
      { ...around, lookUp },
    ),
  );
  const keepBudget = () => deps.pacer.changeBudget(settings.settings.probesPerSecond);
  keepBudget();
  owned.add(settings.record.onChange.on(keepBudget));
  // A command that only looks at sessions knows nobody's settings, and so deletes none.
  if (kept !== null && isRemembering) owned.add(followSessionSettings(settings, kept));
  const monitors = owned.add(new MonitorService(deps));
  const paths = owned.add(new PathService(deps));
  const remembered = owned.add(
    new RememberedTargets({
      random,
      targets,
      settings,
      watchers: { monitor: monitors.handlers, path: paths.handlers },
    }),
  );
  remembered.restore();
  const flight = owned.add(
    new FlightService({
      // No rule of alerts is asked about what is recorded always: its incidents are what is told of it.
      surroundings: { ...deps, alerts: undefined },
      settings,
      store: new FlightStore(keep('flight-targets', scenario === null)),
    }),
  );
  flight.restore();
  const scenarios = { list: listScenarios, load: loadScenario };
  const demo = owned.add(new DemoService({ clock, random, onBug, platform, paths, scenarios }));
  return {
    handlers: {
      ...remembered.handlers,
      alerts: alerts.handlers,
      settings: createSettingsService({ clock, store: settings, others: [targets.record] }),
      demo: demo.handlers,
      flight: flight.handlers,
      exports: createExportService({ kept, version: packageJson.version, ownAddresses: readOwnAddresses }),
      ping: createPingService(deps),
      sessions: createSessionService({ clock, kept }),
      // A host with a menu puts its own in this place.
      shell: { commands: () => onDispose(() => {}) },
      sockets: createSocketsService({ ...deps, openIcmpSocket: scenario === null ? openIcmpSocket : null }),
      sweep: createSweepService(deps),
      system: createSystemService({
        facts: {
          version: packageJson.version,
          platform,
          osRelease: release(),
          nodeVersion: process.versions.node,
        },
        simulated: scenario === null ? null : describeInternet(scenario),
        readRights,
        reportTransports: around.reportTransports,
        selfTest: (order) => runSelfTest({ ...around.selfTest, pool: deps.pool }, order),
        settings: () => settings.settings,
        readGateways: around.readGateways,
      }),
    },
    logger,
    clock,
    random,
    programs,
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  };
}

/** The same in a scenario, by the name of one that comes with the program or the path of a file; null: in the network. */
export async function composeIn(
  nameOrPath: string | null,
  options: Omit<ComposeOptions, 'scenario'>,
): Promise<Result<Hopscope>> {
  if (nameOrPath === null) return succeed(compose(options));
  const scenario = await loadScenario(nameOrPath);
  return scenario.ok ? succeed(compose({ ...options, scenario: scenario.value })) : scenario;
}

/** What can be simulated, by name: its title, what it teaches, and how to look at it. */
export async function describeScenarios(): Promise<
  {
    name: string;
    title: string;
    lesson: string;
    target: string;
    flow: number | null;
    searches: ('branches' | 'path-mtu')[];
  }[]
> {
  const names = await listScenarios();
  const scenarios = await Promise.all(names.map(loadScenario));
  return scenarios.flatMap((scenario, index) => {
    const name = names[index];
    if (!scenario.ok || name === undefined) return [];
    const { title, lesson, targets, flow = null, searches = [] } = scenario.value;
    const [target] = targets;
    return [{ name, title, lesson, target: target?.name ?? target?.address ?? '', flow, searches }];
  });
}

const openIcmpSocket: OpenIcmpSocket = (family, options) =>
  family === 4 ? new ICMPv4Socket(options) : new ICMPv6Socket(options);

function readOwnAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
}

/** Disposed with the others: what waits is handed over, and then written. */
function keepSessions(
  owned: DisposableStore,
  deps: { readonly clock: Clock; readonly onBug: (error: unknown) => string },
  workerPath: string,
  isSimulated: boolean,
) {
  const folder = dataFolder(process.platform, process.env, homedir());
  const keeper = owned.add(startKeeperWorker(deps, workerPath, folder));
  const recorder = owned.add(new SessionRecorder({ ...deps, keeper }, isSimulated));
  return { keeper, recorder };
}

function thisMachine(deps: { readonly clock: Clock; readonly random: Random }): Surroundings {
  const createResolver = () => new Resolver({ timeout: NAME_SERVER_TIMEOUT_MS, tries: NAME_SERVER_TRIES });
  return {
    simulated: null,
    openTransport: (options) => openTransport(deps, options),
    lookUp: createLookUp({
      readHosts: createHostsReader(hostsFilePath(process.platform, process.env)),
      createResolver,
      askSystem,
    }),
    askName: createAskName({ createResolver }),
    askAsn: createAskAsn({ createResolver }),
    readGateways: createGatewayReader(deps),
    readMachineNetwork: process.platform === 'linux' ? createLinuxReader() : createPlainReader(),
    selfTest: { hasLoopback: true, hasFarAddress, readDefaultRoutes, destination: (_, wanted) => wanted },
    reportTransports: () => reportTransports(deps),
  };
}
