import { formatInstant } from '../../../../contract/instants.ts';
import type { RouteChange } from '../../../../contract/path.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { addressEvidence, countEvidence, hopEvidence, timeEvidence } from '../evidence-items.ts';
import { latencyRise } from '../latency-rise.ts';
import type { PathEvidence, Rule } from '../path-evidence.ts';
import { firstDifference, isFlapping, routeChangesOf } from '../routes.ts';
import { counted, time } from '../words.ts';

/** The path became another one and stayed so. */
export const routeChange: Rule = (evidence) => {
  const { report } = evidence;
  const changes = routeChangesOf(evidence);
  const last = changes.at(-1);
  if (last === undefined || isFlapping(changes)) return [];
  const place = firstDifference(last.before, last.after);
  const cost = costOf(evidence, changes);
  const hopLimit = place === null ? null : place + 1;
  const segment = report.hops.find((hop) => hop.hopLimit === hopLimit)?.segment ?? null;
  const times = changes.length;
  const where = hopLimit === null ? '' : ` from hop ${hopLimit} on`;
  const verdict: Verdict = {
    id: 'route-change',
    severity: cost === null ? 'info' : 'warning',
    hopLimit,
    segment,
    sentence: `${times === 1 ? `Since ${formatInstant(last.atEpochMs)} the path` : `The path changed ${counted(times, 'time')}; since ${formatInstant(last.atEpochMs)} it`} takes another way${where}${cost === null ? '' : costWords(cost)}.`,
    confidence: 'high',
    surer: null,
    evidence: [
      countEvidence('route changes', times),
      ...(hopLimit === null || place === null
        ? []
        : [
            hopEvidence('first hop that differs', hopLimit),
            ...addresses(`hop ${hopLimit} before`, last.before[place]),
            ...addresses(`hop ${hopLimit} after`, last.after[place]),
          ]),
      ...(cost === null
        ? []
        : [
            timeEvidence('median round trip while it was short', cost.low, null),
            timeEvidence('median round trip while it was long', cost.high, null),
          ]),
    ],
    advice:
      cost === null
        ? 'Nothing to do: networks change their routes now and then. If something feels different, compare the figures before and after.'
        : `If the slower way stays, tell your provider that the path changed${where} at ${formatInstant(last.atEpochMs)}.`,
  };
  return [verdict];
};

/** What became of round trips around the change; whether they still are as long. */
interface Cost {
  readonly low: number;
  readonly high: number;
  readonly isOpen: boolean;
}

function costWords({ low, high, isOpen }: Cost): string {
  return isOpen
    ? `, and round trips take ${time(high)} instead of ${time(low)}`
    : `; around the change round trips took ${time(high)} instead of ${time(low)} for a while`;
}

/** Within so many intervals of a route change a change of latency is its doing. */
const NEAR_INTERVALS = 12;

function costOf(evidence: PathEvidence, changes: readonly RouteChange[]): Cost | null {
  const rise = latencyRise(evidence);
  if (rise === null || rise.shape !== 'step') return null;
  const near = NEAR_INTERVALS * evidence.report.intervalMs;
  const edges = rise.stretches.flatMap(({ fromEpochMs, toEpochMs }) => [fromEpochMs, toEpochMs]);
  const isItsDoing = changes.some(({ atEpochMs }) => edges.some((edge) => Math.abs(edge - atEpochMs) <= near));
  return isItsDoing ? rise : null;
}

function addresses(label: string, address: string | null | undefined): Verdict['evidence'] {
  return address === null || address === undefined ? [] : [addressEvidence(label, address)];
}
