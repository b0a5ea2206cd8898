import { describeDeafTransport, describeFailure, describeSendFailure } from './describe-failure.ts';
import { describeIcmpError } from './describe-icmp-error.ts';
import { cureWithCommand, listNeighbours, listRoutes } from './diagnostic-commands.ts';
import type { Cure } from './explanation.ts';
import type { SelfTestLayer, SelfTestOutcome, SelfTestReport, SelfTestResult } from './self-test.ts';
import type { Platform } from './system.ts';

/** Words for each layer of the self-test, and for where it first fails. */

export interface DescribedLayer {
  readonly layer: SelfTestLayer;
  readonly family: 4 | 6;
  /** `resting`: nothing wrong, nothing to see. */
  readonly tone: 'good' | 'trouble' | 'bad' | 'resting';
  /** In a word or two. */
  readonly label: string;
  readonly sentence: string;
  readonly cure: Cure | null;
}

export interface DescribedSelfTest {
  /** Which layer fails first, or that none does. */
  readonly sentence: string;
  readonly tone: 'good' | 'trouble' | 'bad';
  readonly layers: readonly DescribedLayer[];
}

const LAYERS: readonly SelfTestLayer[] = ['loopback', 'gateway', 'beyond'];

export function layerName(layer: SelfTestLayer): string {
  switch (layer) {
    case 'loopback':
      return 'This machine';
    case 'gateway':
      return 'Default gateway';
    case 'beyond':
      return 'One hop beyond';
  }
}

export function describeSelfTest(report: SelfTestReport, platform: Platform): DescribedSelfTest {
  const layers = report.results.map((result) => describeLayer(result, report, platform));
  const failing = LAYERS.flatMap((layer) => layers.filter((one) => one.layer === layer && one.tone === 'bad'));
  const whole = ([4, 6] as const).filter((family) => reaches(report, family));
  const [first] = failing;
  if (first === undefined) {
    const isTroubled = layers.some(({ tone }) => tone === 'trouble');
    const sentence =
      whole.length > 0
        ? `Traffic leaves this network over ${families(whole)}.`
        : 'No layer that was tried fails over both families.';
    return { sentence, tone: isTroubled ? 'trouble' : 'good', layers };
  }
  const where = `The first layer that fails is ${inSentence(first.layer)} over IPv${first.family}: ${lowerFirst(first.label)}.`;
  if (whole.length === 0) return { sentence: where, tone: 'bad', layers };
  return { sentence: `Traffic leaves this network over ${families(whole)}. ${where}`, tone: 'trouble', layers };
}

function describeLayer(result: SelfTestResult, report: SelfTestReport, platform: Platform): DescribedLayer {
  const { layer, family } = result;
  return { layer, family, ...words(result, result.outcome, report, platform) };
}

type Words = Omit<DescribedLayer, 'layer' | 'family'>;

function words(result: SelfTestResult, outcome: SelfTestOutcome, report: SelfTestReport, platform: Platform): Words {
  const { layer, family, destination } = result;
  switch (outcome.kind) {
    case 'answered':
      return {
        tone: outcome.received < outcome.sent ? 'trouble' : 'good',
        label: outcome.received < outcome.sent ? 'Loses probes' : 'Answers',
        sentence: answerWords(result, outcome),
        cure: null,
      };
    case 'silent':
      return silenceWords(result, outcome.sent, report, platform);
    case 'icmp-error':
      return toWords(describeIcmpError({ ...outcome, family }), 'bad');
    case 'send-failed':
      return toWords(describeSendFailure(outcome.reason, outcome.osCode, family, platform), 'bad');
    case 'not-open': {
      const isOther = isOtherWhole(report, family);
      const told = describeFailure(outcome.failure, platform);
      const { code } = outcome.failure;
      // A family that was switched off, or that the scenario does without, is missed by nobody who has the other.
      if (code === 'family-not-simulated' || (isOther && code === 'family-not-supported')) {
        return toWords({ ...told, cure: null }, 'resting');
      }
      return toWords(told, isOther ? 'trouble' : 'bad');
    }
    case 'no-route':
      return noRouteWords(outcome.hasAddress, report, family, platform);
    case 'no-gateway':
      return {
        tone: 'resting',
        label: 'No gateway needed',
        sentence: `The default route leads straight into ${outcome.interfaceName} (a VPN or a modem, say), so there is no gateway to ask.`,
        cure: null,
      };
    case 'unknown':
      return {
        tone: 'resting',
        label: 'Not known',
        sentence: 'Hopscope cannot read the routes of this system, so it does not know the gateway.',
        cure: null,
      };
    case 'not-tried':
      return {
        tone: 'resting',
        label: 'Not tried',
        sentence:
          layer === 'beyond' && destination !== null
            ? `Nothing was sent towards ${destination}.`
            : 'What comes before it does not work.',
        cure: null,
      };
  }
}

function answerWords(
  { layer, destination }: SelfTestResult,
  outcome: Extract<SelfTestOutcome, { kind: 'answered' }>,
): string {
  const { responder, bestMs, sent, received, hopLimit } = outcome;
  const counts = `${received} of ${sent} probes came back, the quickest after ${formatMs(bestMs)} ms.`;
  if (layer !== 'beyond') return `${responder} answers: ${counts}`;
  const silent = hopLimit > 2 ? ` Hops nearer than that do not answer.` : '';
  return `Hop ${hopLimit} towards ${destination ?? responder} is ${responder}: ${counts}${silent}`;
}

function silenceWords(
  { layer, family, destination }: SelfTestResult,
  sent: number,
  report: SelfTestReport,
  platform: Platform,
): Words {
  const who = destination ?? 'It';
  switch (layer) {
    case 'loopback': {
      return toWords(describeDeafTransport(family, platform), 'bad');
    }
    case 'gateway':
      if (isAnswered(report, 'beyond', family)) {
        return {
          tone: 'resting',
          label: 'Silent, but passes traffic',
          sentence: `${who} answers none of ${sent} pings, but passes traffic on: it is set not to answer, which is nothing to worry about.`,
          cure: null,
        };
      }
      return {
        tone: isOtherWhole(report, family) ? 'trouble' : 'bad',
        label: 'Gateway does not answer',
        sentence: `${who} answered none of ${sent} probes, and ${
          isTried(report, family)
            ? 'nothing beyond it answers either'
            : 'whether it passes traffic on all the same was not tried'
        }.`,
        cure: cureWithCommand(
          'Check the cable or the Wi-Fi connection, then start the router again.',
          'This shows whether the gateway is seen at all on the local network:',
          listNeighbours(family, platform),
        ),
      };
    case 'beyond':
      return {
        tone: 'bad',
        label: 'Nothing beyond the gateway answers',
        sentence: `Probes towards ${who} with hop limits 2 to 4 all stayed without an answer (${sent} sent).`,
        cure: {
          sentence: isAnswered(report, 'gateway', family)
            ? 'The gateway works, so look at its line to the provider: its lamps or its status page. In a hotel or a company, open a web page first: a login may be waiting, or a firewall drops ICMP.'
            : 'See the gateway first.',
          command: null,
        },
      };
  }
}

function noRouteWords(hasAddress: boolean, report: SelfTestReport, family: 4 | 6, platform: Platform): Words {
  const sentence = hasAddress
    ? `This machine has an IPv${family} address, but no IPv${family} default route: nothing outside its own network is reached over IPv${family}.`
    : `This machine has neither an IPv${family} address for more than its own link nor an IPv${family} default route: this network offers no IPv${family}.`;
  if (!hasAddress && isOtherWhole(report, family)) {
    return { tone: 'resting', label: `No IPv${family} here`, sentence, cure: null };
  }
  // Many networks have only one family; the one that is there without a way out is worth a look.
  const tone = isOtherWhole(report, family) || (family === 6 && !hasAddress) ? 'trouble' : 'bad';
  return {
    tone,
    label: 'No default route',
    sentence,
    cure: cureWithCommand(
      family === 6
        ? 'Check that the router announces IPv6, and that no firewall here drops router advertisements (ICMPv6 type 134).'
        : 'Check that this machine is connected, and that it gets its address from the router (DHCP).',
      'This shows the routes of this machine:',
      listRoutes(family, platform),
    ),
  };
}

/** Whether something beyond the gateway answered. */
function reaches(report: SelfTestReport, family: 4 | 6): boolean {
  return isAnswered(report, 'beyond', family);
}

function isOtherWhole(report: SelfTestReport, family: 4 | 6): boolean {
  const other = family === 4 ? 6 : 4;
  return isAnswered(report, 'beyond', other) || isAnswered(report, 'gateway', other);
}

function isAnswered({ results }: SelfTestReport, layer: SelfTestLayer, family: 4 | 6): boolean {
  return results.some((one) => one.layer === layer && one.family === family && one.outcome.kind === 'answered');
}

/** Whether anything was sent beyond the gateway. */
function isTried({ results }: SelfTestReport, family: 4 | 6): boolean {
  return results.some((one) => one.layer === 'beyond' && one.family === family && one.outcome.kind !== 'not-tried');
}

function toWords(
  { title, sentence, cure }: { title: string; sentence: string; cure: Cure | null },
  tone: Words['tone'],
): Words {
  return { tone, label: title, sentence, cure };
}

function families(list: readonly (4 | 6)[]): string {
  return list.map((family) => `IPv${family}`).join(' and ');
}

function inSentence(layer: SelfTestLayer): string {
  switch (layer) {
    case 'loopback':
      return 'this machine itself';
    case 'gateway':
      return 'the default gateway';
    case 'beyond':
      return 'the hop beyond the gateway';
  }
}

function lowerFirst(text: string): string {
  // Not of an abbreviation.
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function formatMs(ms: number): string {
  return ms < 10 ? ms.toFixed(3) : ms.toFixed(1);
}
