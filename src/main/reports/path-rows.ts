import type { Hop, PathReport, Responder } from '../../contract/path.ts';
import type { SeriesStatistics } from '../../contract/path-statistics.ts';

/** One line of a table of hops. */
export type PathRow =
  /** A hop nobody answered at. */
  | { readonly kind: 'silent'; readonly hopLimit: number; readonly statistics: SeriesStatistics }
  /** A hop with one responder. */
  | {
      readonly kind: 'hop';
      readonly hopLimit: number;
      readonly statistics: SeriesStatistics;
      readonly responder: Responder;
    }
  /** A hop with several responders, each of which follows. */
  | {
      readonly kind: 'branching';
      readonly hopLimit: number;
      readonly statistics: SeriesStatistics;
      readonly responders: number;
    }
  | {
      readonly kind: 'branch';
      readonly hopLimit: number;
      readonly statistics: SeriesStatistics;
      readonly responder: Responder;
    };

/**
 * The hops of a report as lines, silent ones included. Behind the last that has something to say one line is enough:
 * silence to the end is not told twenty times, nor that who refuses a packet refuses those with a higher hop limit too.
 */
export function pathRows({ hops, destinationHopLimit, family }: PathReport): PathRow[] {
  const isPlain = ({ responders }: Hop) => responders.some((responder) => !isRefusal(responder, family));
  const lastPlain = hops.findLast(isPlain)?.hopLimit ?? 0;
  const last = Math.max(destinationHopLimit ?? lastPlain + 1, lastPlain);
  return hops.filter(({ hopLimit }) => hopLimit <= last).flatMap(rowsOf);
}

/** Whether its last answer was that the destination cannot be reached (RFC 792 type 3, RFC 4443 type 1). */
function isRefusal({ icmpType }: Responder, family: 4 | 6): boolean {
  return icmpType === (family === 4 ? 3 : 1);
}

function rowsOf({ hopLimit, statistics, responders }: Hop): PathRow[] {
  const [first, second] = responders;
  if (first === undefined) return [{ kind: 'silent', hopLimit, statistics }];
  if (second === undefined) return [{ kind: 'hop', hopLimit, statistics, responder: first }];
  return [
    { kind: 'branching', hopLimit, statistics, responders: responders.length },
    ...responders.map(
      (responder): PathRow => ({ kind: 'branch', hopLimit, statistics: responder.statistics, responder }),
    ),
  ];
}
