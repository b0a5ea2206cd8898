import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Place } from './addresses.ts';

/** One packet as it passed an interface. */
export interface CapturedPacket {
  /** When the interface saw it: nanoseconds since 1970, the kernel's own stamp. */
  readonly atEpochNs: bigint;
  /** The IP packet, without the Ethernet header. */
  readonly bytes: Buffer;
}

/** A running capture; `stop` ends it and gives every packet, oldest first. */
export interface Capture extends AsyncDisposable {
  stop(): Promise<readonly CapturedPacket[]>;
}

/** libpcap's file header and record header, written in this machine's byte order. */
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
/** The magic number that says the fractions are nanoseconds. */
const NANOSECOND_MAGIC = 0xa1b23c4d;
/** LINKTYPE_ETHERNET; every link of the lab, loopback included, is one. */
const ETHERNET = 1;
const ETHERNET_HEADER_BYTES = 14;

/** Reads a packet capture file (pcap, nanoseconds, little-endian, Ethernet). A packet that was cut off at the end is left out. */
export function readPackets(file: Buffer): CapturedPacket[] {
  if (file.length < FILE_HEADER_BYTES) throw new RangeError('The capture is shorter than its own header.');
  if (file.readUInt32LE(0) !== NANOSECOND_MAGIC) throw new RangeError('The capture has no nanosecond times.');
  if (file.readUInt32LE(20) !== ETHERNET) throw new RangeError('The capture is not of an Ethernet link.');
  const packets: CapturedPacket[] = [];
  let offset = FILE_HEADER_BYTES;
  while (offset + RECORD_HEADER_BYTES <= file.length) {
    const start = offset + RECORD_HEADER_BYTES;
    const end = start + file.readUInt32LE(offset + 8);
    if (end > file.length) break;
    packets.push({
      atEpochNs: BigInt(file.readUInt32LE(offset)) * 1_000_000_000n + BigInt(file.readUInt32LE(offset + 4)),
      bytes: file.subarray(start + ETHERNET_HEADER_BYTES, end),
    });
    offset = end;
  }
  return packets;
}

/** What a recorder says when it listens, and on SIGUSR1 when it has read everything that was waiting. */
const LISTENING = /listening on/;
const READ_ALL = /(\d+) packets captured, (\d+) packets dropped by kernel/;
/** How long the kernel may keep packets of a recorder that it does not wake for each; tcpdump's own limit is 1 s. */
const GATHERING_MS = 1_500;

/** A process that writes packets to its standard output, and what it says meanwhile. */
class Recorder {
  readonly #process: ChildProcess;
  readonly #chunks: Buffer[] = [];
  readonly #closed: Promise<unknown>;
  #said = '';
  #hasEnded = false;

  constructor(place: Place | null, words: readonly string[], input = '') {
    const [command = '', ...parameters] = [...(place === null ? [] : ['ip', 'netns', 'exec', place]), ...words];
    this.#process = spawn(command, parameters, { stdio: 'pipe' });
    this.#process.stdin?.end(input);
    this.#closed = once(this.#process, 'close').finally(() => {
      this.#hasEnded = true;
    });
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
  }

  /** Waits until the recorder has said something of this form, and forgets it. */
  async hear(form: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = form.exec(this.#said);
      if (found !== null) {
        this.#said = this.#said.slice(found.index + found[0].length);
        return found;
      }
      if (this.#hasEnded) throw new Error(`The capture ended: ${this.#said.trim()}`);
      await Promise.race([once(this.#process.stderr as NodeJS.EventEmitter, 'data'), this.#closed]);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async end(signal: 'SIGINT' | 'SIGKILL'): Promise<Buffer> {
    this.signal(signal);
    await this.#closed;
    return Buffer.concat(this.#chunks);
  }
}

async function started(recorder: Recorder, readEverything: () => Promise<void>): Promise<Capture> {
  await recorder.hear(LISTENING);
  return {
    stop: async () => {
      await readEverything();
      return readPackets(await recorder.end('SIGINT'));
    },
    [Symbol.asyncDispose]: async () => {
      await recorder.end('SIGKILL');
    },
  };
}

/** What a command says; throws with its own words when it fails. */
function saidBy(command: string, parameters: readonly string[]): string {
  const done = spawnSync(command, parameters, { encoding: 'utf8' });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} ${parameters.join(' ')}: ${done.stderr.trim()}`);
  return done.stdout;
}

/**
 * Path of Python itself: what stands in the path may be a version manager's script, which takes most of a second to
 * find it each time. Found once for all processes that this one starts.
 */
export function findPython(): string {
  process.env.HOPSCOPE_LAB_PYTHON ??= saidBy('python3', ['-c', 'import sys; print(sys.executable)']).trim();
  return process.env.HOPSCOPE_LAB_PYTHON;
}

const compiledFilters = new Map<string, string>();

function compiledFilter(filter: string): string {
  const compiled = compiledFilters.get(filter) ?? saidBy('tcpdump', ['-ddd', '-y', 'EN10MB', filter]);
  compiledFilters.set(filter, compiled);
  return compiled;
}

/** Every packet is read as it comes, so that none is missing at the end. */
function captureAtOnce(place: Place | null, interfaceName: string, filter: string): Promise<Capture> {
  const script = join(import.meta.dirname, 'capture-packets.py');
  // Without the packages of this machine: it needs none, and looking for them takes time.
  const recorder = new Recorder(place, [findPython(), '-IS', script, interfaceName], compiledFilter(filter));
  return started(recorder, async () => {
    recorder.signal('SIGUSR1');
    const [, , dropped] = await recorder.hear(READ_ALL);
    if (Number(dropped) > 0) throw new Error(`The capture is incomplete: the kernel dropped ${dropped} packets.`);
  });
}

/** The packets gather in the kernel, and nobody is woken for them. tcpdump does not start in a user namespace. */
function captureUndisturbed(place: Place | null, interfaceName: string, filter: string): Promise<Capture> {
  const words = ['tcpdump', '-i', interfaceName, '-w', '-', '-U', '-n', '-B', '16384'];
  // Root's own user: Debian's tcpdump would change to another.
  const recorder = new Recorder(place, [...words, '--time-stamp-precision', 'nano', '-Z', 'root', filter]);
  return started(recorder, () => setTimeout(GATHERING_MS));
}

/**
 * Records the packets of an interface from now on, in a place or (null) in the client; `stop` gives every packet that
 * passed before it.
 *
 * @param filter in pcap's language, for example `icmp or icmp6`.
 * @param mode `at-once` reads each packet as it comes, which costs that packet microseconds on its way. `undisturbing`
 * avoids that, takes a second and a half to stop, and needs real root: for measuring times.
 */
export function capture(
  place: Place | null,
  interfaceName: string,
  filter: string,
  mode: 'at-once' | 'undisturbing' = 'at-once',
): Promise<Capture> {
  return mode === 'at-once'
    ? captureAtOnce(place, interfaceName, filter)
    : captureUndisturbed(place, interfaceName, filter);
}
