import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A program that measures round trips, and how to read what it says. */
export interface Contender {
  readonly name: string;
  /** Bytes after the ICMP header. Each contender has its own number, by which the capture tells them apart. */
  readonly payloadBytes: number;
  readonly command: string;
  readonly parameters: readonly string[];
  /** Round trips in ms, in order of sending; null where there was no reply. */
  read(output: string): Array<number | null>;
}

/** Bytes of IPv4 and ICMP header, which mtr counts into its packet size. */
const HEADERS_BYTES = 28;

/** The contenders that are installed here; the others are named so that nobody takes their absence for a win. */
export function contendersFor(destination: string, count: number, intervalMs: number, isBlocked: boolean): Contender[] {
  const ours = (name: string, payloadBytes: number, script: string, ...mode: readonly string[]): Contender => ({
    name,
    payloadBytes,
    command: process.execPath,
    parameters: [
      ...process.execArgv,
      join(import.meta.dirname, script),
      destination,
      `${payloadBytes}`,
      `${count}`,
      `${intervalMs}`,
      ...mode,
      isBlocked ? 'blocked' : 'free',
    ],
    read: (output) => JSON.parse(output),
  });
  const seconds = `${intervalMs / 1_000}`;
  const rivals: Contender[] = [
    {
      name: 'ping',
      payloadBytes: 58,
      command: 'ping',
      parameters: ['-n', '-c', `${count}`, '-i', seconds, '-s', '58', destination],
      read: (output) => bySequence(output, /icmp_seq=(\d+) .*time=([\d.]+) ms/g, count, 1, 1),
    },
    {
      name: 'fping',
      payloadBytes: 59,
      command: 'fping',
      parameters: ['-q', '-C', `${count}`, '-p', `${intervalMs}`, '-b', '59', destination],
      read: (output) =>
        (output.split(' : ')[1] ?? '')
          .trim()
          .split(/\s+/)
          .map((text) => (text === '-' ? null : Number(text))),
    },
    {
      name: 'mtr',
      payloadBytes: 60,
      command: 'mtr',
      parameters: ['--raw', '-n', '-c', `${count}`, '-i', seconds, '-s', `${60 + HEADERS_BYTES}`, destination],
      read: (output) => [...output.matchAll(/^p 0 (\d+)/gm)].map((line) => Number(line[1]) / 1_000),
    },
  ];
  return [
    ours('hopscope', 56, 'accuracy-probe.ts', 'all'),
    ours('hopscope lone', 57, 'accuracy-probe.ts', 'lone'),
    ours('hopscope/icmp', 61, 'accuracy-library-probe.ts'),
    ...rivals.filter(({ command }) => isInstalled(command)),
  ];
}

export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

function bySequence(
  output: string,
  pattern: RegExp,
  count: number,
  first: number,
  scale: number,
): Array<number | null> {
  const rtts = new Array<number | null>(count).fill(null);
  for (const [, sequence, time] of output.matchAll(pattern)) rtts[Number(sequence) - first] = Number(time) * scale;
  return rtts;
}

/** Runs a command and gives all it printed on both streams. */
export function outputOf(command: string, parameters: readonly string[], options: SpawnOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
