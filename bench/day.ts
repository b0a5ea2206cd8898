/**
 * A day of a path of 30 hops, one round a second, through the simulated internet, the path monitor and its recording
 * under a virtual clock: how long it takes, what memory it needs, and how long any period takes to be answered.
 *
 * The periods are asked for once unmeasured, so that the code is compiled as it is in an app that has run for a while,
 * and then five times each. The fastest of the five is what the period costs; in the slowest runs a garbage collection,
 * or another program on the same core, is in between.
 */
import { epochMilliseconds, seconds } from '../src/contract/units.ts';
import { VirtualClock } from '../src/main/base/clock.ts';
import { SeededRandom, unit } from '../src/main/base/random.ts';
import { createPathRecording } from '../src/main/engine/path/path-recording.ts';
import { evidenceOf } from '../src/main/engine/path/path-report.ts';
import { judge } from '../src/main/engine/verdict/judge.ts';
import { HOPS, INTERVAL, randomPeriod, startLongPath, TARGET } from './long-path.ts';

const DAY = seconds(86_400);
const PERIODS = 1_000;
const RUNS = 5;
const REPORTS = 20;

const memoryBefore = usedBytes();
const clock = new VirtualClock();
const recording = createPathRecording({ interval: INTERVAL, maxHops: HOPS });
let rounds = 0;
const monitor = startLongPath(clock, recording, () => {
  rounds += 1;
});

const began = performance.now();
clock.advance(DAY);
const elapsed = performance.now() - began;
const probes = recording
  .query(epochMilliseconds(0), monitor.sessionNow())
  .hops.reduce((sum, hop) => sum + hop.statistics.sent, 0);
console.log(`A day of ${HOPS} hops at 1 Hz: ${rounds} rounds, ${probes} probes.`);
console.log(
  `  time        ${(elapsed / 1_000).toFixed(2)} s, ${((elapsed * 1_000) / probes).toFixed(2)} µs a probe (goal: 10 s)`,
);
console.log(`  memory      ${((usedBytes() - memoryBefore) / 1e6).toFixed(0)} MB after collection (goal: 100 MB)`);

const periods = timePeriods();
const fastest = periods.map((runs) => Math.min(...runs));
const all = periods.flat();
console.log(
  `  any period  median ${at(fastest, 0.5)} ms, 99 % within ${at(fastest, 0.99)} ms, longest ${at(fastest, 1)} ms, each the fastest of ${RUNS} runs (goal: 5 ms)`,
);
console.log(`              all runs: 99 % within ${at(all, 0.99)} ms, longest ${at(all, 1)} ms`);
const reports = timeReports();
console.log(`  a report with its verdicts, of the whole day: median ${at(reports, 0.5)} ms`);

/** Milliseconds of each run of the queries of random periods, short and long ones. */
function timePeriods(): number[][] {
  const random = new SeededRandom(1);
  const start = recording.firstAt ?? 0;
  const queries = Array.from({ length: PERIODS }, () => {
    const [from, to] = randomPeriod(random, start, DAY, unit(random));
    return () => recording.query(from, to);
  });
  for (const query of queries) query();
  return queries.map((query) => Array.from({ length: RUNS }, () => timed(query)));
}

function timeReports(): number[] {
  const subject = { target: TARGET, destination: TARGET, family: 4, interval: INTERVAL } as const;
  const naming = { nameOf: () => null, asnOf: () => null };
  const extras = { gateways: [], pathMtu: null, branches: null };
  return Array.from({ length: REPORTS }, () =>
    timed(() => judge(evidenceOf(monitor, subject, { from: null, to: null }, naming, extras))),
  );
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(2);
}

/** Heap and buffers that are in use; exact when Node runs with `--expose-gc`. */
function usedBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
