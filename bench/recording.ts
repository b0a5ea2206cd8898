/**
 * What a day of a path costs: 86,400 rounds, one a second, of 30 hops and the round trip, put into the engine's
 * recording; then any period of it is asked for. Prints one JSON object. Run with `--expose-gc`, so that the heap is
 * what is in use and not what waits to be collected.
 */
import { epochMilliseconds, milliseconds } from '../src/contract/units.ts';
import { SeededRandom, unit } from '../src/main/base/random.ts';
import { createPathRecording } from '../src/main/engine/path/path-recording.ts';
import type { Answer, PathRecording } from '../src/main/engine/path/recording.ts';

const ROUNDS = 86_400;
const HOPS = 30;
const INTERVAL = milliseconds(1_000);
const STARTED_AT = 1_700_000_000_000;
/** Share of probes that are lost, and of rounds in which a hop behind a load balancer answers from its other address. */
const LOSS = 0.01;
const OTHER_BRANCH = 0.3;
const BALANCED_HOP = 7;
const QUERIES = 2_000;
const WARM_UP = 200;

const random = new SeededRandom(1);
const gc = (globalThis as { gc?: () => void }).gc;

function answerOf(hopLimit: number, branch: number): Answer {
  return {
    responder: `192.0.${branch}.${hopLimit}`,
    icmpType: hopLimit === 0 ? 0 : 11,
    icmpCode: 0,
    replyHopLimit: 64,
    mtu: null,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    extensions: null,
  };
}

const answers = Array.from({ length: HOPS + 1 }, (_, hopLimit) => [answerOf(hopLimit, 2), answerOf(hopLimit, 3)]);

function recordRound(recording: PathRecording, index: number): void {
  const round = recording.openRound(epochMilliseconds(STARTED_AT + index * INTERVAL));
  for (let hopLimit = 0; hopLimit <= HOPS; hopLimit += 1) recording.recordSent(round, hopLimit);
  for (let hopLimit = 0; hopLimit <= HOPS; hopLimit += 1) {
    if (unit(random) < LOSS) {
      recording.recordTimeout(round, hopLimit);
      continue;
    }
    const branch = hopLimit === BALANCED_HOP && unit(random) < OTHER_BRANCH ? 1 : 0;
    const rtt = milliseconds(2 + hopLimit + Math.exp(3 * unit(random) - 1) + (unit(random) < 0.01 ? 40 : 0));
    recording.recordAnswer(round, hopLimit, answers[hopLimit]?.[branch] as Answer, rtt);
  }
}

function memoryMb(): { heap: number; buffers: number; rss: number } {
  gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / 1e6, buffers: arrayBuffers / 1e6, rss: rss / 1e6 };
}

/** Milliseconds that each query of a period took, ascending. @param longest of the periods, in rounds */
function timeQueries(recording: PathRecording, longest: number): number[] {
  const times: number[] = [];
  for (let query = 0; query < WARM_UP + QUERIES; query += 1) {
    const length = longest * unit(random);
    const from = STARTED_AT + unit(random) * (ROUNDS - length) * INTERVAL;
    const began = performance.now();
    recording.query(epochMilliseconds(from), epochMilliseconds(from + length * INTERVAL));
    if (query >= WARM_UP) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

function spread(times: readonly number[]): Record<string, number> {
  const at = (q: number): number => Number((times[Math.floor((times.length - 1) * q)] ?? Number.NaN).toFixed(3));
  return { medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

const before = memoryMb();
const cpuBefore = process.cpuUsage();
const recording = createPathRecording({ interval: INTERVAL, maxHops: HOPS });
for (let index = 0; index < ROUNDS; index += 1) recordRound(recording, index);
const cpu = process.cpuUsage(cpuBefore);
const after = memoryMb();

console.log(
  JSON.stringify({
    rounds: ROUNDS,
    hops: HOPS,
    probes: ROUNDS * (HOPS + 1),
    recordingCpuMs: Math.round((cpu.user + cpu.system) / 1_000),
    heapGrowthMb: Number((after.heap + after.buffers - before.heap - before.buffers).toFixed(1)),
    rssGrowthMb: Number((after.rss - before.rss).toFixed(1)),
    wholeDay: spread(timeQueries(recording, ROUNDS)),
    upToAnHour: spread(timeQueries(recording, 3_600)),
    exactPercentiles: spread(timeQueries(recording, 1_024)),
  }),
);
