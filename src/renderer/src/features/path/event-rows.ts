import {
  describeMachineChange,
  describeUntold,
  machineChangeTitle,
} from '../../../../contract/describe-machine-change.ts';
import type { PathEvent, PathReport, RouteChange } from '../../../../contract/path.ts';
import { formatQuantity } from '../../format/count.ts';
import { formatClock, formatDay, formatDuration } from '../../format/time.ts';
import type { Period } from './focus-change.ts';

/** One line of the event log. */
export interface EventRow extends Period {
  readonly key: string;
  readonly kind: 'route-change' | 'gap' | 'outage' | 'clock-stepped' | 'send-failed' | 'machine-changed';
  /** `21:03:10`, or `21:03:10 – 21:04:00`. */
  readonly when: string;
  readonly title: string;
  readonly sentence: string;
  /** The way before and after, hop by hop; null but for a change of the route. */
  readonly route: readonly RouteStep[] | null;
}

/** One hop of a route before and after it changed; a dash where that way has no such hop. */
export interface RouteStep {
  readonly hopLimit: number;
  readonly before: string;
  readonly after: string;
  readonly isChanged: boolean;
}

const GAP_CAUSES = {
  asleep: 'The machine was asleep. Nothing was measured.',
  paused: 'The target was paused. Nothing was measured.',
  'no-transport': 'There was no way to send. Nothing was measured.',
  'not-running': 'Hopscope was not running. Nothing was measured.',
} as const;

/** What happened within the period of a report, newest first: from the report, and what only the stream tells. */
export function eventRows(report: PathReport, events: readonly PathEvent[]): readonly EventRow[] {
  const { fromEpochMs, toEpochMs } = report;
  const isOfOneDay = formatDay(fromEpochMs) === formatDay(toEpochMs);
  const rows = [
    ...report.routeChanges.map(routeChangeRow),
    ...report.gaps.map((gap) =>
      row(
        'gap',
        gap,
        'No data',
        `${GAP_CAUSES[gap.cause]} It lasted ${formatDuration(gap.toEpochMs - gap.fromEpochMs)}.`,
      ),
    ),
    ...report.outages.map((outage) =>
      row(
        'outage',
        outage,
        outage.isOpen ? 'Outage, going on' : 'Outage',
        `The destination left ${formatQuantity(outage.lostProbes, 'probe')} in a row unanswered, for ${formatDuration(outage.toEpochMs - outage.fromEpochMs)}.`,
      ),
    ),
    ...events.flatMap(clockRow),
    ...events.flatMap(machineRow),
    ...sendFailureRows(events),
  ];
  return rows
    .filter((one) => one.toEpochMs >= fromEpochMs && one.fromEpochMs <= toEpochMs)
    .map((one) => (isOfOneDay ? one : { ...one, when: `${formatDay(one.fromEpochMs)} ${one.when}` }))
    .toSorted((a, b) => b.fromEpochMs - a.fromEpochMs);
}

function row(kind: EventRow['kind'], period: Period, title: string, sentence: string): EventRow {
  const { fromEpochMs, toEpochMs } = period;
  const from = formatClock(fromEpochMs);
  const to = formatClock(toEpochMs);
  const when = from === to ? from : `${from} – ${to}`;
  return { key: `${kind} ${fromEpochMs}`, kind, fromEpochMs, toEpochMs, when, title, sentence, route: null };
}

function at(atEpochMs: number): Period {
  return { fromEpochMs: atEpochMs, toEpochMs: atEpochMs };
}

function routeChangeRow(change: RouteChange): EventRow {
  return {
    ...row('route-change', at(change.atEpochMs), 'Route changed', differences(change)),
    route: routeSteps(change.before, change.after),
  };
}

type Way = readonly (string | null)[];

/** Both ways in full, side by side. */
export function routeSteps(before: Way, after: Way): readonly RouteStep[] {
  const at = (way: Way, place: number) => (place < way.length ? (way[place] ?? 'silent') : '–');
  return Array.from({ length: Math.max(before.length, after.length) }, (_, place) => {
    const [was, is] = [at(before, place), at(after, place)];
    const isChanged = (before[place] ?? null) !== (after[place] ?? null);
    return { hopLimit: place + 1, before: was, after: is, isChanged };
  });
}

/** Most hops that a sentence names. */
const NAMED_HOPS = 3;

/** Which hops answer from elsewhere now: `Hop 4: 10.0.0.1 → 10.0.0.2.` */
function differences({ before, after }: RouteChange): string {
  const length = Math.max(before.length, after.length);
  const changed = Array.from({ length }, (_, place) => ({
    hopLimit: place + 1,
    from: before[place] ?? null,
    to: after[place] ?? null,
  })).filter(({ from, to }) => from !== to);
  const named = changed
    .slice(0, NAMED_HOPS)
    .map(({ hopLimit, from, to }) => `hop ${hopLimit}: ${from ?? 'silent'} → ${to ?? 'silent'}`);
  const rest = changed.length - named.length;
  const more = rest > 0 ? [`and ${formatQuantity(rest, 'more hop')}`] : [];
  const text = [...named, ...more].join(', ');
  return text === '' ? 'The same hops answer again.' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function clockRow(event: PathEvent): EventRow[] {
  if (event.kind !== 'clock-stepped') return [];
  const { atEpochMs, byMs } = event;
  const direction = byMs < 0 ? 'back' : 'forward';
  const size = Math.abs(byMs) < 1_000 ? `${Math.round(Math.abs(byMs))} ms` : formatDuration(Math.abs(byMs));
  return [
    row(
      'clock-stepped',
      at(atEpochMs),
      'Clock stepped',
      `The clock of this machine was set ${direction} by ${size}. Round trips are not affected.`,
    ),
  ];
}

function machineRow(event: PathEvent, place: number): EventRow[] {
  if (event.kind !== 'machine-changed') return [];
  const { atEpochMs, change, untold } = event;
  const sentence = `${describeMachineChange(change)}${describeUntold(untold)}`;
  const one = row('machine-changed', at(atEpochMs), machineChangeTitle(change), sentence);
  // Several things change at the same moment.
  return [{ ...one, key: `${one.key} ${place}` }];
}

/** One row for each stretch of failures with the same reason, or a minute without a route would be sixty rows. */
function sendFailureRows(events: readonly PathEvent[]): readonly EventRow[] {
  const runs: { reason: string; osCode: string; fromEpochMs: number; toEpochMs: number; count: number }[] = [];
  for (const event of events) {
    if (event.kind !== 'send-failed') continue;
    const { reason, osCode, atEpochMs } = event;
    const last = runs.at(-1);
    const goesOn = last?.reason === reason && last.osCode === osCode && atEpochMs - last.toEpochMs <= SAME_STRETCH_MS;
    if (last !== undefined && goesOn) {
      last.toEpochMs = atEpochMs;
      last.count += 1;
    } else {
      runs.push({ reason, osCode, fromEpochMs: atEpochMs, toEpochMs: atEpochMs, count: 1 });
    }
  }
  return runs.map((run) =>
    row(
      'send-failed',
      run,
      'Not sent',
      `This machine could not send ${formatQuantity(run.count, 'probe')}: ${REASONS[run.reason] ?? run.reason} (${run.osCode}). They do not count as lost.`,
    ),
  );
}

/** Failures further apart than this are told one by one. */
const SAME_STRETCH_MS = 60_000;

/** The engine's reasons are an open set here: what has no words is shown as it came. */
const REASONS: Readonly<Record<string, string>> = {
  'no-route': 'there is no route',
  'not-permitted': 'it is not permitted',
  'broadcast-not-enabled': 'the address is a broadcast address',
  'too-big': 'the packet is too big',
  'local-queue-full': 'its queue is full',
  'invalid-destination': 'the destination is not valid',
  'interface-gone': 'the interface is gone',
  'local-network-denied': 'macOS keeps it from the local network',
  'not-on-this-system': 'this system cannot send it like that',
};
