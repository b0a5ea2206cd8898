import type { Verdict } from '../../../../contract/verdict.ts';
import { countEvidence, hopEvidence, timeEvidence } from '../evidence-items.ts';
import { timedAnswersOf } from '../loss-count.ts';
import type { Rule } from '../path-evidence.ts';
import { firstDifference, isFlapping, returnsIn, routeChangesOf } from '../routes.ts';
import { counted, lasting } from '../words.ts';

/** The path goes back and forth between the same ways. */
export const routeFlapping: Rule = (evidence) => {
  const { report } = evidence;
  const changes = routeChangesOf(evidence);
  if (!isFlapping(changes)) return [];
  const differences = changes.flatMap(({ before, after }) => firstDifference(before, after) ?? []);
  const hopLimit = differences.length === 0 ? null : Math.min(...differences) + 1;
  const where = hopLimit === null ? '' : ` from hop ${hopLimit} on`;
  const { p50, p95 } = report.roundTrip.rttMs;
  const answers = timedAnswersOf(report.roundTrip);
  const verdict: Verdict = {
    id: 'route-flapping',
    severity: 'warning',
    hopLimit,
    segment: report.hops.find((hop) => hop.hopLimit === hopLimit)?.segment ?? null,
    sentence: `The path goes back and forth between the same routes${where}: ${counted(changes.length, 'change')} in ${lasting(report.toEpochMs - report.fromEpochMs)}.`,
    confidence: 'high',
    surer: null,
    evidence: [
      countEvidence('route changes', changes.length),
      countEvidence('changes back to a route taken before', returnsIn(changes)),
      ...(hopLimit === null ? [] : [hopEvidence('first hop that differs', hopLimit)]),
      ...(p50 === null ? [] : [timeEvidence('median round trip', p50, answers)]),
      ...(p95 === null ? [] : [timeEvidence('95th percentile of the round trip', p95, answers)]),
    ],
    advice: `Each change can cost packets. Tell your provider that the route is unstable${where}, with the times of the changes.`,
  };
  return [verdict];
};
