import type { Branches, PathMtu } from '../../../contract/path.ts';
import { readScenario, type Scenario } from '../../../contract/scenario.ts';
import { type EpochMilliseconds, type Milliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { VirtualClock } from '../../base/clock.ts';
import type { ProbeTransport } from '../../icmp/probe-transport.ts';
import { ScenarioNetwork } from '../../simulated/scenario-network.ts';
import { enumerateBranches } from '../path/branches.ts';
import { startPathMonitor } from '../path/path-monitor.ts';
import { searchPathMtu } from '../path/path-mtu.ts';
import { createPathRecording } from '../path/path-recording.ts';
import { evidenceOf } from '../path/path-report.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { judge } from './judge.ts';
import type { PathEvidence } from './path-evidence.ts';

/** How a scenario is measured before it is judged. */
export interface MeasurementPlan {
  /** Rounds in all. */
  readonly rounds: number;
  /** Default one second. */
  readonly interval?: Milliseconds;
  /** Default two seconds. */
  readonly timeout?: Milliseconds;
  /** Default 30. */
  readonly maxHops?: number;
  /** Default 1. */
  readonly flow?: number;
  /** Enumerate branches when the rounds are over. */
  readonly withBranches?: boolean;
  /** Search the path MTU when the rounds are over. */
  readonly withPathMtu?: boolean;
  /** The transport is gone from this second on, for so many seconds: nothing is tried meanwhile. */
  readonly withoutTransport?: { readonly fromS: number; readonly forS: number };
  /** Judge only the rounds from this one on (from 0); default all. */
  readonly fromRound?: number;
}

/** Measures the first target of a scenario under a virtual clock and judges the whole period. */
export async function judgedRun(scenario: Scenario, plan: MeasurementPlan): Promise<Verdict[]> {
  return judge(await measuredEvidence(scenario, plan));
}

/** Measures the first target of a scenario under a virtual clock. */
export async function measuredEvidence(scenario: Scenario, plan: MeasurementPlan): Promise<PathEvidence> {
  const clock = new VirtualClock();
  const network = new ScenarioNetwork({ clock }, scenario);
  const [target] = scenario.targets;
  if (target === undefined) throw new Error('the scenario has no target');
  const family = target.address.includes(':') ? 6 : 4;
  const interval = plan.interval ?? seconds(1);
  const timeout = plan.timeout ?? seconds(2);
  const maxHops = plan.maxHops ?? 30;
  const options = { destination: target.address, family, payloadBytes: 56, trafficClass: 0, timeout, maxHops } as const;
  const transport = opened(network, family, false);
  const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
  const request = { ...options, interval, flow: plan.flow ?? 1, count: plan.rounds };
  const recording = createPathRecording({ interval, maxHops });
  const starts: EpochMilliseconds[] = [];
  let isFinished = false;
  using monitor = startPathMonitor({ ...deps, recording }, request, {
    onRound: (round) => starts.push(round.atEpochMs as EpochMilliseconds),
    onEvent: () => {},
    onFinished: () => {
      isFinished = true;
    },
  });
  const longest = plan.rounds * interval + timeout + 60_000;
  const gone = plan.withoutTransport;
  for (let passed = 0; passed < longest && !isFinished; passed += 1_000) {
    if (passed === (gone?.fromS ?? -1) * 1_000) monitor.loseTransport();
    if (gone !== undefined && passed === (gone.fromS + gone.forS) * 1_000) monitor.useTransport(transport);
    clock.advance(milliseconds(1_000));
  }
  const never = new AbortController().signal;
  let branches: Branches | null = null;
  if (plan.withBranches) branches = await ended(clock, enumerateBranches(deps, options, never));
  let pathMtu: PathMtu | null = null;
  if (plan.withPathMtu) {
    using sized = opened(network, family, true);
    const search = searchPathMtu(
      { ...deps, transport: sized },
      { ...options, flow: request.flow, largestBytes: 1_500 },
      never,
    );
    pathMtu = await ended(clock, search);
  }
  const naming = {
    nameOf: (address: string) => network.reverseNames.get(address) ?? null,
    asnOf: (address: string) => network.autonomousSystems.get(address) ?? null,
  };
  const subject = { target: target.name ?? target.address, destination: target.address, family, interval } as const;
  const period = { from: starts[plan.fromRound ?? 0] ?? null, to: null };
  return evidenceOf(monitor, subject, period, naming, { gateways: network.gateways, pathMtu, branches });
}

/** A scenario from what would be in its file. */
export function scenarioOf(json: object): Scenario {
  const read = readScenario(JSON.stringify({ title: 'case', lesson: 'case', ...json }));
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

function opened(network: ScenarioNetwork, family: 4 | 6, dontFragment: boolean): ProbeTransport {
  const transport = network.openTransport({ family, dontFragment });
  if (!transport.ok) throw new Error(JSON.stringify(transport.failure));
  return transport.value;
}

/** Lets virtual time pass until the work is done: each step of it waits for answers, and for promises between them. */
async function ended<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  while (!isDone) {
    clock.advance(milliseconds(50));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return work;
}
