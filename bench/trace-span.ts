/**
 * How long a trace takes on the wire: from the first request to the last answer, by the kernel's stamps of a packet
 * capture on the client's interface, over the lab's chain of ten routers whose first link takes 20 ms there and back.
 * Ours beside a C program that sends every hop limit at once (`all-hops.c`), `traceroute -I` and `mtr -c 1`, with all
 * routers answering and with a silent one. Runs inside the lab, as root.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHAIN_LENGTH, chainAddresses } from '../e2e/lab/addresses.ts';
import { type CapturedPacket, capture } from '../e2e/lab/capture.ts';
import { chainPlace, makeChain } from '../e2e/lab/chain.ts';
import { compiledProgram } from '../e2e/lab/compiled-program.ts';
import { withFirewall } from '../e2e/lab/lab.ts';

const ROUNDS = Number(process.env['HOPSCOPE_BENCH_ROUNDS'] ?? 9);
/** mtr takes six seconds for one round. */
const SLOW_ROUNDS = Math.min(ROUNDS, 3);
const LINK_ROUND_TRIP_MS = 20;
/** What all of them search; nothing answers beyond the target, which answers every one of these. */
const MAX_HOPS = 30;
const SILENT_HOP = 5;
const SILENCE = 'chain output { type filter hook output priority 0; icmp type time-exceeded drop; }';

const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;
const TIME_EXCEEDED = 11;

const { client, target } = chainAddresses;

interface Contender {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
  readonly rounds: number;
}

const probe = (choice: string): readonly string[] => [
  ...process.execArgv,
  join(import.meta.dirname, 'trace-probe.ts'),
  target.v4,
  String(MAX_HOPS),
  choice,
];

const candidates: readonly Contender[] = [
  {
    name: 'C, all at once',
    command: compiledProgram(join(import.meta.dirname, 'all-hops.c')),
    parameters: [target.v4, String(MAX_HOPS)],
    rounds: ROUNDS,
  },
  { name: 'hopscope, raw', command: process.execPath, parameters: probe('privileged'), rounds: ROUNDS },
  { name: 'hopscope, dgram', command: process.execPath, parameters: probe('unprivileged'), rounds: ROUNDS },
  {
    name: 'traceroute -I',
    command: 'traceroute',
    parameters: ['-I', '-n', target.v4],
    rounds: SLOW_ROUNDS,
  },
  { name: 'mtr -c 1', command: 'mtr', parameters: ['-n', '-r', '-c', '1', target.v4], rounds: SLOW_ROUNDS },
];

function isInstalled({ name, command }: Contender): boolean {
  if (spawnSync('which', [command]).status === 0) return true;
  console.log(`${name} is not installed: not compared.`);
  return false;
}

interface Span {
  readonly ms: number;
  /** From the program's start to its end. */
  readonly runMs: number;
  /** Hops that answered, of the routers and the target. */
  readonly hops: number;
}

/** From the first request to the last answer, and how many hops were seen. */
function spanOf(packets: readonly CapturedPacket[], runMs: number): Span {
  let first: bigint | null = null;
  let last: bigint | null = null;
  const responders = new Set<string>();
  for (const { bytes, atEpochNs } of packets) {
    const type = bytes[((bytes[0] as number) & 15) * 4];
    if (type === ECHO_REQUEST) first ??= atEpochNs;
    if (type !== ECHO_REPLY && type !== TIME_EXCEEDED) continue;
    last = atEpochNs;
    responders.add(bytes.subarray(12, 16).join('.'));
  }
  if (first === null || last === null) throw new Error('The capture has no answered request.');
  return { ms: Number(last - first) / 1e6, runMs, hops: responders.size };
}

async function measure({ name, command, parameters }: Contender): Promise<Span> {
  await using link = await capture(null, client.interfaceName, 'icmp');
  const startedAt = performance.now();
  const done = spawnSync(command, parameters, { encoding: 'utf8' });
  const runMs = performance.now() - startedAt;
  if (done.status !== 0) throw new Error(`${name} ended with ${done.status}: ${done.stderr}`);
  return spanOf(await link.stop(), runMs);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function compare(condition: string, contenders: readonly Contender[]): Promise<void> {
  const spans = new Map(contenders.map(({ name }): [string, Span[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of contenders) {
      if (round < contender.rounds) spans.get(contender.name)?.push(await measure(contender));
    }
  }
  console.log(`\n${condition}: span on the wire, ms`);
  const titles = ['rounds', 'hops', 'median', 'worst', 'median / C', 'whole run'];
  console.log(`${'program'.padEnd(18)}${titles.map((title) => title.padStart(12)).join('')}`);
  const yardstick = median(spans.get(candidates[0]?.name ?? '')?.map(({ ms }) => ms) ?? []);
  for (const [name, own] of spans) {
    const ms = own.map((span) => span.ms);
    const hops = Math.min(...own.map((span) => span.hops));
    const times = [median(ms), Math.max(...ms)].map((time) => time.toFixed(2));
    const run = median(own.map((span) => span.runMs)).toFixed(0);
    const cells = [own.length, hops, ...times, (median(ms) / yardstick).toFixed(3), run];
    console.log(`${name.padEnd(18)}${cells.map((cell) => String(cell).padStart(12)).join('')}`);
  }
}

using _link = await makeChain(LINK_ROUND_TRIP_MS);
// Every neighbour on the way is known after this; the first packet to each would wait for its link-layer address.
spawnSync('ping', ['-n', '-c', '2', '-i', '0.2', target.v4]);
const contenders = candidates.filter(isInstalled);
await compare(`all ${CHAIN_LENGTH} routers answer`, contenders);
await withFirewall(chainPlace(SILENT_HOP), SILENCE, () => compare('one silent router', contenders));
