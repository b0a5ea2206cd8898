/**
 * How many probes a second the simulated internet carries: a day of 30 hops at one round a second, alone, without an
 * engine. The three networks are one that only takes time, one whose every link has jitter and loss, and one with a
 * rate limit at every router.
 */
import { readScenario, type Scenario } from '../src/contract/scenario.ts';
import { hopLimit, milliseconds, seconds } from '../src/contract/units.ts';
import { VirtualClock } from '../src/main/base/clock.ts';
import { ScenarioNetwork } from '../src/main/simulated/scenario-network.ts';

const HOPS = 30;
const ROUNDS = 86_400;
const TARGET = '203.0.113.10';

const NETWORKS = {
  quiet: {},
  'jitter and loss everywhere': {
    jitter: { kind: 'exponential', meanMs: 0.2 },
    lossRatio: 0.0005,
    returnLossRatio: 0.0005,
  },
  'rate limits everywhere': { rateLimit: { perSecond: 0.8, burst: 5 } },
};

function scenarioOf(link: object): Scenario {
  const hops = Array.from({ length: HOPS - 1 }, (_, index) => ({ address: `198.51.100.${index + 1}`, ...link }));
  const read = readScenario(
    JSON.stringify({ title: 'bench', lesson: 'bench', seed: 1, hops, targets: [{ address: TARGET }] }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

/** Sends the day's probes and counts what came of them. */
function run(scenario: Scenario): { readonly elapsedMs: number; readonly answered: number; readonly lost: number } {
  const clock = new VirtualClock();
  const opened = new ScenarioNetwork({ clock }, scenario).openTransport({ family: 4 });
  if (!opened.ok) throw new Error(opened.failure.code);
  using transport = opened.value;
  let answered = 0;
  let lost = 0;
  const probes = Array.from({ length: HOPS }, (_, index) => ({
    destination: TARGET,
    hopLimit: hopLimit(index + 1),
    payloadBytes: 56,
    trafficClass: 0,
    timeout: seconds(2),
    flow: 1,
  }));
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    for (const probe of probes) {
      transport.send(probe, (result) => {
        if (result.kind === 'timed-out') lost += 1;
        else answered += 1;
      });
    }
    clock.advance(milliseconds(1_000));
  }
  clock.advance(seconds(3));
  return { elapsedMs: performance.now() - start, answered, lost };
}

for (const [name, link] of Object.entries(NETWORKS)) {
  const { elapsedMs, answered, lost } = run(scenarioOf(link));
  const probes = HOPS * ROUNDS;
  console.log(
    `${name}: ${probes} probes, ${answered} answered, ${lost} lost in ${(elapsedMs / 1000).toFixed(2)} s = ` +
      `${Math.round(probes / (elapsedMs / 1000))} probes/s, ${((elapsedMs * 1000) / probes).toFixed(2)} µs each`,
  );
}
