import { describeMachineChange, describeUntold } from '../../contract/describe-machine-change.ts';
import type { Happening } from '../../contract/happening.ts';
import { formatInstant } from '../../contract/instants.ts';
import type { PathReport, RouteChange } from '../../contract/path.ts';
import { duration } from './quantities.ts';

/** Route changes told one by one; a route that flaps has thousands, and a verdict says so. */
const TOLD_CHANGES = 20;

/** What happened to a path besides its rounds, a sentence each; none when nothing did. Moments are as in verdicts. */
export function pathHappenings({ gaps, routeChanges, outages, localDrops }: PathReport): string[] {
  const missing = gaps.reduce((sum, { fromEpochMs, toEpochMs }) => sum + toEpochMs - fromEpochMs, 0);
  const untold = Math.max(0, routeChanges.length - TOLD_CHANGES);
  return [
    ...(untold === 0 ? [] : [`Route changes: ${routeChanges.length}, of which the last ${TOLD_CHANGES} follow.`]),
    ...routeChanges.slice(untold).map(changeText),
    ...outages.map(
      ({ fromEpochMs, toEpochMs, lostProbes, isOpen }) =>
        `Outage: ${formatInstant(fromEpochMs)} to ${isOpen ? 'now' : formatInstant(toEpochMs)}, ${lostProbes} probes lost`,
    ),
    ...(gaps.length === 0
      ? []
      : [
          `Nothing was measured for ${duration(missing)} (${[...new Set(gaps.map(({ cause }) => cause))].join(', ')}).`,
        ]),
    ...(localDrops === 0 ? [] : [`This machine dropped ${localDrops} datagrams before reading them.`]),
  ];
}

/** Changes around the machine told one by one; more are counted. */
const TOLD_HAPPENINGS = 50;

/** What happened to the machine meanwhile, a sentence each; of many the last ones. */
export function machineHappenings(happenings: readonly Happening[]): string[] {
  const untold = Math.max(0, happenings.length - TOLD_HAPPENINGS);
  return [
    ...(untold === 0
      ? []
      : [`This machine: ${happenings.length} changes, of which the last ${TOLD_HAPPENINGS} follow.`]),
    ...happenings
      .slice(untold)
      .map((happening) => `This machine: ${formatInstant(happening.atEpochMs)}, ${sentenceOf(happening)}`),
  ];
}

function sentenceOf(happening: Happening): string {
  switch (happening.kind) {
    case 'clock-stepped': {
      const { byMs } = happening;
      return `Its clock was set ${byMs < 0 ? 'back' : 'forward'} by ${duration(Math.abs(byMs))}.`;
    }
    case 'machine-changed':
      return describeMachineChange(happening.change) + describeUntold(happening.untold);
  }
}

/** The hops at which it differs; where the new way is longer or shorter, one of the two is a dash. */
function changeText({ atEpochMs, before, after }: RouteChange): string {
  const length = Math.max(before.length, after.length);
  const differences = Array.from({ length }, (_, index) => {
    const [was, is] = [placeAt(before, index), placeAt(after, index)];
    return was === is ? [] : [`hop ${index + 1} from ${was} to ${is}`];
  });
  return `Route change: ${formatInstant(atEpochMs)}, ${differences.flat().join(', ')}`;
}

function placeAt(hops: ReadonlyArray<string | null>, index: number): string {
  const address = hops[index];
  return address === undefined ? '-' : (address ?? '???');
}
