/**
 * One echo request to each of 8,192 loopback addresses: ours, fping and npm's net-ping, in turn, several rounds in one
 * run, because the machine's pace changes from minute to minute. Started outside the lab it installs net-ping and then
 * starts itself again inside (the lab's loopback is its own, and there is no registry).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, outputOf } from './contenders.ts';
import { installNetPing, netPingNode } from './install-net-ping.ts';
import { loopbackAddresses } from './loopback-addresses.ts';

const COUNT = Number(process.env['HOPSCOPE_BENCH_ADDRESSES'] ?? 8_192);
const ROUNDS = 5;

interface Outcome {
  readonly answered: number;
  /** Ours and net-ping's: of the loop, without Node's start. fping's: of the whole run. */
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

if (process.env['HOPSCOPE_LAB'] === '1') await compare();
else await enterLab();

async function enterLab(): Promise<void> {
  const lab = join(import.meta.dirname, '../e2e/lab/run-in-lab.ts');
  const env = { ...process.env, HOPSCOPE_BENCH_NET_PING: await installNetPing() };
  const parameters = [lab, process.execPath, ...process.execArgv, import.meta.filename];
  console.log(await outputOf(process.execPath, parameters, { env }));
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-sweep-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const list = join(folder, 'addresses.txt');
  writeFileSync(list, `${loopbackAddresses(COUNT).join('\n')}\n`);
  const programs = contenders(list);
  const outcomes = new Map([...programs.keys()].map((name): [string, Outcome[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of programs) outcomes.get(name)?.push(await run());
  }
  print(outcomes);
}

function contenders(list: string): Map<string, () => Promise<Outcome>> {
  const programs = new Map<string, () => Promise<Outcome>>();
  programs.set('hopscope', () =>
    runNode(process.execPath, [...process.execArgv, script('sweep-probe.ts'), `${COUNT}`]),
  );
  if (isInstalled('fping')) programs.set('fping', () => runFping(list));
  else console.log('fping is not installed: left out.');
  const netPing = process.env['HOPSCOPE_BENCH_NET_PING'] ?? '';
  if (netPing === '') console.log('net-ping could not be installed: left out.');
  else {
    const module = join(netPing, 'node_modules/net-ping/index.js');
    programs.set('net-ping', () => runNode(netPingNode, [script('net-ping-probe.mjs'), list, module]));
  }
  return programs;
}

function script(name: string): string {
  return join(import.meta.dirname, name);
}

async function runNode(node: string, parameters: readonly string[]): Promise<Outcome> {
  const output = await outputOf(node, parameters);
  return JSON.parse(output.slice(output.indexOf('{')));
}

async function runFping(list: string): Promise<Outcome> {
  const output = await outputOf('bash', ['-c', `TIMEFORMAT='times %R %U %S'; time fping -q -s -i 0 -r 0 -f ${list}`]);
  const [real, user, system] = (/times ([\d.]+) ([\d.]+) ([\d.]+)/.exec(output) ?? [])
    .slice(1)
    .map((text) => Number(text) * 1_000);
  const answered = Number(/(\d+) alive/.exec(output)?.[1]);
  return { answered, elapsedMs: real ?? Number.NaN, cpuMs: (user ?? Number.NaN) + (system ?? Number.NaN) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(outcomes: ReadonlyMap<string, readonly Outcome[]>): void {
  const fpingMs = median((outcomes.get('fping') ?? []).map(({ elapsedMs }) => elapsedMs));
  console.log(`${COUNT} addresses of 127.0.0.0/8 once; median of ${ROUNDS} rounds`);
  console.log(
    `${'program'.padEnd(12)}${['answered', 'ms', 'CPU µs/probe', 'time / fping'].map((title) => title.padStart(14)).join('')}`,
  );
  for (const [name, own] of outcomes) {
    const least = Math.min(...own.map(({ answered }) => answered));
    const elapsed = median(own.map(({ elapsedMs }) => elapsedMs));
    const cpu = (median(own.map(({ cpuMs }) => cpuMs)) * 1_000) / COUNT;
    const cells = [`${least}`, elapsed.toFixed(1), cpu.toFixed(2), (elapsed / fpingMs).toFixed(2)];
    console.log(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(14)).join('')}`);
  }
}
