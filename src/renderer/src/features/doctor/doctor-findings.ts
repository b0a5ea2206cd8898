import { type Gap, gapsOn } from '../../../../contract/abilities.ts';
import {
  describeAbility,
  describeTransportTrouble,
  isBesideScenario,
  isEmptyGroupRange,
  timestampWords,
  transportName,
  transportWorks,
  workingFamilies,
} from '../../../../contract/describe-transport.ts';
import type { Explanation } from '../../../../contract/explanation.ts';
import type { DoctorReport, Platform, TransportReport } from '../../../../contract/system.ts';
import { formatCount } from '../../format/count.ts';
import { NO_VALUE } from '../../format/rtt.ts';

/** One way of sending, as a row of the table. */
export interface Way {
  readonly key: string;
  readonly name: string;
  readonly family: 4 | 6;
  readonly tone: 'good' | 'bad' | 'resting';
  readonly label: string;
  /** What keeps it from working; null when it works. */
  readonly trouble: Explanation | null;
  readonly loopback: string;
  readonly times: string;
  readonly errors: string;
  readonly receiveBuffer: string;
}

/** Something known of this machine. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What the report comes to. */
export interface Findings {
  readonly canSend: boolean;
  /** Whether a family cannot be sent over, or none. */
  readonly isWhole: boolean;
  readonly sentence: string;
  readonly ways: readonly Way[];
  /** How the ways were tried. */
  readonly trial: string;
  /** What must be done so that echo requests can be sent over a family that has no way at all; each once. */
  readonly needed: readonly Explanation[];
  /** What would make a further way work of a family that can be sent over already; each once. */
  readonly optional: readonly Explanation[];
  readonly facts: readonly Fact[];
  /** What this system cannot do or tell, whatever is done about it; null in a simulated internet, which has no such bounds. */
  readonly gaps: readonly Gap[] | null;
}

/** The findings of a report. */
export function findingsOf(report: DoctorReport): Findings {
  const { transports, platform } = report;
  const families = workingFamilies(transports);
  const canSend = families.length > 0;
  const isAllSimulated = transports.every(({ transport }) => transport === 'simulated');
  const failing = transports.filter((each) => !transportWorks(each) && !isBesideScenario(each));
  return {
    canSend,
    isWhole: transports.every((each) => families.includes(each.family) || isBesideScenario(each)),
    sentence: describeAbility(transports),
    ways: transports.map((each) => wayOf(each, families.includes(each.family), platform)),
    trial: isAllSimulated
      ? 'Each was opened. A simulated internet has no machine of its own to send to.'
      : 'Each was opened, and where that worked, one echo request was sent to this machine itself.',
    needed: explain(
      failing.filter(({ family }) => !families.includes(family)),
      platform,
    ),
    optional: explain(
      failing.filter(({ family }) => families.includes(family)),
      platform,
    ),
    facts: factsOf(report),
    gaps: isAllSimulated ? null : gapsOn(platform),
  };
}

/** Whether a report says that nothing at all can be sent. One without any way of sending says nothing. */
export function isMute({ transports }: DoctorReport): boolean {
  return transports.length > 0 && workingFamilies(transports).length === 0;
}

/** Why nothing at all can be sent, and what to do; null while something can be, or nothing is known. */
export function muteReason(report: DoctorReport | null): Explanation | null {
  return report !== null && isMute(report) ? (findingsOf(report).needed[0] ?? null) : null;
}

/** The report as text, to be put into a bug report. */
export function reportText(report: DoctorReport): string {
  const { sentence, ways, facts, gaps } = findingsOf(report);
  return [
    sentence,
    '',
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    '',
    ...ways.map((way) =>
      [
        `${way.name}, IPv${way.family}: ${way.label}`,
        ...(way.trouble === null
          ? [
              `loopback ${way.loopback}`,
              `times ${way.times}`,
              `ICMP errors ${way.errors}`,
              `buffer ${way.receiveBuffer}`,
            ]
          : [way.trouble.sentence]),
      ].join('; '),
    ),
    '',
    ...(gaps ?? []).map(
      ({ name, extent, sentence: gap }) => `${name}: ${extent === 'none' ? 'no' : 'in part'}; ${gap}`,
    ),
    ...(gaps === null || gaps.length === 0 ? [] : ['']),
  ].join('\n');
}

function wayOf(report: TransportReport, hasAnother: boolean, platform: Platform): Way {
  const { transport, family, timestampSource, reportsErrors, receiveBufferBytes, loopbackRttMs } = report;
  const trouble = describeTransportTrouble(report, platform);
  return {
    key: `${transport}-${family}`,
    name: firstLetterUpper(transportName(transport)),
    family,
    ...stateOf(report, trouble !== null, hasAnother),
    trouble,
    loopback: loopbackRttMs === null ? NO_VALUE : `${loopbackRttMs.toFixed(3)} ms`,
    times: timestampSource === null ? NO_VALUE : timestampWords(timestampSource),
    errors: reportsErrors === null ? NO_VALUE : reportsErrors ? 'heard' : 'not heard',
    receiveBuffer:
      receiveBufferBytes === null ? NO_VALUE : `${formatCount(Math.round(receiveBufferBytes / 1_024))} KiB`,
  };
}

function stateOf(report: TransportReport, isTroubled: boolean, hasAnother: boolean): Pick<Way, 'tone' | 'label'> {
  const { failure } = report;
  if (!isTroubled) return { tone: 'good', label: 'Works' };
  if (isBesideScenario(report)) return { tone: 'resting', label: 'Not in this scenario' };
  if (hasAnother) return { tone: 'resting', label: 'Not open, not needed' };
  return { tone: 'bad', label: failure === null ? 'Opens, but hears nothing' : 'Does not open' };
}

function explain(reports: readonly TransportReport[], platform: Platform): readonly Explanation[] {
  const known = new Map<string, Explanation>();
  for (const report of reports) {
    const trouble = describeTransportTrouble(report, platform);
    if (trouble !== null) known.set(JSON.stringify([trouble.title, trouble.cure ?? trouble.sentence]), trouble);
  }
  return [...known.values()];
}

function factsOf({
  version,
  platform,
  osRelease,
  nodeVersion,
  isRoot,
  hasNetRaw,
  pingGroupRange,
}: DoctorReport): Fact[] {
  return [
    { label: 'Hopscope', value: version },
    { label: 'System', value: `${SYSTEM_NAMES[platform]} ${osRelease}` },
    { label: 'Node.js', value: nodeVersion },
    { label: platform === 'win32' ? 'Administrator' : 'root', value: isRoot ? 'yes' : 'no' },
    ...(hasNetRaw === null ? [] : [{ label: 'CAP_NET_RAW', value: hasNetRaw ? 'yes' : 'no' }]),
    ...(pingGroupRange === null
      ? []
      : [
          {
            label: 'net.ipv4.ping_group_range',
            value: isEmptyGroupRange(pingGroupRange) ? `${pingGroupRange} (nobody)` : pingGroupRange,
          },
        ]),
  ];
}

const SYSTEM_NAMES: Readonly<Record<Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
  other: 'System',
};

function firstLetterUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
