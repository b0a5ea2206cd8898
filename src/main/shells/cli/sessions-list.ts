import { escapeControls } from '../../../contract/escape-controls.ts';
import { formatInstant } from '../../../contract/instants.ts';
import type { Session, StoreState } from '../../../contract/sessions.ts';
import { withLocalTimes } from '../../reports/local-times.ts';
import { jsonLine } from '../../reports/path-lines.ts';
import { percent, toMillionths, wholeMilliseconds } from '../../reports/quantities.ts';
import type { Style } from '../../reports/style.ts';

/** The sessions as the one array that docs/json.md describes. */
export function sessionsJson(sessions: readonly Session[]): string {
  return jsonLine(
    sessions.map(({ sessionId, target, destination, fromEpochMs, toEpochMs, samples, lossRatio }) => ({
      id: sessionId,
      target,
      destination,
      from: fromEpochMs === null ? null : wholeMilliseconds(fromEpochMs),
      to: toEpochMs === null ? null : wholeMilliseconds(toEpochMs),
      samples,
      lossRatio: toMillionths(lossRatio),
    })),
  );
}

/** A moment in local time has as many characters as this. */
const MOMENT_WIDTH = 19;

const HEADING = ['ID', 'From', 'To', 'Samples', 'Loss', 'Target'];

/** The sessions for people, a line each, and where they are kept. */
export function sessionsText(sessions: readonly Session[], store: StoreState, style: Style): string[] {
  if (sessions.length === 0)
    return [store.file === null ? 'There are no sessions.' : `No sessions in ${where(store)}.`];
  const rows = sessions.map(cells);
  const widths = HEADING.map((head, column) => {
    const longest = Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0));
    return column === 1 || column === 2 ? MOMENT_WIDTH : longest;
  });
  // The moments are put in last, and are of one length then.
  const lines = [HEADING, ...rows].map((row) =>
    row.map((cell, column) => inColumn(cell, column, widths[column] ?? 0)).join('  '),
  );
  const [heading = '', ...others] = lines;
  const number = sessions.length === 1 ? 'One session' : `${sessions.length.toLocaleString('en')} sessions`;
  return [
    ...withLocalTimes([style.strong(heading), ...others].map((line) => line.trimEnd())),
    `${number} in ${where(store)}.`,
  ];
}

function cells({ sessionId, fromEpochMs, toEpochMs, samples, lossRatio, ...session }: Session): string[] {
  return [
    sessionId,
    fromEpochMs === null ? '-' : formatInstant(fromEpochMs),
    toEpochMs === null ? '-' : formatInstant(toEpochMs),
    samples.toLocaleString('en'),
    lossRatio === null ? '-' : percent(lossRatio),
    escapeControls(who(session)),
  ];
}

/** What was looked at, what a person calls it, and what must not be mistaken. */
function who({
  target,
  destination,
  name,
  isSimulated,
  isPinned,
  flight,
}: Pick<Session, 'target' | 'destination' | 'name' | 'isSimulated' | 'isPinned' | 'flight'>): string {
  return [
    target === destination ? target : `${target} (${destination})`,
    ...(name === '' ? [] : [`“${name}”`]),
    ...(isSimulated ? ['simulated'] : []),
    ...(isPinned ? ['pinned'] : []),
    ...(flight === null ? [] : [flight === 'incident' ? 'incident' : 'flight recorder, at rest']),
  ].join(', ');
}

function inColumn(cell: string, column: number, width: number): string {
  // ISO 8601 has a letter more at its end than local time.
  const isMoment = (column === 1 || column === 2) && cell.endsWith('Z');
  if (isMoment) return cell;
  return column === 3 || column === 4 ? cell.padStart(width) : cell.padEnd(width);
}

function where({ file, bytes }: StoreState): string {
  return `${escapeControls(file ?? '')} (${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB)`;
}
