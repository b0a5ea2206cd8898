import type { Failure, Result } from '../../../contract/failure.ts';
import { fail, succeed } from '../../../contract/failure.ts';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { createLocalLinks, type Link } from '../../../contract/link.ts';
import type { Monitor, MonitorFrame } from '../../../contract/monitor.ts';
import type { Sample } from '../../../contract/probe.ts';
import type { SelfTestReport } from '../../../contract/self-test.ts';
import { type Handlers, type StreamSink, serve } from '../../../contract/serve.ts';
import type { ShellCommand } from '../../../contract/shell.ts';
import type { DoctorReport, Platform, SimulatedInternet, TransportReport } from '../../../contract/system.ts';
import { TestAlerts } from './test-alerts.ts';
import { TestDemo } from './test-demo.ts';
import { TestExchanges } from './test-exchanges.ts';
import { TestPaths } from './test-paths.ts';
import { TestSessions } from './test-sessions.ts';
import { TestSettings } from './test-settings.ts';
import { statisticsOf } from './test-statistics.ts';
import { TestSweeps } from './test-sweeps.ts';

type StreamKind = 'list' | 'frames';

/** An engine for tests: it answers the contract over local links and does what the test tells it. */
export class TestEngine {
  readonly platform: Platform;
  /** What `add` answers for a target instead of adding it. */
  readonly refusals = new Map<string, Failure>();
  /** What the streams of a kind end with as soon as they are opened. */
  readonly streamRefusals = new Map<StreamKind, Failure>();
  /** Called with each call that arrived, as `monitor.pause m-1`. */
  readonly calls: string[] = [];
  readonly paths = new TestPaths(this.calls);
  readonly sessions = new TestSessions(this.calls);
  readonly sweeps = new TestSweeps();
  /** What a menu around the page would give; empty until a page listens. */
  readonly shellSinks = new Set<StreamSink<ShellCommand>>();
  readonly settings = new TestSettings(this.calls);
  readonly alerts = new TestAlerts();
  readonly demo = new TestDemo(this.calls, this.paths);
  /** The simulated internet that the engine is in; null in the network. */
  simulated: SimulatedInternet | null = null;
  /** Addresses of the default gateways. */
  gateways: string[] = [];
  readonly exchanges = new TestExchanges();
  /** What the doctor finds of the ways of sending. */
  transports: TransportReport[] = [];
  /** What the self-test finds. */
  selfTest: SelfTestReport = { results: [] };
  /** Targets of last time, the newest first. */
  recentTargets: string[] = [];
  readonly #monitors = new Map<string, { monitor: Monitor; samples: Sample[]; sinks: Set<StreamSink<MonitorFrame>> }>();
  readonly #lists = new Set<StreamSink<{ monitors: Monitor[] }>>();
  readonly #links = new Set<{ close(): void }>();
  readonly #leftOut = new Set<string>();
  #nextId = 1;

  constructor(platform: Platform = 'linux') {
    this.platform = platform;
  }

  /** A new link to this engine, as if a page had connected. */
  connect(): Link {
    const links = createLocalLinks();
    const serving = serve({ onBug: (error) => String(error) }, contract, this.#handlers(), links.server);
    const connection = {
      close: () => {
        serving[Symbol.dispose]();
        links.close();
      },
    };
    this.#links.add(connection);
    return links.client;
  }

  /** Breaks every link; monitors go on. */
  breakLinks(): void {
    for (const link of this.#links) link.close();
    this.#links.clear();
  }

  /** Adds a monitor as `add` does, and gives its id. */
  add(target: string, more: Partial<Monitor> = {}): string {
    const monitorId = `m-${this.#nextId++}`;
    const monitor: Monitor = {
      monitorId,
      target,
      destination: '192.0.2.1',
      family: 4,
      transport: 'dgram',
      timestampSource: 'kernel',
      intervalMs: 1_000,
      timeoutMs: 2_000,
      addedAtEpochMs: 1_700_000_000_000 + this.#nextId,
      state: { phase: 'running' },
      ...more,
    };
    this.#monitors.set(monitorId, { monitor, samples: [], sinks: new Set() });
    this.#tellLists();
    return monitorId;
  }

  change(monitorId: string, change: Partial<Monitor>): Monitor {
    const entry = this.#find(monitorId);
    entry.monitor = { ...entry.monitor, ...change };
    this.#tellLists();
    return entry.monitor;
  }

  /** Ends probes of a monitor: everyone who listens gets them in one frame. */
  emit(monitorId: string, samples: readonly Sample[]): void {
    const entry = this.#find(monitorId);
    const firstIndex = entry.samples.length;
    entry.samples.push(...samples);
    if (this.#leftOut.delete(monitorId)) return;
    const frame = { monitorId, firstIndex, samples: [...samples], statistics: statisticsOf(entry.samples) };
    for (const sink of entry.sinks) sink.emit(frame);
  }

  /** Keeps the next samples of a monitor to itself until a stream asks for them, as for a client that is behind. */
  leaveOutNext(monitorId: string): void {
    this.#leftOut.add(monitorId);
  }

  /** Ends every open stream of a kind with a failure; monitors go on. */
  failStreams(kind: StreamKind, failure: Failure): void {
    const sinks = kind === 'list' ? [this.#lists] : [...this.#monitors.values()].map((entry) => entry.sinks);
    for (const sink of sinks.flatMap((open) => [...open])) sink.end(failure);
  }

  /** Loses a monitor without telling anyone. */
  forget(target: string): void {
    for (const [monitorId, { monitor }] of this.#monitors) {
      if (monitor.target === target) this.#monitors.delete(monitorId);
    }
  }

  #find(monitorId: string) {
    const entry = this.#monitors.get(monitorId);
    if (entry === undefined) throw new RangeError(`The test engine has no monitor ${monitorId}`);
    return entry;
  }

  #refuse(kind: StreamKind, sink: { end(failure: Failure): void }): boolean {
    const refusal = this.streamRefusals.get(kind);
    if (refusal !== undefined) sink.end(refusal);
    return refusal !== undefined;
  }

  #tellLists(): void {
    const monitors = [...this.#monitors.values()].map(({ monitor }) => monitor);
    for (const sink of this.#lists) sink.emit({ monitors });
  }

  #handlers(): Handlers<HopscopeContract> {
    const called = (name: string, monitorId: string) => void this.calls.push(`monitor.${name} ${monitorId}`);
    const ifThere = <T>(monitorId: string, act: () => T): Result<T> =>
      this.#monitors.has(monitorId) ? succeed(act()) : fail({ code: 'not-found', what: 'monitor', id: monitorId });
    const endAtOnce = (_: unknown, sink: StreamSink<never>) => {
      sink.end(null);
      return { [Symbol.dispose]: () => {} };
    };
    const notKept = () => fail({ code: 'not-found', what: 'session', id: '' });
    return {
      flight: {
        follow: (_, sink) => {
          sink.emit({ targets: [], isKept: true });
          return { [Symbol.dispose]: () => {} };
        },
        add: () => fail({ code: 'not-found', what: 'engine', id: '' }),
        remove: () => fail({ code: 'not-found', what: 'engine', id: '' }),
      },
      exports: { piece: notKept, masked: notKept, importPiece: notKept, abandonImport: notKept },
      monitor: {
        add: ({ target }) => {
          called('add', target);
          const refusal = this.refusals.get(target);
          return refusal === undefined ? succeed(this.#find(this.add(target)).monitor) : fail(refusal);
        },
        pause: ({ monitorId }) => {
          called('pause', monitorId);
          return ifThere(monitorId, () => this.change(monitorId, { state: { phase: 'paused' } }));
        },
        resume: ({ monitorId }) => {
          called('resume', monitorId);
          return ifThere(monitorId, () => this.change(monitorId, { state: { phase: 'running' } }));
        },
        remove: ({ monitorId }) => {
          called('remove', monitorId);
          return ifThere(monitorId, () => {
            this.#monitors.delete(monitorId);
            this.#tellLists();
            return null;
          });
        },
        list: (_, sink) => {
          if (this.#refuse('list', sink)) return { [Symbol.dispose]: () => {} };
          this.#lists.add(sink);
          sink.emit({ monitors: [...this.#monitors.values()].map(({ monitor }) => monitor) });
          return { [Symbol.dispose]: () => void this.#lists.delete(sink) };
        },
        frames: ({ monitorId, fromIndex }, sink) => {
          const { samples, sinks } = this.#find(monitorId);
          called('frames', `${monitorId} from ${fromIndex}`);
          if (this.#refuse('frames', sink)) return { [Symbol.dispose]: () => {} };
          sinks.add(sink);
          const kept = samples.slice(fromIndex);
          sink.emit({ monitorId, firstIndex: fromIndex, samples: kept, statistics: statisticsOf(samples) });
          return { [Symbol.dispose]: () => void sinks.delete(sink) };
        },
      },
      alerts: this.alerts.handlers,
      demo: this.demo.handlers,
      ping: { run: endAtOnce, stop: () => succeed(null) },
      path: this.paths.handlers,
      sessions: this.sessions.handlers,
      shell: {
        commands: (_, sink) => {
          this.shellSinks.add(sink);
          return { [Symbol.dispose]: () => void this.shellSinks.delete(sink) };
        },
      },
      sockets: this.exchanges.handlers,
      sweep: this.sweeps.handlers,
      settings: this.settings.handlers,
      targets: {
        recent: () => succeed({ recent: [...this.recentTargets] }),
        forgetRecent: () => {
          this.recentTargets = [];
          return succeed(null);
        },
      },
      system: {
        about: () => succeed({ version: '0.1.0', platform: this.platform, simulated: this.simulated }),
        doctor: () => succeed(this.#report()),
        selfTest: () => succeed(this.selfTest),
        gateways: () => succeed({ addresses: this.gateways }),
      },
    };
  }

  #report(): DoctorReport {
    return {
      version: '0.1.0',
      platform: this.platform,
      osRelease: 'test',
      nodeVersion: 'test',
      isRoot: false,
      hasNetRaw: null,
      pingGroupRange: null,
      transports: this.transports,
    };
  }
}
