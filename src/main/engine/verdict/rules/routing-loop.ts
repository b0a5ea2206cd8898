import type { Hop } from '../../../../contract/path.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { addressEvidence, countEvidence, hopEvidence } from '../evidence-items.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { mainResponder } from '../witnesses.ts';
import { listed } from '../words.ts';

/** Fewest hop limits at which the circle must show: two routers twice each, or one three times with others between. */
const LEAST_REPEATS = 2;
/** Fewest probes of a slice without an answer that make it one in which the destination was out of reach. */
const LEAST_PROBES = 3;

interface Loop {
  /** Hop limit at which the circle is first entered. */
  readonly hopLimit: number;
  /** The routers of one turn. */
  readonly routers: readonly string[];
  /** Hop limits that repeat a router of the circle. */
  readonly repeats: number;
}

/** Packets go round in a circle between routers and never arrive. */
export const routingLoop: Rule = (evidence) => {
  const loop = cutOffTimes(evidence)
    .map(loopIn)
    .find((found) => found !== null);
  if (loop === undefined || loop === null) return [];
  const { hopLimit, routers, repeats } = loop;
  const verdict: Verdict = {
    id: 'routing-loop',
    severity: 'critical',
    hopLimit,
    segment: evidence.report.hops.find((hop) => hop.hopLimit === hopLimit)?.segment ?? null,
    sentence: `Packets go round in a circle from hop ${hopLimit} on, between ${listed(routers)}, and do not reach the destination.`,
    confidence: repeats >= 2 * LEAST_REPEATS ? 'high' : 'medium',
    surer: repeats >= 2 * LEAST_REPEATS ? null : 'More hops probed: the circle then shows more turns.',
    evidence: [
      hopEvidence('hop at which the circle begins', hopLimit),
      countEvidence('hops at which a router of the circle answers again', repeats),
      ...routers.map((router, index) => addressEvidence(`router ${index + 1} of the circle`, router)),
    ],
    advice: `Only whoever runs these routers can end it. Tell your provider that there is a routing loop between ${listed(routers)}.`,
  };
  return [verdict];
};

/** The whole period when the destination did not answer in it, else its slices in which it did not, oldest first. */
function cutOffTimes({ report, slices }: PathEvidence): (readonly Hop[])[] {
  if (report.roundTrip.received === 0) return [report.hops];
  return slices.flatMap(({ hops, roundTrip }) =>
    roundTrip.received === 0 && roundTrip.sent - roundTrip.inFlight >= LEAST_PROBES ? [hops()] : [],
  );
}

function loopIn(hops: readonly Hop[]): Loop | null {
  const addresses = hops.map((hop) => mainResponder(hop)?.address ?? null);
  for (const [start, address] of addresses.entries()) {
    if (address === null) continue;
    const turn = addresses.indexOf(address, start + 1) - start;
    // A router that answers at two hop limits in a row is no circle: some do not lower the hop limit.
    if (turn < 2) continue;
    const repeats = addresses.filter(
      (later, index) => index >= start + turn && later !== null && later === addresses[index - turn],
    ).length;
    const routers = addresses.slice(start, start + turn).filter((router) => router !== null);
    if (repeats >= LEAST_REPEATS && new Set(routers).size >= 2) {
      return { hopLimit: hops[start]?.hopLimit ?? start + 1, routers, repeats };
    }
  }
  return null;
}
