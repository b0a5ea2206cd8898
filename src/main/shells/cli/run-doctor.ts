import type { Client } from '../../../contract/client.ts';
import { describeDeafTransport, describeFailure } from '../../../contract/describe-failure.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { DoctorReport, Platform, TransportReport } from '../../../contract/system.ts';
import { escapeControls } from './escape-controls.ts';
import { cureLines } from './ping-text.ts';
import { createStyle, type Style } from './style.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export interface RunDoctorDeps {
  readonly client: Client<HopscopeContract>;
  readonly terminal: Terminal;
}

/** Runs `hopscope doctor`: 0 when at least one way of sending ICMP works, 1 when none does. */
export async function runDoctor({ client, terminal }: RunDoctorDeps, isJson: boolean): Promise<ExitCode> {
  const report = await client.system.doctor({});
  if (!report.ok) {
    terminal.warn(`hopscope doctor: ${escapeControls(describeFailure(report.failure, 'other').sentence)}`);
    return 2;
  }
  const lines = isJson
    ? [
        escapeControls(
          JSON.stringify({
            ...report.value,
            transports: report.value.transports.map((each) => withCure(report.value, each)),
          }),
        ),
      ]
    : doctorText(report.value, createStyle(terminal.isColoured));
  for (const line of lines) terminal.print(line);
  return report.value.transports.some(works) ? 0 : 1;
}

/** The report for people: what works, what does not, and at the end each cure once. */
export function doctorText(report: DoctorReport, style: Style): readonly string[] {
  const { transports, platform } = report;
  const heads = transports.map(({ transport, family }) => `${transportName(transport)}, IPv${family}`);
  const width = Math.max(...heads.map((head) => head.length));
  /** Names of the transports by the cure that they share. */
  const cures = new Map<string, Set<string>>();
  for (const each of transports) {
    const trouble = describeTrouble(each, platform);
    const cure = trouble === null ? '' : cureLines(trouble).join('\n');
    if (cure !== '') cures.set(cure, (cures.get(cure) ?? new Set()).add(transportName(each.transport)));
  }
  return [
    style.strong(`Hopscope ${report.version} on ${platform} ${report.osRelease}, Node.js ${report.nodeVersion}`),
    verdict(transports, style),
    '',
    ...rights(report).map((line) => `  ${line}`),
    '',
    ...transports.map(
      (each, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${describeTransport(each, report, style)}`,
    ),
    ...[...cures].flatMap(([cure, names]) => ['', `To get ${[...names].join(' and ')} working:`, ...cure.split('\n')]),
  ].map((line) => line.trimEnd());
}

function works({ failure, loopbackRttMs }: TransportReport): boolean {
  return failure === null && loopbackRttMs !== null;
}

function verdict(transports: readonly TransportReport[], style: Style): string {
  const families = [4, 6].filter((family) => transports.some((each) => works(each) && each.family === family));
  if (families.length === 0) return style.bad('Echo requests cannot be sent from here.');
  const words = families.map((family) => `IPv${family}`).join(' and ');
  return style.good(`Echo requests can be sent over ${words}.`);
}

function rights({ isRoot, hasNetRaw, pingGroupRange }: DoctorReport): readonly string[] {
  return [
    `root: ${isRoot ? 'yes' : 'no'}`,
    ...(hasNetRaw === null ? [] : [`CAP_NET_RAW: ${hasNetRaw ? 'yes' : 'no'}`]),
    ...(pingGroupRange === null
      ? []
      : [`net.ipv4.ping_group_range: ${pingGroupRange}${isEmptyRange(pingGroupRange) ? ' (nobody)' : ''}`]),
  ];
}

/** `1 0`, the kernel's own setting: no group at all (icmp(7)). */
function isEmptyRange(range: string): boolean {
  const [first = 0, last = 0] = range.split(/\s+/).map(Number);
  return first > last;
}

/** What keeps a way of sending from working; null when it works. */
function describeTrouble(each: TransportReport, platform: Platform): Explanation | null {
  if (each.failure !== null) return describeFailure(each.failure, platform);
  return works(each) ? null : describeDeafTransport(each.family, platform);
}

function describeTransport(each: TransportReport, { platform }: DoctorReport, style: Style): string {
  const trouble = describeTrouble(each, platform);
  if (trouble !== null) {
    const head = each.failure === null ? 'opens, but does not work' : 'does not open';
    return `${style.bad(head)}: ${escapeControls(trouble.sentence)}`;
  }
  const details = [
    ...(each.timestampSource === null ? [] : [`${timestampWords(each.timestampSource)} times`]),
    each.reportsErrors === true ? 'hears ICMP errors' : 'does not hear ICMP errors',
    ...(each.receiveBufferBytes === null
      ? []
      : [`receive buffer ${Math.round(each.receiveBufferBytes / 1_024).toLocaleString('en')} KiB`]),
    ...(each.loopbackRttMs === null ? [] : [`loopback ${each.loopbackRttMs.toFixed(3)} ms`]),
  ].join(', ');
  return `${style.good('works')}: ${details}`;
}

function transportName(transport: TransportReport['transport']): string {
  switch (transport) {
    case 'dgram':
      return 'unprivileged (ICMP datagram socket)';
    case 'raw':
      return 'privileged (raw socket)';
    case 'echo-api':
      return 'Windows echo interface';
  }
}

function timestampWords(source: NonNullable<TransportReport['timestampSource']>): string {
  switch (source) {
    case 'kernel-transmit':
      return "the kernel's send and receive";
    case 'kernel':
      return "the kernel's receive";
    case 'user':
      return "the program's own";
    case 'milliseconds':
      return 'whole-millisecond';
  }
}

/** The report's entry with its words, so that a script can show them too. */
function withCure({ platform }: DoctorReport, each: TransportReport): object {
  const trouble = describeTrouble(each, platform);
  return { ...each, message: trouble?.sentence ?? null, cure: trouble?.cure ?? null };
}
