import type { PathMtu } from '../../../../contract/path.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { bytesEvidence, hopEvidence } from '../evidence-items.ts';
import type { Rule } from '../path-evidence.ts';

/** Packets beyond some size vanish on the way, and no router says so. */
export const mtuBlackHole: Rule = ({ report, pathMtu }) => {
  if (pathMtu === null || !pathMtu.isBlackHole || pathMtu.pathMtuBytes === null) return [];
  const passing = pathMtu.pathMtuBytes;
  const { start, largestBefore, lastWide } = placeOf(pathMtu, passing);
  const where =
    start === null ? '' : lastWide === null ? ` at hop ${start}` : ` between hop ${lastWide} and hop ${start}`;
  const verdict: Verdict = {
    id: 'mtu-black-hole',
    severity: 'warning',
    hopLimit: start,
    segment: report.hops.find(({ hopLimit }) => hopLimit === start)?.segment ?? null,
    sentence: `Packets of more than ${passing.toLocaleString('en')} bytes vanish${where} without a word, so pages and transfers may hang although small packets pass.`,
    confidence: 'high',
    surer: null,
    evidence: [
      bytesEvidence('largest packet that reaches the destination', passing),
      ...(largestBefore === null
        ? []
        : [bytesEvidence('largest packet that the hop before it answers', largestBefore)]),
      ...(start === null ? [] : [hopEvidence('first hop that larger packets do not reach', start)]),
    ],
    advice: `Set the MTU of this machine, or of its router, to ${passing.toLocaleString('en')} bytes, or let the router limit TCP segments to match (MSS clamping). Tell whoever runs that link that its “packet too big” messages are dropped.`,
  };
  return [verdict];
};

/** The first hop that no packet larger than the path MTU reaches, behind one that larger packets do reach. */
function placeOf(
  { hops }: PathMtu,
  passing: number,
): { start: number | null; largestBefore: number | null; lastWide: number | null } {
  const last = hops.findLast(({ largestBytes }) => largestBytes !== null && largestBytes > passing);
  const start = hops.find(({ hopLimit, largestBytes }) => largestBytes !== null && hopLimit > (last?.hopLimit ?? 0));
  return {
    start: start?.hopLimit ?? null,
    largestBefore: last?.largestBytes ?? null,
    lastWide: last?.hopLimit ?? null,
  };
}
