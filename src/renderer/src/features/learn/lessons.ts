import type { DemoScenario } from '../../../../contract/demo.ts';
import type { PathMonitorInfo, PathReport } from '../../../../contract/path.ts';
import type { Topic } from '../../../../contract/scenario-lesson.ts';
import type { VerdictId } from '../../../../contract/verdict.ts';
import { formatDuration } from '../../format/time.ts';
import type { Speed } from './use-demo.ts';

/** Scenarios that belong together, in the order in which they are best looked at. */
export interface LessonGroup {
  readonly topic: Topic;
  readonly title: string;
  readonly about: string;
  readonly scenarios: readonly DemoScenario[];
}

const TOPICS: readonly Omit<LessonGroup, 'scenarios'>[] = [
  { topic: 'healthy', title: 'All is well', about: 'Begin here: what a path without a fault looks like.' },
  { topic: 'loss', title: 'Packets are lost', about: 'Where does the loss begin, and does it reach the destination?' },
  { topic: 'delay', title: 'It is slow', about: 'A queue, a distance, or an evening: how to tell them apart.' },
  { topic: 'reachability', title: 'Nothing answers', about: 'Down, closed on purpose, or merely silent.' },
  { topic: 'route', title: 'The way changes', about: 'Packets take another way, or go round in a circle.' },
  { topic: 'harmless', title: 'Looks bad, is not', about: 'What alarms most people and harms nobody.' },
  { topic: 'machine', title: 'It is this machine', about: 'The network has nothing to do with it.' },
];

/** The scenarios by topic; topics without one are left out. */
export function lessonGroups(scenarios: readonly DemoScenario[]): readonly LessonGroup[] {
  return TOPICS.map((topic) => ({
    ...topic,
    scenarios: scenarios.filter((scenario) => scenario.topic === topic.topic),
  })).filter((group) => group.scenarios.length > 0);
}

/** The path of a scenario that is being played; undefined while it is not. */
export function pathOf(scenario: string, paths: readonly PathMonitorInfo[]): PathMonitorInfo | undefined {
  return paths.find(({ simulated }) => simulated?.scenario === scenario);
}

/** How time passes at a speed, and how long there is to wait, in a sentence. */
export function speedWords(speed: Speed): string {
  switch (speed) {
    case 1:
      return 'It begins now, and time passes as it does here. Most faults show within one to three minutes, slow ones take ten.';
    case 10:
    case 60:
      return `It began ten minutes ago: they are told in ${formatDuration(Math.round(600 / (speed - 1)) * 1_000)}, and then it goes on live.`;
  }
}

/** Whether what is to be concluded is concluded by now. */
export interface ExpectedVerdict {
  readonly id: VerdictId;
  readonly words: string;
  readonly isThere: boolean;
}

/** The verdicts to expect of a scenario, as far as the report, or the failure of the path itself, has them. */
export function expectedVerdicts(
  { verdicts }: DemoScenario,
  path: PathMonitorInfo,
  report: PathReport | null,
): readonly ExpectedVerdict[] {
  const given = [...(report?.verdicts ?? []), ...(path.verdict === null ? [] : [path.verdict])].map(({ id }) => id);
  return verdicts.map((id) => ({ id, words: WORDS[id] ?? id.replaceAll('-', ' '), isThere: given.includes(id) }));
}

/** Where the identifier alone would say too little. */
const WORDS: Partial<Record<VerdictId, string>> = {
  clean: 'the path is clean',
  'loss-to-destination': 'loss that reaches the destination',
  'gateway-trouble': 'trouble on the way to the first router',
  'lossy-branch': 'one branch of several loses packets',
  'reluctant-router': 'a reluctant router, which harms nobody',
  'latency-step': 'a step in the round trip',
  bufferbloat: 'a buffer that fills up',
  unreachable: 'the destination cannot be reached',
  'destination-silent': 'the destination never answers',
  refused: 'somebody refuses on purpose',
  outage: 'outages',
  'routing-loop': 'packets go round in a circle',
  'route-change': 'the path takes another way',
  'route-flapping': 'the path goes back and forth',
  'mtu-black-hole': 'large packets vanish',
  'send-failures': 'this machine could not send',
  'not-permitted': 'this machine may not send',
};
