import { seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import type { SessionShelf } from './session-shelf.ts';
import type { SessionSummary } from './session-summary.ts';

/** From one look at what is to be kept to the next. */
const LOOK_INTERVAL = seconds(3_600);

/** What is kept: sessions of which the end is not so long ago, and not more bytes than this in all. */
export interface RetentionLimits {
  readonly mostAgeMs: number;
  readonly mostBytes: number;
}

/** A year, and two gigabytes: some twenty paths of thirty hops, once a second, for a fortnight. */
export const DEFAULT_RETENTION: RetentionLimits = { mostAgeMs: 365 * 86_400_000, mostBytes: 2e9 };

/** A session that might go. */
export interface Kept {
  readonly row: SessionRow;
  readonly summary: SessionSummary;
  /** Whether it is being recorded. */
  readonly isRecorded: boolean;
}

/**
 * Which sessions are to go: too old, or (the oldest first) too much. Pinned ones and those being recorded stay; of those
 * that were imported nobody expects that they go because they are old.
 */
export function spentSessions(sessions: readonly Kept[], limits: RetentionLimits, nowEpochMs: number): SessionRow[] {
  const endOf = ({ row, summary }: Kept) => summary.toEpochMs ?? row.begunAtEpochMs;
  const oldestFirst = sessions.toSorted((a, b) => endOf(a) - endOf(b));
  let bytes = sessions.reduce((sum, { summary }) => sum + summary.bytes, 0);
  const spent: SessionRow[] = [];
  for (const kept of oldestFirst) {
    if (kept.isRecorded || kept.row.isPinned) continue;
    const isTooOld = kept.row.origin === 'measured' && endOf(kept) < nowEpochMs - limits.mostAgeMs;
    if (!isTooOld && bytes <= limits.mostBytes) continue;
    bytes -= kept.summary.bytes;
    spent.push(kept.row);
  }
  return spent;
}

/** Deletes sessions that are not to be kept, once an hour. */
export class SessionRetention {
  readonly #clock: Clock;
  readonly #shelf: SessionShelf;
  readonly #kept: () => readonly Kept[];
  #limits: RetentionLimits = DEFAULT_RETENTION;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param kept all sessions that are not removed */
  constructor(deps: { readonly clock: Clock; readonly shelf: SessionShelf }, kept: () => readonly Kept[]) {
    this.#clock = deps.clock;
    this.#shelf = deps.shelf;
    this.#kept = kept;
  }

  /** From now on these limits hold. */
  change(limits: RetentionLimits): void {
    this.#limits = limits;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    this.look();
  }

  /** Looks, unless it has done so within the hour. */
  look(): void {
    if (this.#clock.now() - this.#lookedAt < LOOK_INTERVAL) return;
    this.#lookedAt = this.#clock.now();
    const spent = spentSessions(this.#kept(), this.#limits, this.#clock.wallNow());
    if (spent.length === 0) return;
    const isDeleted = this.#shelf.write(
      ({ sessions }) => {
        for (const { number } of spent) sessions.delete(number);
      },
      () => {},
    );
    if (isDeleted) this.#shelf.file?.shrink();
  }
}
