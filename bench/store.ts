/**
 * `npm run bench:store [DAYS]`: a path of 30 hops, one round a second, through the simulated internet and the path monitor
 * into the store of sessions, 30 days long unless told otherwise: bytes on disk, time to open, and time for ten random
 * periods, each asked of a program that has just opened the file. Beside it, in the same run, tables of one row a sample,
 * filled with the same samples (of the first hours: they would take too long), their size scaled up.
 *
 * The recording is told a minute at a time, not twice a second: fewer transactions, the same pages.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { epochMilliseconds, seconds } from '../src/contract/units.ts';
import { SystemClock, VirtualClock } from '../src/main/base/clock.ts';
import { SeededRandom, SystemRandom } from '../src/main/base/random.ts';
import { JournalledRecording } from '../src/main/engine/path/journal/journalled-recording.ts';
import { createPathRecording } from '../src/main/engine/path/path-recording.ts';
import { judge } from '../src/main/engine/verdict/judge.ts';
import { KeptSession } from '../src/main/service/sessions/kept-session.ts';
import { SessionKeeper } from '../src/main/service/sessions/session-keeper.ts';
import { evidenceOfSession } from '../src/main/service/sessions/session-summary.ts';
import { openSessionFile } from '../src/main/store/sessions/open-session-file.ts';
import { SessionFile } from '../src/main/store/sessions/session-file.ts';
import { HOPS, INTERVAL, randomPeriod, startLongPath, TARGET } from './long-path.ts';

const DAYS = Number(process.argv[2] ?? 30);
const DAY_MS = 86_400_000;
const MINUTE = seconds(60);
const PERIODS = 10;
/** Hours of which there are rows of the naive kind. */
const NAIVE_HOURS = 3;

const folder = mkdtempSync(join(tmpdir(), 'hopscope-bench-store-'));
const deps = { clock: new SystemClock(), random: new SystemRandom() };
try {
  const from = record();
  console.log();
  readBack(from);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Gives the session time of the first round. */
function record(): number {
  const clock = new VirtualClock();
  const from = clock.wallNow();
  const recording = new JournalledRecording(
    createPathRecording({ interval: INTERVAL, maxHops: HOPS, keptRounds: 1_024 }),
  );
  const keeper = new SessionKeeper(deps, folder);
  keeper.begin({
    pathId: 'path',
    target: TARGET,
    destination: TARGET,
    family: 4,
    intervalMs: INTERVAL,
    maxHops: HOPS,
    isSimulated: true,
    closeIntervalMs: null,
    atEpochMs: from,
  });
  const monitor = startLongPath(clock, recording);
  const began = performance.now();
  let keeping = 0;
  for (let minute = 0; minute < DAYS * 1_440; minute += 1) {
    clock.advance(MINUTE);
    const handed = performance.now();
    keeper.append([{ pathId: 'path', bytes: recording.take(), facts: null, names: [], happenings: [] }]);
    keeping += performance.now() - handed;
  }
  monitor[Symbol.dispose]();
  keeper.end({ pathId: 'path', isOver: true });
  keeper[Symbol.dispose]();
  console.log(
    `${DAYS} days of ${HOPS} hops at 1 Hz recorded in ${((performance.now() - began) / 1_000).toFixed(0)} s, ` +
      `${(keeping / 1_000).toFixed(0)} s of them in the store.`,
  );
  return from;
}

function readBack(from: number): void {
  const bytes = statSync(join(folder, 'sessions.sqlite')).size;
  const opening = performance.now();
  const opened = openSessionFile(folder, deps.clock.wallNow());
  if (!('database' in opened)) throw new Error(opened.kind);
  const file = new SessionFile(opened);
  const [row] = file.sessions.all();
  if (row === undefined) throw new Error('There is no session');
  const first = new KeptSession(file, row);
  const openMs = performance.now() - opening;
  const { hops, rounds } = first.recording.query(epochMilliseconds(0), epochMilliseconds(from + DAYS * DAY_MS + 1));
  const samples = hops.reduce((sum, { statistics: { sent, inFlight } }) => sum + sent - inFlight, 0);
  const size = sizes(opened.database);
  console.log(`Store       ${(bytes / 1e6).toFixed(1)} MB on disk for ${rounds} rounds and ${samples} samples`);
  console.log(`            ${(bytes / samples).toFixed(2)} bytes a sample, all of the file counted (goal: 6)`);
  console.log(
    `            of which probes ${size(0)}, roll-ups ${size(1)}, journal ${(file.journal.bytes(row.number) / 1e3).toFixed(0)} kB`,
  );
  console.log(`            opened in ${openMs.toFixed(1)} ms`);
  const periods = randomPeriods(from);
  // Once unmeasured, so that the code is compiled as it is in a program that has run for a while.
  for (const period of periods) new KeptSession(file, row).recording.query(...period);
  timePeriods('a period', periods, () => {
    const kept = new KeptSession(file, row);
    return (period) => kept.recording.query(...period);
  });
  timePeriods('with verdicts', periods, () => {
    const kept = new KeptSession(file, row);
    return ([low, high]) => judge(evidenceOfSession(kept, { from: low, to: high }));
  });
  timePeriods('a timeline', periods, () => {
    const kept = new KeptSession(file, row);
    return (period) => kept.recording.columns(30, ...period, 300);
  });
  naive(first, from, samples);
  file.close();
}

type PeriodOf = ReturnType<typeof randomPeriod>;

/** From seconds to all of it. */
function randomPeriods(from: number): PeriodOf[] {
  const random = new SeededRandom(1);
  return Array.from({ length: PERIODS }, (_, index) =>
    randomPeriod(random, from, DAYS * DAY_MS, (index + 1) / PERIODS),
  );
}

/** @param open gives a reader that has nothing in memory */
function timePeriods(what: string, periods: readonly PeriodOf[], open: () => (period: PeriodOf) => unknown): void {
  const runs = periods.map((period) => {
    const read = open();
    const [began, used] = [performance.now(), process.cpuUsage()];
    read(period);
    const { user, system } = process.cpuUsage(used);
    return { elapsed: performance.now() - began, cpu: (user + system) / 1_000 };
  });
  const middle = (values: number[]) => (values.toSorted((a, b) => a - b)[PERIODS / 2] ?? 0).toFixed(1);
  const longest = (values: number[]) => Math.max(...values).toFixed(1);
  const elapsed = runs.map((run) => run.elapsed);
  const cpu = runs.map((run) => run.cpu);
  console.log(
    `            ${what.padEnd(15)} nothing in memory: median ${middle(elapsed)} ms, longest ${longest(elapsed)} ms ` +
      `(goal: 20); processor time ${middle(cpu)} and ${longest(cpu)} ms`,
  );
}

/** Megabytes of the pages of a level and up (level 0: of that alone). */
function sizes(database: DatabaseSync): (level: 0 | 1) => string {
  const statement = database.prepare('SELECT sum(length(bytes)) AS bytes FROM page WHERE min(abs(level), 1) = ?');
  return (level) => `${(Number(statement.get(level)?.['bytes'] ?? 0) / 1e6).toFixed(1)} MB`;
}

function naive(kept: KeptSession, from: number, samples: number): void {
  const path = join(folder, 'naive.sqlite');
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE sample (session INTEGER, hop INTEGER, at INTEGER, rtt REAL, fate INTEGER, responder INTEGER,
      PRIMARY KEY (session, hop, at)) STRICT, WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO sample VALUES (1, ?, ?, ?, ?, ?)');
  let rows = 0;
  const until = from + Math.min(DAYS * 24, NAIVE_HOURS) * 3_600_000;
  database.exec('BEGIN');
  for (let hop = 1; hop <= HOPS; hop += 1) {
    const outcomes = kept.recording.outcomes(hop, epochMilliseconds(from), epochMilliseconds(until), 1e9);
    for (const { at, rtt, fate, responder } of outcomes) {
      insert.run(hop, Math.floor(at), rtt, fate === 'answered' ? 0 : 1, responder === null ? null : 1);
      rows += 1;
    }
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  const bytes = statSync(path).size;
  const query = database.prepare(
    `SELECT hop, count(*), sum(fate), avg(rtt), min(rtt), max(rtt) FROM sample
     WHERE session = 1 AND at >= ? AND at < ? GROUP BY hop`,
  );
  const began = performance.now();
  query.all(from, until);
  const elapsed = performance.now() - began;
  database.close();
  console.log(`One row a sample, of ${NAIVE_HOURS} hours:`);
  console.log(
    `            ${(bytes / rows).toFixed(2)} bytes a sample; ${((bytes / rows) * samples * 1e-6).toFixed(0)} MB for all (scaled)`,
  );
  console.log(`            count, loss, mean and ends (no percentile) of ${rows} samples: ${elapsed.toFixed(0)} ms`);
}
