import { formatInstant } from '../../../../contract/instants.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOf } from '../confidence.ts';
import { secondsEvidence, timeEvidence } from '../evidence-items.ts';
import { latencyRise } from '../latency-rise.ts';
import { lonelyLatencies } from '../lonely-latency.ts';
import { timedAnswersOf } from '../loss-count.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { betweenWords, placeOf, type Witness, witnessesOf } from '../witnesses.ts';
import { lasting, time } from '../words.ts';

/** Least steady step that is worth a word, in ms, and as a share of the whole round trip. */
const LEAST_STEADY = { milliseconds: 50, share: 0.3 } as const;
/**
 * A steady step from which on it is a fault whatever its reason, in ms: 400 ms each way are the most that ITU-T G.114
 * lets a network be planned for. Below that it may be the sea or a satellite, which nobody can mend.
 */
const FELT_STEADY = 800;
/** Timed answers of a hop whose median is worth comparing. */
const LEAST_ANSWERS = 10;

/** Latency that was added at some time, or a long stretch that is always there. */
export const latencyStep: Rule = (evidence) => {
  const rise = latencyRise(evidence);
  if (rise === null) return steadyStep(evidence);
  if (rise.shape === 'ramp') return [];
  const { first, before, low, high, stretches, isOpen } = rise;
  const start = stretches[0]?.fromEpochMs ?? evidence.report.fromEpochMs;
  const isFromTheBeginning = start - evidence.report.fromEpochMs < 2 * evidence.report.intervalMs;
  const inHighTimes = stretches.reduce((sum, { fromEpochMs, toEpochMs }) => sum + toEpochMs - fromEpochMs, 0);
  const isOnce = stretches.length === 1;
  const when =
    isOpen && isOnce && !isFromTheBeginning
      ? `Since ${formatInstant(start)} the round trip takes`
      : `For ${lasting(inHighTimes)}${isOnce ? '' : ' in all'}, ${isOnce ? '' : 'first '}from ${formatInstant(start)} on, the round trip took`;
  return [
    {
      id: 'latency-step',
      severity: 'warning',
      hopLimit: first.hopLimit,
      segment: first.segment,
      sentence: `${when} ${time(high)} instead of ${time(low)}, and the rise starts at ${placeOf(first)}.`,
      confidence: confidenceOf(timedAnswersOf(first.statistics)),
      surer: null,
      evidence: [
        timeEvidence('median round trip while it was short', low, null),
        timeEvidence('median round trip while it was long', high, null),
        secondsEvidence('time with the higher round trip', inHighTimes),
      ],
      advice: whomToAsk(first.segment, before, first, `a rise of the round trip from ${time(low)} to ${time(high)}`),
    },
  ];
};

function steadyStep(evidence: PathEvidence): Verdict[] {
  const lonely = new Set(lonelyLatencies(evidence).map(({ witness }) => witness.hopLimit));
  const witnesses = witnessesOf(evidence.report).filter(
    ({ hopLimit, isDestination, statistics }) =>
      (isDestination || !lonely.has(hopLimit)) && timedAnswersOf(statistics) >= LEAST_ANSWERS,
  );
  const destination = witnesses.at(-1);
  if (!destination?.isDestination) return [];
  const whole = destination.statistics.rttMs.p50 ?? 0;
  const steps = witnesses.map((first, index) => stepAt(witnesses, first, index));
  const greatest = steps.reduce(
    (best, step) => (step.added > best.added ? step : best),
    steps[0] ?? { added: 0, first: destination, before: null },
  );
  const { added, first, before } = greatest;
  if (added < Math.max(LEAST_STEADY.milliseconds, LEAST_STEADY.share * whole)) return [];
  const isFelt = added >= FELT_STEADY;
  return [
    {
      id: 'latency-step',
      severity: isFelt ? 'warning' : 'info',
      hopLimit: first.hopLimit,
      segment: first.segment,
      sentence: isFelt
        ? `Every round trip spends ${time(added)} ${betweenWords(before, first)}, more than distance explains.`
        : `Of a round trip of ${time(whole)}, ${time(added)} are spent ${betweenWords(before, first)}, steadily, as over a long distance or a satellite.`,
      confidence: confidenceOf(timedAnswersOf(first.statistics)),
      surer: 'Where the two ends of it stand: their names, or the networks they belong to, often tell.',
      evidence: [
        timeEvidence(
          `least round trip added at hop ${first.hopLimit} and kept by all hops beyond`,
          added,
          timedAnswersOf(first.statistics),
        ),
        timeEvidence('median round trip', whole, timedAnswersOf(destination.statistics)),
      ],
      advice: isFelt
        ? whomToAsk(first.segment, before, first, `an added latency of ${time(added)}`)
        : 'Nothing to do if the destination is far away. If it should be near, ask your provider why packets take such a detour.',
    },
  ];
}

/** What a witness adds to the least round trip of the one before, as far as every later one keeps it. */
function stepAt(
  witnesses: readonly Witness[],
  first: Witness,
  index: number,
): { added: number; first: Witness; before: Witness | null } {
  const before = witnesses[index - 1] ?? null;
  const least = witnesses.slice(index).flatMap(({ statistics }) => statistics.rttMs.min ?? []);
  const added = least.length === 0 ? 0 : Math.min(...least) - (before?.statistics.rttMs.min ?? 0);
  return { added, first, before };
}
