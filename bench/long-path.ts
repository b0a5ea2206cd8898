import { readScenario, type Scenario } from '../src/contract/scenario.ts';
import { epochMilliseconds, seconds } from '../src/contract/units.ts';
import type { VirtualClock } from '../src/main/base/clock.ts';
import { type Random, unit } from '../src/main/base/random.ts';
import { startPathMonitor } from '../src/main/engine/path/path-monitor.ts';
import { ProbePacer } from '../src/main/engine/probe-pacer.ts';
import { ScenarioNetwork } from '../src/main/simulated/scenario-network.ts';

/** The path that is recorded for days: 30 hops, one round a second, in a simulated internet under a virtual clock. */

export const HOPS = 30;
export const INTERVAL = seconds(1);
export const TARGET = '203.0.113.80';

/** The shortest period that is asked for at random. */
const SHORTEST_MS = 10_000;

type MonitorDeps = Parameters<typeof startPathMonitor>[0];

/** Begins to record it; nothing happens until the clock is advanced. */
export function startLongPath(clock: VirtualClock, recording: MonitorDeps['recording'], onRound = () => {}) {
  const opened = new ScenarioNetwork({ clock }, scenario()).openTransport({ family: 4 });
  if (!opened.ok) throw new Error(opened.failure.code);
  return startPathMonitor(
    { clock, transport: opened.value, pacer: new ProbePacer({ clock }), recording },
    {
      destination: TARGET,
      interval: INTERVAL,
      timeout: seconds(2),
      payloadBytes: 56,
      trafficClass: 0,
      maxHops: HOPS,
      flow: 1,
      count: null,
    },
    { onRound, onEvent: () => {}, onFinished: () => {} },
  );
}

/**
 * A period at random within a span of milliseconds.
 * @param share how long: 0 is ten seconds, 1 all of the span, and between them the logarithm counts
 */
export function randomPeriod(random: Random, fromEpochMs: number, spanMs: number, share: number) {
  const length = Math.exp(share * Math.log(spanMs / SHORTEST_MS)) * SHORTEST_MS;
  const begin = fromEpochMs + unit(random) * (spanMs - length);
  return [epochMilliseconds(begin), epochMilliseconds(begin + length)] as const;
}

/** 29 routers with jitter and a little loss both ways, one of them silent, and the target. */
function scenario(): Scenario {
  const link = { delayMs: 1, jitter: { kind: 'exponential', meanMs: 0.5 }, lossRatio: 0.0001, returnLossRatio: 0.0001 };
  const hops = Array.from({ length: HOPS - 1 }, (_, index) =>
    index === 11 ? link : { ...link, address: `198.51.100.${index + 1}` },
  );
  const read = readScenario(
    JSON.stringify({ title: 'A long path', lesson: 'bench', seed: 1, hops, targets: [{ address: TARGET }] }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}
