/**
 * How far each program's round trips are from the wire's: 300 probes at 10 Hz to the lab's first router, all programs
 * at once, idle, with both cores burning, and with our own JavaScript blocked 200 ms twice a second. The wire's times
 * are the kernel's stamps of a packet capture on the client's interface. Runs inside the lab.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { addresses } from '../e2e/lab/addresses.ts';
import { type CapturedPacket, capture } from '../e2e/lab/capture.ts';
import { type Contender, contendersFor, outputOf } from './contenders.ts';

const PROBES = Number(process.env['HOPSCOPE_BENCH_PROBES'] ?? 300);
const INTERVAL_MS = 100;
/** Cores of the machines this is compared on. */
const BURNERS = 2;

type Condition = 'idle' | 'burning' | 'blocked';

/** Round trips on the wire in ms by order of sending, of the echo requests with this payload. */
function wireRoundTrips(packets: readonly CapturedPacket[], payloadBytes: number): Array<number | null> {
  const sentAt = new Map<number, { index: number; ns: bigint }>();
  const rtts: Array<number | null> = [];
  for (const { bytes, atEpochNs } of packets) {
    const icmp = bytes.subarray(((bytes[0] as number) & 15) * 4, bytes.readUInt16BE(2));
    if (icmp.length !== payloadBytes + 8) continue;
    const key = icmp.readUInt32BE(4);
    const request = sentAt.get(key);
    if (icmp[0] === 8) sentAt.set(key, { index: rtts.push(null) - 1, ns: atEpochNs });
    else if (icmp[0] === 0 && request !== undefined) rtts[request.index] = Number(atEpochNs - request.ns) / 1e6;
  }
  return rtts;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function burn(): ChildProcess {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
}

async function measure(condition: Condition): Promise<void> {
  const contenders = contendersFor(addresses.firstRouter.v4, PROBES, INTERVAL_MS, condition === 'blocked');
  const recording = await capture(null, addresses.client.interfaceName, 'icmp', 'undisturbing');
  const burners = condition === 'burning' ? Array.from({ length: BURNERS }, burn) : [];
  const outputs = await Promise.all(contenders.map(({ command, parameters }) => outputOf(command, parameters)));
  for (const burner of burners) burner.kill('SIGKILL');
  const packets = await recording.stop();
  console.log(`\n${condition}: error against the wire, µs`);
  console.log(
    `${'program'.padEnd(18)}${['replies', 'p50', 'p99', 'worst', 'p50 / ping'].map((title) => title.padStart(11)).join('')}`,
  );
  const errors = new Map(
    contenders.map((contender, index) => [contender.name, errorsOf(contender, outputs[index] ?? '', packets)]),
  );
  const pingMedian = quantile(errors.get('ping') ?? [], 0.5);
  for (const [name, sorted] of errors) {
    const median = quantile(sorted, 0.5);
    const cells = [sorted.length, median, quantile(sorted, 0.99), quantile(sorted, 1), median / pingMedian];
    const text = cells.map((cell, column) => cell.toFixed(column === 0 ? 0 : column === 4 ? 2 : 1).padStart(11));
    console.log(`${name.padEnd(18)}${text.join('')}`);
  }
}

/** Absolute errors in µs, smallest first, of the probes that both the program and the wire saw answered. */
function errorsOf(contender: Contender, output: string, packets: readonly CapturedPacket[]): number[] {
  const wire = wireRoundTrips(packets, contender.payloadBytes);
  const errors: number[] = [];
  for (const [index, reported] of contender.read(output).entries()) {
    const truth = wire[index] ?? null;
    if (reported !== null && truth !== null) errors.push(Math.abs(reported - truth) * 1_000);
  }
  return errors.sort((a, b) => a - b);
}

for (const condition of ['idle', 'burning', 'blocked'] as const) await measure(condition);
