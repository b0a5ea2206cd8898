import type { Verdict } from '../../../contract/verdict.ts';
import type { Outcome } from '../path/recording.ts';
import type { PathEvidence, Rule } from './path-evidence.ts';
import { withoutEffects } from './precedence.ts';
import { bufferbloat } from './rules/bufferbloat.ts';
import { clean } from './rules/clean.ts';
import { destinationReluctant } from './rules/destination-reluctant.ts';
import { destinationSilent } from './rules/destination-silent.ts';
import { gatewayTrouble } from './rules/gateway-trouble.ts';
import { hopLimitTooLow } from './rules/hop-limit-too-low.ts';
import { jitterRule } from './rules/jitter.ts';
import { latencyStep } from './rules/latency-step.ts';
import { localDrops } from './rules/local-drops.ts';
import { lossToDestination } from './rules/loss-to-destination.ts';
import { lossyBranch } from './rules/lossy-branch.ts';
import { mtuBlackHole } from './rules/mtu-black-hole.ts';
import { outage } from './rules/outage.ts';
import { refused } from './rules/refused.ts';
import { reluctantRouter } from './rules/reluctant-router.ts';
import { routeChange } from './rules/route-change.ts';
import { routeFlapping } from './rules/route-flapping.ts';
import { routingLoop } from './rules/routing-loop.ts';
import { sendFailures } from './rules/send-failures.ts';
import { tooFewSamples } from './rules/too-few-samples.ts';
import { unreachable } from './rules/unreachable.ts';

/** Verdicts of one severity come in this order: what stops everything first, what only colours it last. */
const RULES: readonly Rule[] = [
  sendFailures,
  routingLoop,
  refused,
  unreachable,
  destinationSilent,
  hopLimitTooLow,
  outage,
  gatewayTrouble,
  lossToDestination,
  lossyBranch,
  bufferbloat,
  mtuBlackHole,
  jitterRule,
  latencyStep,
  routeFlapping,
  routeChange,
  localDrops,
  destinationReluctant,
  reluctantRouter,
];

/** Said of a path only when no rule found a fault. */
const RULES_WITHOUT_FAULT: readonly Rule[] = [clean, tooFewSamples];

const SEVERITIES: readonly Verdict['severity'][] = ['critical', 'warning', 'good', 'info'];

/**
 * What is to be said of a path over a period: each fault once, the most severe first. Never empty: a path without a
 * fault is clean, or there were too few probes to say so. `good` comes before `info`, which are remarks.
 */
export function judge(original: PathEvidence): Verdict[] {
  const evidence = withOutcomesKept(original);
  const found = withoutEffects(
    RULES.flatMap((rule) => rule(evidence)),
    evidence,
  );
  const hasFault = found.some(({ severity }) => severity === 'critical' || severity === 'warning');
  const all = hasFault ? found : [...RULES_WITHOUT_FAULT.flatMap((rule) => rule(evidence)), ...found];
  // The sort is stable, so that within a severity the order of the rules stays.
  return all.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** The same evidence, which asks for the probes of each hop limit but once: nearly every rule looks at them. */
function withOutcomesKept(evidence: PathEvidence): PathEvidence {
  const kept = new Map<number, readonly Outcome[]>();
  return {
    ...evidence,
    outcomes(hopLimit) {
      const known = kept.get(hopLimit) ?? evidence.outcomes(hopLimit);
      kept.set(hopLimit, known);
      return known;
    },
  };
}
