import { writeSync } from 'node:fs';
import { epochMilliseconds, milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom, unit } from '../../src/main/base/random.ts';
import { JournalledRecording } from '../../src/main/engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../../src/main/engine/path/path-recording.ts';
import type { Answer } from '../../src/main/engine/path/recording.ts';
import { SessionKeeper } from '../../src/main/service/sessions/session-keeper.ts';
import { HOPS, INTERVAL_MS, MAX_HOPS, type Told } from './told.ts';

/**
 * Records as fast as it can until it is killed, and says on its standard output whatever it was told, before it is, and
 * when the keeper has answered that it is kept.
 */

const folder = process.argv[2] ?? '';
const [clock, random] = [new SystemClock(), new SystemRandom()];

function say(told: Told): void {
  writeSync(1, `${JSON.stringify(told)}\n`);
}

function answerOf(hopLimit: number): Answer {
  const icmpType = hopLimit === 0 || hopLimit === HOPS ? 0 : 11;
  const nothing = { replyHopLimit: null, mtu: null, quotedHopLimit: null, isQuoteAltered: null, extensions: null };
  return { responder: `192.0.2.${hopLimit}`, icmpType, icmpCode: 0, ...nothing };
}
const ANSWERS = Array.from({ length: HOPS + 1 }, (_, hopLimit) => answerOf(hopLimit));

const keeper = new SessionKeeper({ clock, random }, folder);
const recording = new JournalledRecording(
  createPathRecording({ interval: milliseconds(INTERVAL_MS), maxHops: MAX_HOPS, keptRounds: 4_096 }),
);
// Session time goes on far faster than the clock, and never back from one child to the next.
let at = Number(process.argv[3]);
keeper.begin({
  pathId: 'path',
  target: 'crash.example',
  destination: '192.0.2.9',
  family: 4,
  intervalMs: INTERVAL_MS,
  maxHops: MAX_HOPS,
  isSimulated: true,
  closeIntervalMs: null,
  atEpochMs: at,
});
for (let told = 0; ; ) {
  const rounds = 1 + (random.uint32() % 40);
  for (let count = 0; count < rounds; count += 1) {
    at += INTERVAL_MS;
    say(['round', at]);
    const round = recording.openRound(epochMilliseconds(at));
    for (let hopLimit = 0; hopLimit <= HOPS; hopLimit += 1) {
      const isLost = unit(random) < 0.1;
      const rtt = Math.round(10_000 * (hopLimit + unit(random))) / 10_000;
      told += 1;
      say(isLost ? ['lost', hopLimit] : ['answered', hopLimit, rtt]);
      recording.recordSent(round, hopLimit);
      if (isLost) recording.recordTimeout(round, hopLimit);
      else recording.recordAnswer(round, hopLimit, ANSWERS[hopLimit] as Answer, milliseconds(rtt));
    }
  }
  const store = keeper.append([{ pathId: 'path', bytes: recording.take(), facts: null, names: [], happenings: [] }]);
  if (store.mode !== 'writing') throw new Error(JSON.stringify(store));
  say(['kept', told]);
}
