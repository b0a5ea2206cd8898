import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { build } from 'vite';
import { epochMilliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom, unit } from '../../src/main/base/random.ts';
import { KeptSession } from '../../src/main/service/sessions/kept-session.ts';
import { openSessionFile } from '../../src/main/store/sessions/open-session-file.ts';
import { SessionFile } from '../../src/main/store/sessions/session-file.ts';
import { HOPS, type Told } from './told.ts';

/**
 * `node e2e/crash/crash-test.ts [KILLS]`: a program that records is killed (SIGKILL) at random moments, again and again over
 * the same file. After each kill whatever the keeper had said to be kept must be there, nothing may be there that was not
 * told, and nothing of earlier programs may be missing. Prints how many kills there were and how many samples were lost.
 */

const KILLS = Number(process.argv[2] ?? 200);
/** Children at a time, each with a folder of its own. */
const LANES = 2;
/** Longest life of a child from its first word on. */
const LONGEST_LIFE_MS = 250;
/** So much is compared probe by probe; what is older was compared after earlier kills. */
const COMPARED_ROUNDS = 2_000;
/** The child in one file: read as it is, starting would take most of its life. */
const built = mkdtempSync(join(tmpdir(), 'hopscope-crash-child-'));
const CHILD = join(built, 'recording-child.js');
const random = new SystemRandom();

/** One fate as it is compared: begin of its round, hop limit, round trip or `lost`. */
type Fate = string;

interface Life {
  /** Fates in the order told, and how many of them the keeper had answered for. */
  readonly fates: readonly Fate[];
  readonly kept: number;
  readonly lastAt: number;
}

async function liveAndDie(folder: string, beginAt: number): Promise<Life> {
  const child = spawn(process.execPath, [CHILD, folder, String(beginAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunks.length === 0) setTimeout(() => child.kill('SIGKILL'), LONGEST_LIFE_MS * unit(random));
    chunks.push(chunk);
  });
  const [, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL') throw new Error('The child ended by itself; its reason is above.');
  // The last line may be cut.
  const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
  const fates: Fate[] = [];
  let [kept, at] = [0, beginAt];
  for (const line of lines) {
    const told = JSON.parse(line) as Told;
    if (told[0] === 'round') at = told[1];
    else if (told[0] === 'kept') kept = told[1];
    else fates.push(fateOf(at, told[1], told[0] === 'lost' ? null : told[2]));
  }
  return { fates, kept, lastAt: at };
}

function fateOf(at: number, hopLimit: number, rtt: number | null): Fate {
  return `${at} ${hopLimit} ${rtt ?? 'lost'}`;
}

/** What is in the file, of the rounds from a moment on. */
function readBack(folder: string, from: number): { fates: Set<Fate>; sessions: number; rounds: number } {
  const opened = openSessionFile(folder, new SystemClock().wallNow());
  if (!('database' in opened)) throw new Error(`The file cannot be opened: ${JSON.stringify(opened)}`);
  if (opened.fault !== null) throw new Error(`The file is not as it should be: ${JSON.stringify(opened.fault)}`);
  const file = new SessionFile(opened);
  try {
    const rows = file.sessions.all();
    const fates = new Set<Fate>();
    let rounds = 0;
    for (const row of rows) {
      const { recording } = new KeptSession(file, row);
      rounds += recording.rounds;
      for (let hopLimit = 0; hopLimit <= HOPS; hopLimit += 1) {
        const end = epochMilliseconds((recording.lastAt ?? 0) + 1);
        for (const { at, fate, rtt } of recording.outcomes(hopLimit, epochMilliseconds(from), end, 1e9)) {
          fates.add(fateOf(at, hopLimit, fate === 'answered' ? rtt : null));
        }
      }
    }
    return { fates, sessions: rows.length, rounds };
  } finally {
    file.close();
  }
}

interface Lane {
  kills: number;
  told: number;
  lost: number;
  rounds: number;
}

async function runLane(kills: number): Promise<Lane> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-crash-'));
  const lane: Lane = { kills: 0, told: 0, lost: 0, rounds: 0 };
  const begin = 1_700_000_000_000;
  let at = begin;
  const earlier = new Set<Fate>();
  try {
    while (lane.kills < kills) {
      const life = await liveAndDie(folder, at);
      const from = Math.max(begin, at - COMPARED_ROUNDS * 1_000);
      const { fates, sessions, rounds } = readBack(folder, from);
      const told = new Set(life.fates);
      const missing = life.fates.slice(0, life.kept).filter((fate) => !fates.has(fate));
      if (missing.length > 0) throw new Error(`${missing.length} kept fates are missing, the first: ${missing[0]}`);
      const invented = [...fates].filter((fate) => !told.has(fate) && !earlier.has(fate));
      if (invented.length > 0) throw new Error(`${invented.length} fates were never told, the first: ${invented[0]}`);
      const forgotten = [...earlier].filter((fate) => Number.parseFloat(fate) >= from && !fates.has(fate));
      if (forgotten.length > 0) throw new Error(`${forgotten.length} earlier fates are gone: ${forgotten[0]}`);
      if (sessions > 1) throw new Error(`One session became ${sessions}`);
      for (const fate of life.fates) if (fates.has(fate)) earlier.add(fate);
      lane.kills += 1;
      lane.told += life.fates.length;
      lane.lost += life.fates.filter((fate) => !fates.has(fate)).length;
      lane.rounds = rounds;
      at = life.lastAt + 10_000;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return lane;
}

await build({
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: join(import.meta.dirname, 'recording-child.ts'),
    outDir: built,
    emptyOutDir: false,
    target: 'node24',
  },
});
const started = performance.now();
const lanes = await Promise.all(Array.from({ length: LANES }, () => runLane(Math.ceil(KILLS / LANES))));
const sum = (what: keyof Lane) => lanes.reduce((total, lane) => total + lane[what], 0);
console.log(
  `${sum('kills')} kills in ${((performance.now() - started) / 1_000).toFixed(1)} s: ${sum('told')} samples told in ` +
    `${sum('rounds')} rounds, ${sum('lost')} lost, none of which the store had said to be kept; nothing invented.`,
);
rmSync(built, { recursive: true, force: true });
