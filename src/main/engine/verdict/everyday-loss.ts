import { isWithin, lastingOutages, sumOfLost } from './lasting-outages.ts';
import { lossOfHop } from './loss-count.ts';
import { oncePerEvidence } from './once-per-evidence.ts';
import type { PathEvidence } from './path-evidence.ts';
import { type Witness, witnessesOf } from './witnesses.ts';

/** A witness without the probes of lasting outages, which are a fault of their own. */
export interface LossWitness extends Witness {
  /**
   * By how much the bursts of its loss make counts vary more than independent losses would. Counts are divided by it
   * before they are tested, so that a few bursts are not taken for many losses.
   */
  readonly burstiness: number;
  /** Separate runs of lost probes. */
  readonly runs: number;
}

/** How much was lost at each witness apart from the lasting outages, near to far. */
export const everydayLoss = oncePerEvidence((evidence): LossWitness[] => {
  const outages = lastingOutages(evidence);
  return witnessesOf(evidence.report).map((witness) => {
    const { lost, probes } = withoutOutages(evidence, witness, outages);
    const { count, meanLength } = witness.statistics.lossRuns;
    const runs = Math.max(0, count - (lost < witness.lost ? outages.length : 0));
    const meanRun = outages.length === 0 ? (meanLength ?? 1) : runs === 0 ? 1 : Math.max(1, lost / runs);
    return { ...witness, lost, probes, runs, burstiness: burstinessOf(meanRun, probes === 0 ? 0 : lost / probes) };
  });
});

/**
 * Variance of a count of losses that come in runs, beside that of independent ones with the same ratio: of a two-state
 * chain with mean run m and ratio p it is 2 m (1 − p) − 1. Independent losses, with m = 1 / (1 − p), give 1; what is
 * more regular than chance is not credited with less.
 */
function burstinessOf(meanRun: number, ratio: number): number {
  return Math.max(1, 2 * meanRun * (1 - ratio) - 1);
}

function withoutOutages(evidence: PathEvidence, witness: Witness, outages: ReturnType<typeof lastingOutages>) {
  if (outages.length === 0) return witness;
  const { report } = evidence;
  const outcomes = evidence.outcomes(witness.isDestination ? 0 : witness.hopLimit);
  if (outcomes.length < lossOfHop(witness.statistics).probes) return withoutTheirShare(witness, sumOfLost(outages));
  let lost = 0;
  let probes = 0;
  for (const { at, fate } of outcomes) {
    if (fate === 'send-failed' || isWithin(outages, at, report.intervalMs)) continue;
    probes += 1;
    if (fate === 'lost') lost += 1;
  }
  return { lost, probes };
}

/** Where single probes are no longer known: a witness that lost as many as the outages did is taken to have shared them. */
function withoutTheirShare({ lost, probes }: Witness, lostInOutages: number): { lost: number; probes: number } {
  if (lost < lostInOutages * 0.8) return { lost, probes };
  const share = Math.min(lost, lostInOutages);
  return { lost: lost - share, probes: probes - share };
}
