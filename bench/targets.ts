/**
 * A thousand loopback addresses, one echo request a second each, for 20 seconds: ours and fping, in turn, three rounds in
 * one run, because the machine's pace changes from minute to minute. Runs inside the lab, whose loopback is its own.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProbe } from './built-probe.ts';
import { isInstalled } from './contenders.ts';
import { loopbackAddresses } from './loopback-addresses.ts';
import { median, type Outcome, runNode, runTimed } from './timed-run.ts';

const TARGETS = 1_000;
const SECONDS = 20;
const ROUNDS = Number(process.env['HOPSCOPE_BENCH_ROUNDS'] ?? 3);

const folder = mkdtempSync(join(tmpdir(), 'hopscope-targets-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const list = join(folder, 'addresses.txt');
writeFileSync(list, `${loopbackAddresses(TARGETS).join('\n')}\n`);

interface Course extends Outcome {
  /** CPU of the next 20 seconds, of ours. */
  readonly laterCpuMs?: number;
}

const probe = await builtProbe('targets-probe.ts');
const outcomes = new Map<string, Course[]>();
for (let round = 0; round < ROUNDS; round++) {
  note('hopscope', await runOurs());
  if (isInstalled('fping')) note('fping', await runFping());
}
print();

function note(name: string, course: Course): void {
  outcomes.set(name, [...(outcomes.get(name) ?? []), course]);
}

async function runOurs(): Promise<Course> {
  return await runNode(process.execPath, [...process.execArgv, probe, `${TARGETS}`, `${SECONDS}`]);
}

async function runFping(): Promise<Outcome> {
  const { output, elapsedMs, cpuMs } = await runTimed(`fping -q -c ${SECONDS} -p 1000 -i 1 -f ${list}`);
  const received = [...output.matchAll(/xmt\/rcv\/%loss = \d+\/(\d+)\//g)].map(([, count]) => Number(count));
  return { answered: received.reduce((sum, count) => sum + count, 0), elapsedMs, cpuMs };
}

function print(): void {
  const probes = TARGETS * SECONDS;
  const perThousand = (cpuMs: number) => (cpuMs * 1_000) / probes;
  const fping = median((outcomes.get('fping') ?? []).map(({ cpuMs }) => cpuMs));
  console.log(`${TARGETS} targets at 1 Hz for ${SECONDS} s, ${probes} probes; median of ${ROUNDS} rounds`);
  if (!isInstalled('fping')) console.log('fping is not installed: left out.');
  const titles = ['answered', 'CPU ms/1,000', '/ fping', `next ${SECONDS} s`, '/ fping'];
  console.log(`${'program'.padEnd(12)}${titles.map((title) => title.padStart(14)).join('')}`);
  for (const [name, own] of outcomes) {
    const cpu = median(own.map(({ cpuMs }) => cpuMs));
    const later = own.flatMap(({ laterCpuMs = null }) => (laterCpuMs === null ? [] : [laterCpuMs]));
    const sent = later.length === 0 ? probes : 2 * probes;
    const lost = sent - Math.min(...own.map(({ answered }) => answered));
    const cells = [lost === 0 ? 'all' : `all but ${lost}`, perThousand(cpu).toFixed(1), (cpu / fping).toFixed(2)];
    if (later.length > 0) cells.push(perThousand(median(later)).toFixed(1), (median(later) / fping).toFixed(2));
    console.log(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(14)).join('')}`);
  }
}
