/**
 * One echo request to each of 8,192 loopback addresses, then of 65,535 (fping's list ends there): ours, fping and npm's net-ping, in turn, several rounds in one
 * run, because the machine's pace changes from minute to minute. Started outside the lab it installs net-ping and then
 * starts itself again inside (the lab's loopback is its own, and there is no registry).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProbe } from './built-probe.ts';
import { isInstalled, outputOf } from './contenders.ts';
import { installNetPing, netPingNode } from './install-net-ping.ts';
import { loopbackAddresses } from './loopback-addresses.ts';
import { median, type Outcome, runNode, runTimed } from './timed-run.ts';

const COUNTS = [8_192, 65_535];
const ROUNDS = 5;

if (process.env['HOPSCOPE_LAB'] === '1') {
  const probe = await builtProbe('sweep-probe.ts');
  for (const count of COUNTS) await compare(count, probe);
} else {
  await enterLab();
}

async function enterLab(): Promise<void> {
  const lab = join(import.meta.dirname, '../e2e/lab/run-in-lab.ts');
  const env = { ...process.env, HOPSCOPE_BENCH_NET_PING: await installNetPing() };
  const parameters = [lab, process.execPath, ...process.execArgv, import.meta.filename];
  console.log(await outputOf(process.execPath, parameters, { env }));
}

async function compare(count: number, probe: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-sweep-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const list = join(folder, 'addresses.txt');
  writeFileSync(list, `${loopbackAddresses(count).join('\n')}\n`);
  const programs = contenders(list, count, probe);
  const outcomes = new Map([...programs.keys()].map((name): [string, Outcome[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of programs) outcomes.get(name)?.push(await run());
  }
  print(outcomes, count);
}

function contenders(list: string, count: number, probe: string): Map<string, () => Promise<Outcome>> {
  const programs = new Map<string, () => Promise<Outcome>>();
  programs.set('hopscope', () => runNode(process.execPath, [...process.execArgv, probe, `${count}`]));
  if (isInstalled('fping')) programs.set('fping', () => runFping(list));
  else console.log('fping is not installed: left out.');
  const netPing = process.env['HOPSCOPE_BENCH_NET_PING'] ?? '';
  if (netPing === '') console.log('net-ping could not be installed: left out.');
  else {
    const module = join(netPing, 'node_modules/net-ping/index.js');
    const script = join(import.meta.dirname, 'net-ping-probe.mjs');
    programs.set('net-ping', () => runNode(netPingNode, [script, list, module]));
  }
  return programs;
}

async function runFping(list: string): Promise<Outcome> {
  const { output, elapsedMs, cpuMs } = await runTimed(`fping -q -s -i 0 -r 0 -f ${list}`);
  return { answered: Number(/(\d+) alive/.exec(output)?.[1]), elapsedMs, cpuMs };
}

function print(outcomes: ReadonlyMap<string, readonly Outcome[]>, count: number): void {
  const fpingMs = median((outcomes.get('fping') ?? []).map(({ elapsedMs }) => elapsedMs));
  console.log(`${count.toLocaleString('en')} addresses of 127.0.0.0/8 once; median of ${ROUNDS} rounds`);
  console.log(
    `${'program'.padEnd(12)}${['answered', 'ms', 'CPU µs/probe', 'time / fping'].map((title) => title.padStart(14)).join('')}`,
  );
  for (const [name, own] of outcomes) {
    const least = Math.min(...own.map(({ answered }) => answered));
    const elapsed = median(own.map(({ elapsedMs }) => elapsedMs));
    const cpu = (median(own.map(({ cpuMs }) => cpuMs)) * 1_000) / count;
    const cells = [`${least}`, elapsed.toFixed(1), cpu.toFixed(2), (elapsed / fpingMs).toFixed(2)];
    console.log(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(14)).join('')}`);
  }
}
