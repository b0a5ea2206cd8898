import type { Segment } from '../../../contract/verdict.ts';
import type { PathEvidence } from './path-evidence.ts';

/** What somebody on the path says about the destination. */
export interface Rejection {
  readonly kind: 'refused' | 'unreachable';
  /** Nearest hop limit at which that address answers anything. */
  readonly hopLimit: number;
  readonly address: string;
  readonly segment: Segment | null;
  readonly icmpType: number | null;
  readonly icmpCode: number | null;
}

/** Communication administratively prohibited: RFC 1812 §5.2.7.1 codes 9, 10 and 13. */
const PROHIBITED_V4: readonly number[] = [9, 10, 13];
/** RFC 4443 §3.1: administratively prohibited, source address failed policy, reject route. */
const PROHIBITED_V6: readonly number[] = [1, 5, 6];
/** RFC 792: fragmentation needed, which speaks of a packet's size and not of the destination. */
const FRAGMENTATION_NEEDED = 4;
const UNREACHABLE_TYPE = { 4: 3, 6: 1 } as const;

/**
 * Destination unreachable messages among the answers, one for each address and code, nearest first. A router that says
 * it is told by the nearest hop limit at which it answers anything, because it says so to every probe that would go on.
 */
export function rejectionsIn({ report, rejections }: Pick<PathEvidence, 'report' | 'rejections'>): Rejection[] {
  const { family, hops } = report;
  const nearest = new Map<string, { hopLimit: number; segment: Segment | null }>();
  for (const { hopLimit, segment, responders } of hops) {
    for (const { address } of responders) if (!nearest.has(address)) nearest.set(address, { hopLimit, segment });
  }
  const found = new Map<string, Rejection>();
  for (const { address, icmpType, icmpCode } of rejections) {
    const place = nearest.get(address);
    if (icmpType !== UNREACHABLE_TYPE[family] || place === undefined) continue;
    if (family === 4 && icmpCode === FRAGMENTATION_NEEDED) continue;
    const prohibited = family === 4 ? PROHIBITED_V4 : PROHIBITED_V6;
    const kind = icmpCode !== null && prohibited.includes(icmpCode) ? 'refused' : 'unreachable';
    found.set(`${address} ${icmpCode}`, { kind, ...place, address, icmpType, icmpCode });
  }
  return [...found.values()].sort((a, b) => a.hopLimit - b.hopLimit);
}
