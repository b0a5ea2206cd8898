import { seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import type { SessionShelf } from './session-shelf.ts';
import { EMPTY_SUMMARY, type SessionSummary } from './session-summary.ts';

/** From one look at what is to be kept to the next; what is measured meanwhile is far below any limit. */
const LOOK_INTERVAL = seconds(600);

/** What is kept: sessions of which the end is not so long ago, and not more bytes than this in all; of the flight recorder as much as it may take. */
export interface RetentionLimits {
  readonly mostAgeMs: number;
  readonly mostBytes: number;
  readonly mostFlightBytes: number;
}

/**
 * One that is recorded longer than this, or takes more than this share of the room, goes on in another, so that the oldest of
 * a path that is watched for years can go.
 */
const LONGEST_SESSION_MS = 32 * 86_400_000;
const GREATEST_SHARE = 0.25;

/** The same of what the flight recorder keeps at rest, which is let go of in pieces: a day, or a small part of the cap. */
const LONGEST_REST_MS = 86_400_000;
const GREATEST_REST = 0.05;

/** What the file takes beside what is counted: its pages are not quite full, and each session has names and a summary. */
const OVERHEAD = { factor: 1.15, bytesOfSession: 8_000 } as const;

/** A year, and two gigabytes: some twenty paths of thirty hops, once a second, for a fortnight. */
export const DEFAULT_RETENTION: RetentionLimits = { mostAgeMs: 365 * 86_400_000, mostBytes: 2e9, mostFlightBytes: 5e8 };

/** A session that might go. */
export interface Kept {
  readonly row: SessionRow;
  readonly summary: SessionSummary;
  /** Whether it is being recorded, or imported. */
  readonly isRecorded: boolean;
}

const isRemoved = ({ row }: Kept) => row.removedAtEpochMs !== null;
const endOf = ({ row, summary }: Kept) => summary.toEpochMs ?? row.begunAtEpochMs;

/**
 * Which sessions are to go: too old, or too much: first those that were removed and can still be taken back, then the
 * oldest. Pinned ones and those being recorded stay; of those that were imported nobody expects that they go because they
 * are old.
 */
export function spentSessions(sessions: readonly Kept[], limits: RetentionLimits, nowEpochMs: number): SessionRow[] {
  const inTurn = sessions
    .filter(({ row }) => row.flight === null)
    .toSorted((a, b) => Number(isRemoved(b)) - Number(isRemoved(a)) || endOf(a) - endOf(b));
  let bytes = inTurn.reduce((sum, { summary }) => sum + summary.bytes, 0);
  const spent: SessionRow[] = [];
  for (const kept of inTurn) {
    if (kept.isRecorded || (kept.row.isPinned && !isRemoved(kept))) continue;
    const isTooOld = !isRemoved(kept) && kept.row.origin === 'measured' && endOf(kept) < nowEpochMs - limits.mostAgeMs;
    if (!isTooOld && bytes <= limits.mostBytes) continue;
    bytes -= kept.summary.bytes;
    spent.push(kept.row);
  }
  return spent;
}

/**
 * Which sessions of the flight recorder are to go when it takes more than its cap: first what was removed, then what is of
 * no incident, the oldest of it first, then the oldest incidents. Pinned ones stay for ever, and are not counted; those being recorded stay.
 */
export function spentFlight(sessions: readonly Kept[], { mostFlightBytes }: RetentionLimits): SessionRow[] {
  const counted = sessions.filter(({ row }) => row.flight !== null && (!row.isPinned || row.removedAtEpochMs !== null));
  const inTurn = counted
    .filter(({ isRecorded }) => !isRecorded)
    .toSorted(
      (a, b) =>
        Number(isRemoved(b)) - Number(isRemoved(a)) ||
        Number(a.row.flight === 'incident') - Number(b.row.flight === 'incident') ||
        endOf(a) - endOf(b),
    );
  const costOf = ({ summary }: Kept) => OVERHEAD.factor * summary.bytes + OVERHEAD.bytesOfSession;
  let bytes = counted.reduce((sum, kept) => sum + costOf(kept), 0);
  const spent: SessionRow[] = [];
  for (const kept of inTurn) {
    if (bytes <= mostFlightBytes) break;
    bytes -= costOf(kept);
    spent.push(kept.row);
  }
  return spent;
}

/** Which of those being recorded are to go on in another: they last long, or take much of the room. */
export function overlongSessions(sessions: readonly Kept[], limits: RetentionLimits): SessionRow[] {
  return sessions
    .filter(({ row, isRecorded, summary: { fromEpochMs, toEpochMs, bytes } }) => {
      // An incident has an end of its own.
      if (!isRecorded || row.flight === 'incident') return false;
      const lengthMs = fromEpochMs === null || toEpochMs === null ? 0 : toEpochMs - fromEpochMs;
      return row.flight === 'at-rest'
        ? lengthMs > LONGEST_REST_MS || bytes > GREATEST_REST * limits.mostFlightBytes
        : lengthMs > LONGEST_SESSION_MS || bytes > GREATEST_SHARE * limits.mostBytes;
    })
    .map(({ row }) => row);
}

export interface SessionRetentionDeps {
  readonly clock: Clock;
  readonly shelf: SessionShelf;
  /** All sessions that are not removed. */
  readonly kept: () => readonly Kept[];
  /** Has the path of a session recorded into another. */
  readonly divide: (row: SessionRow) => void;
  /** Deletes what was removed long ago; gives whether anything was. */
  readonly deleteRemoved: () => boolean;
}

/** Deletes sessions that are not to be kept, and divides those that become too long, every ten minutes. */
export class SessionRetention {
  readonly #deps: SessionRetentionDeps;
  #limits: RetentionLimits = DEFAULT_RETENTION;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: SessionRetentionDeps) {
    this.#deps = deps;
  }

  /** From now on these limits hold. */
  change(limits: RetentionLimits): void {
    this.#limits = limits;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.look();
  }

  /** What is kept has changed: it looks the next time it is asked. */
  lookAgain(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Looks, unless it has done so lately. */
  look(): void {
    const { clock, shelf, kept, divide, deleteRemoved } = this.#deps;
    if (clock.now() - this.#lookedAt < LOOK_INTERVAL) return;
    this.#lookedAt = clock.now();
    let isDeleted = deleteRemoved();
    const all = kept();
    for (const row of overlongSessions(all, this.#limits)) divide(row);
    const counted = [...all, ...this.#removed()];
    const spent = [...spentSessions(counted, this.#limits, clock.wallNow()), ...spentFlight(counted, this.#limits)];
    if (spent.length > 0) {
      const isWritten = shelf.write(
        ({ sessions }) => {
          for (const { number } of spent) sessions.delete(number);
        },
        () => {},
      );
      isDeleted ||= isWritten;
    }
    if (isDeleted) shelf.file?.shrink();
  }

  /** What was removed and can still be taken back takes room as well; so does what is being imported, until its end. */
  #removed(): Kept[] {
    const { file } = this.#deps.shelf;
    const rows = file?.sessions.removed() ?? [];
    return rows.map((row) => ({
      row,
      summary: { ...EMPTY_SUMMARY, bytes: file?.bytesOf(row.number) ?? 0 },
      isRecorded: row.origin === 'imported' && !row.isOver,
    }));
  }
}
