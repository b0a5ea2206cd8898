import { milliseconds } from '../../../contract/units.ts';
import type { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../engine/path/path-recording.ts';
import type { Answer } from '../../engine/path/recording.ts';
import type { PathFacts } from '../sessions/keeper-calls.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';
import type { OpenFile } from '../sessions/session-shelf.ts';

export const START = 1_700_000_000_000;
export const REST_MS = 10_000;
export const HOPS = 3;
const ORDER = {
  pathId: 'path',
  target: 'host.example',
  destination: '192.0.2.1',
  family: 4,
  intervalMs: REST_MS,
  closeIntervalMs: 1_000,
  maxHops: HOPS,
  isSimulated: false,
  atEpochMs: START,
} as const;
export const SEEN = { kind: 'unreachable', rounds: 3, isRefused: false } as const;

function answerOf(hopLimit: number): Answer {
  return {
    responder: `198.51.100.${hopLimit}`,
    icmpType: 11,
    icmpCode: 0,
    replyHopLimit: 64 - hopLimit,
    mtu: null,
    quotedHopLimit: 1,
    isQuoteAltered: false,
    extensions: null,
  };
}

/** What is told beside the rounds of a path that has counted so many drops since it began. */
export function factsWith(localDrops: number): PathFacts {
  return { simulated: null, destinationHopLimit: HOPS, localDrops, gateways: [], pathMtu: null, branches: null };
}

/** A keeper of one path of the flight recorder, and its rounds, each ten seconds of the clock. */
export function recordFlight(clock: VirtualClock, folder: string, openFile?: OpenFile) {
  const random = new SeededRandom(3);
  const keeper = new SessionKeeper({ clock, random, ...(openFile === undefined ? {} : { openFile }) }, folder);
  const path = new JournalledRecording(createPathRecording({ interval: milliseconds(REST_MS), maxHops: HOPS }));
  keeper.begin(ORDER);
  const answers = Array.from({ length: HOPS + 1 }, (_, hopLimit) => answerOf(hopLimit));
  const tell = (rounds: number, intervalMs = REST_MS, facts: PathFacts | null = null) => {
    for (let round = 0; round < rounds; round += 1) {
      const number = path.openRound(clock.wallNow());
      for (const [hopLimit, answer] of answers.entries()) {
        path.recordSent(number, hopLimit);
        const rtt = 5 * (hopLimit || HOPS) + (random.uint32() % 1_000) / 1_000;
        path.recordAnswer(number, hopLimit, answer, milliseconds(rtt));
      }
      clock.advance(milliseconds(intervalMs));
    }
    return keeper.append([{ pathId: 'path', bytes: path.take(), facts, names: [], happenings: [] }]);
  };
  const reportOf = (sessionId: string) => {
    const report = keeper.report({ sessionId, fromEpochMs: null, toEpochMs: null, lastMs: null });
    if (!report.ok) throw new Error(report.failure.code);
    return report.value;
  };
  return { keeper, path, tell, reportOf };
}
