import { gapsOn } from '../../../contract/abilities.ts';
import type { Client } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { describeSelfTest } from '../../../contract/describe-self-test.ts';
import {
  describeAbility,
  describeTransportTrouble,
  isBesideScenario,
  isEmptyGroupRange,
  timestampWords,
  transportName,
  transportWorks,
  workingFamilies,
} from '../../../contract/describe-transport.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { DoctorReport, TransportReport } from '../../../contract/system.ts';
import { createStyle, type Style } from '../../reports/style.ts';
import { cureLines } from './ping-text.ts';
import { selfTestJson, selfTestText } from './self-test-lines.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export interface RunDoctorDeps {
  readonly client: Client<HopscopeContract>;
  readonly terminal: Terminal;
}

/** Runs `hopscope doctor`: 0 when a way of sending ICMP works and, unless it is to stay local, the self-test gets out; else 1. */
export async function runDoctor(
  { client, terminal }: RunDoctorDeps,
  { isJson, isLocal }: { readonly isJson: boolean; readonly isLocal: boolean },
): Promise<ExitCode> {
  const report = await client.system.doctor({});
  if (!report.ok) {
    terminal.warn(`hopscope doctor: ${escapeControls(describeFailure(report.failure, 'other').sentence)}`);
    return 2;
  }
  const tested = await client.system.selfTest({ beyond: !isLocal });
  if (!tested.ok) {
    terminal.warn(`hopscope doctor: ${escapeControls(describeFailure(tested.failure, 'other').sentence)}`);
    return 2;
  }
  const selfTest = describeSelfTest(tested.value, report.value.platform);
  const lines = isJson
    ? [
        escapeControls(
          JSON.stringify({
            ...report.value,
            transports: report.value.transports.map((each) => withCure(report.value, each)),
            gaps: gapsOf(report.value),
            selfTest: selfTestJson(tested.value, selfTest),
          }),
        ),
      ]
    : [
        ...doctorText(report.value, createStyle(terminal.isColoured)),
        ...selfTestText(selfTest, createStyle(terminal.isColoured)),
      ];
  for (const line of lines) terminal.print(line);
  return report.value.transports.some(transportWorks) && (isLocal || selfTest.tone !== 'bad') ? 0 : 1;
}

/** The report for people: what works, what does not, and at the end each cure once. */
export function doctorText(report: DoctorReport, style: Style): readonly string[] {
  const { transports, platform } = report;
  const heads = transports.map(({ transport, family }) => `${transportName(transport)}, IPv${family}`);
  const width = Math.max(...heads.map((head) => head.length));
  /** Names of the transports by the cure that they share. */
  const cures = new Map<string, Set<string>>();
  for (const each of transports) {
    if (isBesideScenario(each)) continue;
    const trouble = describeTransportTrouble(each, platform);
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
    ...gapLines(report),
    ...[...cures].flatMap(([cure, names]) => ['', `To get ${[...names].join(' and ')} working:`, ...cure.split('\n')]),
  ].map((line) => line.trimEnd());
}

/** What this system cannot do or tell; a simulated internet has no such bounds. */
function gapsOf({ platform, transports }: DoctorReport): ReturnType<typeof gapsOn> {
  return transports.every(({ transport }) => transport === 'simulated') ? [] : gapsOn(platform);
}

function gapLines(report: DoctorReport): readonly string[] {
  const gaps = gapsOf(report);
  if (gaps.length === 0) return [];
  return [
    '',
    'What this system does not do, or only in part:',
    ...gaps.map(({ name, sentence }) => `  ${name}: ${sentence}`),
  ];
}

function verdict(transports: readonly TransportReport[], style: Style): string {
  const sentence = describeAbility(transports);
  return workingFamilies(transports).length === 0 ? style.bad(sentence) : style.good(sentence);
}

function rights({ isRoot, hasNetRaw, pingGroupRange }: DoctorReport): readonly string[] {
  return [
    `root: ${isRoot ? 'yes' : 'no'}`,
    ...(hasNetRaw === null ? [] : [`CAP_NET_RAW: ${hasNetRaw ? 'yes' : 'no'}`]),
    ...(pingGroupRange === null
      ? []
      : [`net.ipv4.ping_group_range: ${pingGroupRange}${isEmptyGroupRange(pingGroupRange) ? ' (nobody)' : ''}`]),
  ];
}

function describeTransport(each: TransportReport, { platform }: DoctorReport, style: Style): string {
  const trouble = describeTransportTrouble(each, platform);
  if (trouble !== null) {
    if (isBesideScenario(each)) return `not in this scenario: ${escapeControls(trouble.sentence)}`;
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

/** The report's entry with its words, so that a script can show them too. */
function withCure({ platform }: DoctorReport, each: TransportReport): object {
  const trouble = describeTransportTrouble(each, platform);
  return { ...each, message: trouble?.sentence ?? null, cure: trouble?.cure ?? null };
}
