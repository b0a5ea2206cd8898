import type { Hop, Responder } from '../../../../contract/path.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { confidenceOf } from '../confidence.ts';
import { addressEvidence, countEvidence, ratioEvidence } from '../evidence-items.ts';
import { type LossCount, lossOfHop, ratioOf } from '../loss-count.ts';
import { type CarriedLoss, carriedLosses } from '../loss-start.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { counted, percent } from '../words.ts';

/** How many standard deviations the answers of the lossy responder must fall short of its share: 1 in 30,000 by chance. */
const LEAST_SHORTFALL = 4;
/** And short of what the others answered. */
const LEAST_GAP = 2.8;
/** How many those of the others may lie from each other's mean, and their mean from the full share. */
const GREATEST_DEVIATION = 3;

/** A branch that this measurement keeps to, and those that other connections take. */
interface KeptBranch {
  readonly address: string;
  readonly others: readonly string[];
}

interface Branch {
  readonly responder: Responder;
  /** Probes of its share that nothing answered. */
  readonly loss: LossCount;
  readonly others: readonly Responder[];
}

/**
 * One of several load-balanced branches loses while the others are clean. Nobody can tell which branch a lost probe
 * took. But balancers give equal shares (equal-cost multipath), so where every other responder answered its full share
 * and one fell short of it, the loss is that one's. Needs probes that are spread over the branches.
 */
export const lossyBranch: Rule = (evidence) => {
  for (const carried of carriedLosses(evidence).filter(({ isFelt }) => isFelt)) {
    const [earliest, latest] = carried.plausible;
    const hops = evidence.report.hops.filter(
      ({ hopLimit }) => hopLimit >= earliest.hopLimit && hopLimit <= latest.hopLimit,
    );
    for (const hop of hops) {
      const branch = branchOf(hop);
      if (branch !== null) return [spreadVerdict(hop, branch, carried)];
    }
    const kept = keptBranch(evidence, carried);
    if (kept !== null) return [keptVerdict(kept, carried)];
  }
  return [];
};

/** The flow was kept on one branch, an enumeration found others beside it, and the loss starts where they part. */
function keptBranch({ report, branches }: PathEvidence, { first }: CarriedLoss): KeptBranch | null {
  const seen = report.hops.find(({ hopLimit }) => hopLimit === first.hopLimit)?.responders ?? [];
  const found = branches?.hops.find(({ hopLimit }) => hopLimit === first.hopLimit)?.responders ?? [];
  const known = found.flatMap(({ address }) => (address === null ? [] : [address]));
  const [own] = seen;
  if (own === undefined || seen.length > 1 || known.length < 2 || !known.includes(own.address)) return null;
  return { address: own.address, others: known.filter((address) => address !== own.address) };
}

function branchOf(hop: Hop): Branch | null {
  const { lost, probes } = lossOfHop(hop.statistics);
  const byAnswers = [...hop.responders].sort((a, b) => a.statistics.received - b.statistics.received);
  const [responder, ...others] = byAnswers;
  if (responder === undefined || others.length === 0 || lost === 0) return null;
  const share = probes / byAnswers.length;
  const deviation = Math.sqrt(share * (1 - 1 / byAnswers.length));
  const meanOfOthers = others.reduce((sum, { statistics }) => sum + statistics.received, 0) / others.length;
  const haveFullShares = Math.abs(meanOfOthers - share) <= (GREATEST_DEVIATION * deviation) / Math.sqrt(others.length);
  const areAlike = others.every(
    ({ statistics }) => Math.abs(statistics.received - meanOfOthers) <= GREATEST_DEVIATION * deviation,
  );
  const shortfall = (share - responder.statistics.received) / deviation;
  if (shortfall < LEAST_SHORTFALL || !haveFullShares || !areAlike) return null;
  // Loss that all branches share leaves their counts alike: then nobody can tell that it is the one's.
  const gap = meanOfOthers - responder.statistics.received;
  if (gap < LEAST_GAP * Math.sqrt(responder.statistics.received + meanOfOthers / others.length)) return null;
  const ofShare = Math.round(share);
  return { responder, others, loss: { lost: Math.max(0, ofShare - responder.statistics.received), probes: ofShare } };
}

function spreadVerdict(
  hop: Hop,
  { responder, others, loss }: Branch,
  { before, first, destination }: CarriedLoss,
): Verdict {
  const { address, name } = responder;
  const fork = { hopLimit: hop.hopLimit, isDestination: false, address, name };
  return {
    id: 'lossy-branch',
    severity: 'warning',
    hopLimit: hop.hopLimit,
    segment: first.segment,
    sentence: `The path forks at hop ${hop.hopLimit}, and only the branch through ${responder.address} loses packets, about ${percent(ratioOf(loss))} of those that take it.`,
    confidence: confidenceOf(destination.probes),
    surer: 'More probes, or an enumeration of the branches.',
    evidence: [
      ratioEvidence(`loss of the branch through ${responder.address}, if an equal share of the probes takes it`, loss),
      countEvidence(`answers of ${responder.address} at hop ${hop.hopLimit}`, responder.statistics.received),
      ...others.map(({ address, statistics }) =>
        countEvidence(`answers of ${address} at hop ${hop.hopLimit}`, statistics.received),
      ),
      ratioEvidence('loss at the destination', destination),
    ],
    advice: `Connections that take this branch suffer for as long as they last; others are well. ${whomToAsk(first.segment, before, fork, `loss on the branch through ${responder.address}`)}`,
  };
}

function keptVerdict(
  { address, others }: KeptBranch,
  { before, first, destination, last, loss }: CarriedLoss,
): Verdict {
  return {
    id: 'lossy-branch',
    severity: 'warning',
    hopLimit: first.hopLimit,
    segment: first.segment,
    sentence: `The path forks at hop ${first.hopLimit}, and the branch through ${address}, which this measurement takes, loses about ${percent(ratioOf(last))} of the packets; there ${others.length === 1 ? 'is' : 'are'} ${counted(others.length, 'other branch', 'other branches')}.`,
    confidence: 'medium',
    surer: 'The same measurement with other flows: they take the other branches, which may be well.',
    evidence: [
      ratioEvidence(`loss from hop ${first.hopLimit} to the destination, all hops together`, loss),
      ratioEvidence('loss at the destination', destination),
      addressEvidence(`branch at hop ${first.hopLimit} that was measured`, address),
      ...others.map((other) => addressEvidence(`other branch at hop ${first.hopLimit}`, other)),
    ],
    advice: `Connections that take this branch suffer for as long as they last; others may be well. ${whomToAsk(first.segment, before, first, `loss on the branch through ${address}`)}`,
  };
}
