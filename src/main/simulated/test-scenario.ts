import { readScenario, type Scenario } from '../../contract/scenario.ts';
import { hopLimit, type Milliseconds, milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import type { ProbeRequest, ProbeResult, ProbeTransport, RepeatedAnswer } from '../icmp/probe-transport.ts';
import { type OpenScenarioOptions, ScenarioNetwork } from './scenario-network.ts';

/** Behind three routers, each link of which takes 1 ms each way. */
export const TARGET = '203.0.113.80';
export const ROUTERS = ['192.168.1.1', '198.51.100.1', '198.51.100.2'] as const;

/** A scenario to {@link TARGET} through {@link ROUTERS}; `routers` says more of each. Read as a file would be. */
export function createScenario(routers: readonly object[] = [], change: object = {}): Scenario {
  const read = readScenario(
    JSON.stringify({
      title: 'test',
      lesson: 'test',
      seed: 7,
      hops: ROUTERS.map((address, index) => ({ address, ...routers[index] })),
      targets: [{ address: TARGET }],
      ...change,
    }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

/** One probe and all that it heard, repeats last. */
export type Heard = readonly (ProbeResult | RepeatedAnswer)[];

/** A run of a scenario under a virtual clock, from its beginning. */
export class Run {
  readonly clock = new VirtualClock();
  readonly network: ScenarioNetwork;
  readonly transport: ProbeTransport;

  constructor(scenario: Scenario, options: OpenScenarioOptions = { family: 4 }) {
    this.network = new ScenarioNetwork({ clock: this.clock }, scenario);
    const opened = this.network.openTransport(options);
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    this.transport = opened.value;
  }

  /** Sends a probe now; what it hears is added to the list as time passes. */
  send(hop: number, change: Partial<ProbeRequest> = {}): Heard {
    const heard: (ProbeResult | RepeatedAnswer)[] = [];
    const told = (answer: ProbeResult | RepeatedAnswer) => heard.push(answer);
    const probe = { destination: TARGET, payloadBytes: 56, trafficClass: 0, timeout: seconds(1), ...change };
    this.transport.send({ ...probe, hopLimit: hopLimit(hop) }, told, told);
    return heard;
  }

  /** Sends a probe now and gives its result once it is there. */
  result(hop: number, change: Partial<ProbeRequest> = {}): ProbeResult {
    const heard = this.send(hop, change);
    this.clock.advance(change.timeout ?? seconds(1));
    return heard[0] as ProbeResult;
  }

  /** Results of `count` probes sent one after another, `interval` apart. */
  series(hop: number, count: number, interval: Milliseconds = milliseconds(100)): ProbeResult[] {
    const all = Array.from({ length: count }, () => {
      const heard = this.send(hop);
      this.clock.advance(interval);
      return heard;
    });
    this.clock.advance(seconds(2));
    return all.map(([result]) => result as ProbeResult);
  }

  /** Goes on to a moment of the run. */
  advanceTo(moment: Milliseconds): void {
    this.clock.advance(milliseconds(moment - this.clock.now()));
  }
}

/** Round trip, or the kind of what is no answer. */
export function rttOf(result: ProbeResult): number | string {
  return 'rtt' in result ? Number(result.rtt.toFixed(6)) : result.kind;
}

/** Share of the results that timed out. */
export function lossOf(results: readonly ProbeResult[]): number {
  return results.filter(({ kind }) => kind === 'timed-out').length / results.length;
}
