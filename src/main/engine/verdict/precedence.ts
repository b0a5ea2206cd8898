import type { Verdict, VerdictId } from '../../../contract/verdict.ts';
import type { Outcome } from '../path/recording.ts';
import { lastingOutages, sumOfLost } from './lasting-outages.ts';
import { latencyRise } from './latency-rise.ts';
import { lossOfHop, ratioOf } from './loss-count.ts';
import type { PathEvidence } from './path-evidence.ts';
import { routeChangesOf } from './routes.ts';
import { destinationHopOf, witnessesOf } from './witnesses.ts';

/** One fault, one verdict: the better explanation takes the place of those that only tell its effects. */
interface Explains {
  readonly by: VerdictId;
  readonly what: readonly VerdictId[];
  /** When it does; absent: always. */
  readonly when?: (cause: Verdict, effect: Verdict, evidence: PathEvidence) => boolean;
}

/** Share of all lost probes from which on this machine's own drops explain a loss that is there from the first hop. */
const DROPS_SHARE = 0.3;
/** Losses so many intervals from a route change may be of its making, and as many of them must be. */
const NEAR_CHANGE = { intervals: 3, share: 0.7, factor: 2 } as const;
/** How much more must be lost while a buffer is full than otherwise, for the buffer to explain the loss. */
const CONCENTRATION = 3;

const atSameHop = (cause: Verdict, effect: Verdict) => cause.hopLimit === effect.hopLimit;
/** The start of a loss is found from counts, which may be a hop off; a fork is seen. */
const atNeighbouringHop = (cause: Verdict, effect: Verdict) =>
  Math.abs((cause.hopLimit ?? 0) - (effect.hopLimit ?? 0)) <= 1;
const fromItsHopOn = ({ hopLimit }: Verdict, effect: Verdict) =>
  hopLimit === null || effect.hopLimit === null || effect.hopLimit >= hopLimit;

const EXPLANATIONS: readonly Explains[] = [
  {
    by: 'routing-loop',
    what: [
      'outage',
      'destination-silent',
      'hop-limit-too-low',
      'unreachable',
      'refused',
      'route-change',
      'route-flapping',
    ],
  },
  { by: 'refused', what: ['destination-silent'] },
  { by: 'unreachable', what: ['destination-silent'] },
  { by: 'refused', what: ['outage'], when: (_cause, _effect, evidence) => isOutageTold(evidence) },
  { by: 'unreachable', what: ['outage'], when: (_cause, _effect, evidence) => isOutageTold(evidence) },
  {
    by: 'local-drops',
    what: ['gateway-trouble', 'loss-to-destination'],
    when: (cause, effect, { report }) =>
      cause.severity === 'warning' && isFromTheFirstOn(effect, report) && explainsLoss(report),
  },
  { by: 'gateway-trouble', what: ['loss-to-destination', 'jitter'], when: atSameHop },
  { by: 'lossy-branch', what: ['loss-to-destination'], when: atNeighbouringHop },
  {
    by: 'destination-reluctant',
    what: ['loss-to-destination'],
    when: (_cause, effect, { report }) => effect.hopLimit === destinationHopOf(report),
  },
  { by: 'bufferbloat', what: ['jitter', 'latency-step'], when: fromItsHopOn },
  {
    by: 'bufferbloat',
    what: ['loss-to-destination', 'gateway-trouble'],
    when: (cause, effect, evidence) => fromItsHopOn(cause, effect) && isLossOfBuffer(evidence),
  },
  { by: 'route-flapping', what: ['jitter', 'latency-step'], when: fromItsHopOn },
  {
    by: 'route-flapping',
    what: ['loss-to-destination'],
    when: (cause, effect, evidence) => fromItsHopOn(cause, effect) && isLossOfChanges(evidence),
  },
  { by: 'route-change', what: ['latency-step'], when: ({ severity }) => severity !== 'info' },
];

/** The verdicts that no other one explains. */
export function withoutEffects(verdicts: readonly Verdict[], evidence: PathEvidence): Verdict[] {
  return verdicts.filter(
    (effect) =>
      !EXPLANATIONS.some(
        ({ by, what, when }) =>
          what.includes(effect.id) &&
          verdicts.some((cause) => cause.id === by && (when === undefined || when(cause, effect, evidence))),
      ),
  );
}

/** Whether ICMP errors say why at least half of what was lost in the outages was, or why nothing ever came back. */
function isOutageTold(evidence: PathEvidence): boolean {
  return (
    evidence.report.roundTrip.received === 0 ||
    2 * evidence.report.roundTrip.icmpErrors >= sumOfLost(lastingOutages(evidence))
  );
}

/** Whether a loss is there at the first hop that can be heard: what this machine drops, it drops of all hops. */
function isFromTheFirstOn({ hopLimit }: Verdict, report: PathEvidence['report']): boolean {
  return (hopLimit ?? 0) <= (witnessesOf(report)[0]?.hopLimit ?? 1);
}

function explainsLoss({ hops, localDrops }: PathEvidence['report']): boolean {
  const lost = hops
    .filter(({ responders }) => responders.length > 0)
    .reduce((sum, { statistics }) => sum + lossOfHop(statistics).lost, 0);
  return localDrops >= DROPS_SHARE * lost;
}

function isLossOfBuffer(evidence: PathEvidence): boolean {
  const rise = latencyRise(evidence);
  return rise !== null && ratioOf(rise.lossWhileHigh) >= CONCENTRATION * ratioOf(rise.lossWhileLow);
}

/** Whether most losses lie around route changes, and more than time alone would put there. */
function isLossOfChanges(evidence: PathEvidence): boolean {
  const { intervals, share, factor } = NEAR_CHANGE;
  const reach = intervals * evidence.report.intervalMs;
  const changes = routeChangesOf(evidence);
  const isNear = ({ at }: Outcome) => changes.some(({ atEpochMs }) => Math.abs(at - atEpochMs) <= reach);
  const outcomes = evidence.outcomes(0);
  const lost = outcomes.filter(({ fate }) => fate === 'lost');
  const near = lost.filter(isNear).length / Math.max(1, lost.length);
  const expected = outcomes.filter(isNear).length / Math.max(1, outcomes.length);
  return near >= share && near >= factor * expected;
}
