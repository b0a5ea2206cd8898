import type { Comparison } from '../../../contract/comparison.ts';
import { fail, type Result, succeed } from '../../../contract/failure.ts';
import type { Happening } from '../../../contract/happening.ts';
import type { PathReport, RouteChange } from '../../../contract/path.ts';
import type { MomentComment, Session, StoreState } from '../../../contract/sessions.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import type { Clock } from '../../base/clock.ts';
import type { Random } from '../../base/random.ts';
import type { SessionRow } from '../../store/sessions/session-rows.ts';
import { SessionFiles } from '../exports/session-files.ts';
import { timelineOf } from '../period.ts';
import { AllSessions } from './all-sessions.ts';
import { compareSessions } from './compare-sessions.ts';
import { EndedSessions } from './ended-sessions.ts';
import { IncidentFiling } from './incident-filing.ts';
import {
  type Batch,
  flightPartOf,
  type Keeper,
  type KnownBefore,
  type ListedSessions,
  type PeriodOfSession,
  type RecordingOrder,
} from './keeper-calls.ts';
import { KeptSession } from './kept-session.ts';
import { knownBefore } from './known-before.ts';
import { LoadedSessions } from './loaded-sessions.ts';
import { newSessionRow } from './new-session-row.ts';
import { MOST_WAITING_BYTES, newlyRecorded, type RecordedSession } from './recorded-session.ts';
import { newId, notFound, SessionChanges } from './session-changes.ts';
import { type RetentionLimits, SessionRetention } from './session-retention.ts';
import { type OpenFile, SessionShelf } from './session-shelf.ts';
import { reportOfSession, routeChangesOf, sessionOf } from './session-summary.ts';

export interface SessionKeeperDeps {
  readonly clock: Clock;
  /** Default: the file of the folder, as it is. */
  readonly openFile?: OpenFile;
  readonly random: Random;
}

/**
 * Keeps sessions in the file of a folder and answers from it, synchronously, in whatever thread it lives. When the file
 * cannot be written, what is told is kept in memory and written later, as far as it is not too much.
 */
export class SessionKeeper implements Keeper, Disposable {
  readonly #deps: SessionKeeperDeps;
  readonly #shelf: SessionShelf;
  readonly #loaded = new LoadedSessions();
  readonly #changes: SessionChanges;
  readonly #retention: SessionRetention;
  readonly #files: SessionFiles;
  readonly #incidents: IncidentFiling;
  readonly #all: AllSessions;
  readonly #ended: EndedSessions;
  /** Those being recorded, by path. */
  readonly #recorded = new Map<string, RecordedSession>();

  readonly exportPiece: Keeper['exportPiece'] = (asked) => this.#files.exportPiece(asked);
  readonly masked: Keeper['masked'] = (asked) => this.#files.masked(asked);
  readonly importPiece: Keeper['importPiece'] = (piece) => this.#files.importPiece(piece);
  readonly abandonImport: Keeper['abandonImport'] = (asked) => this.#files.abandonImport(asked);

  constructor(deps: SessionKeeperDeps, folder: string) {
    this.#deps = deps;
    this.#shelf = new SessionShelf(deps, folder);
    this.#ended = new EndedSessions({
      shelf: this.#shelf,
      onNewFile: () => this.#noteNewFile(),
      onFinished: (sessionId) => this.#loaded.forget(sessionId),
    });
    this.#all = new AllSessions({
      ...deps,
      shelf: this.#shelf,
      recorded: this.#recorded,
      ended: () => this.#ended.unwritten,
      find: (sessionId) => this.#find(sessionId),
    });
    this.#changes = new SessionChanges({
      ...deps,
      shelf: this.#shelf,
      isRecorded: (sessionId) => [...this.#recorded.values()].some(({ kept }) => kept.row.id === sessionId),
      onChange: (sessionId, words) => {
        if (words !== null) this.#all.recordedOf(sessionId)?.kept.setWords(words);
        this.#loaded.forget(sessionId);
      },
    });
    this.#retention = new SessionRetention({
      ...deps,
      shelf: this.#shelf,
      kept: () => this.#all.list(),
      divide: (row) => this.#divide(row),
      deleteRemoved: () => this.#changes.deleteRemoved(),
    });
    this.#files = new SessionFiles({ ...deps, shelf: this.#shelf, find: (sessionId) => this.#find(sessionId) });
    this.#incidents = new IncidentFiling({
      shelf: this.#shelf,
      recorded: this.#recorded,
      begun: () => this.#begun(),
      end: (pathId) => void this.end({ pathId, isOver: true }),
    });
    this.#changes.deleteRemoved();
    this.#incidents.closeLeftOpen();
  }

  begin(order: RecordingOrder): KnownBefore | null {
    // Their ends come first: they are over, and not left open.
    this.#ended.write();
    this.#incidents.closeLeftOpen();
    const resumed = this.#resume(order);
    const known = knownBefore(this.#shelf.file, order, resumed);
    const kept = resumed ?? new KeptSession(null, newSessionRow(order, newId(this.#deps.random)));
    this.#recorded.set(order.pathId, newlyRecorded(kept, resumed !== null));
    return known;
  }

  append(batches: readonly Batch[]): StoreState {
    for (const { pathId, bytes, facts, names, happenings } of batches) {
      const kept = this.#recorded.get(pathId)?.kept;
      kept?.tell(bytes, facts, names);
      kept?.tellHappenings(happenings);
    }
    this.#write();
    this.#retention.look();
    return this.#shelf.state;
  }

  end({ pathId, isOver }: { readonly pathId: string; readonly isOver: boolean }): null {
    const recorded = this.#recorded.get(pathId);
    if (recorded === undefined) return null;
    recorded.kept.abandon();
    const isWritten = this.#write();
    this.#recorded.delete(pathId);
    this.#ended.add(recorded, { isOver, isWritten });
    return null;
  }

  openIncident(opened: Parameters<Keeper['openIncident']>[0]): null {
    this.#incidents.open(opened);
    return null;
  }

  closeIncident(closed: Parameters<Keeper['closeIncident']>[0]): null {
    this.#incidents.close(closed);
    this.#retention.lookAgain();
    return null;
  }

  list(_asked: null): ListedSessions {
    const sessions = this.#all
      .list()
      .map(({ row, summary, incident, pathId }) => sessionOf(row, summary, { incident, pathId }));
    sessions.sort((a, b) => (b.toEpochMs ?? 0) - (a.toEpochMs ?? 0));
    return { sessions, store: this.#shelf.state };
  }

  retain(limits: RetentionLimits): null {
    this.#retention.change(limits);
    return null;
  }

  report(asked: PeriodOfSession): Result<PathReport> {
    return this.#answer(asked.sessionId, (kept) => reportOfSession(kept, asked));
  }

  timeline(asked: PeriodOfSession & { readonly hopLimit: number; readonly columns: number }): Result<Timeline> {
    return this.#answer(asked.sessionId, ({ recording, measured }) =>
      timelineOf(recording, measured.sessionNow(), asked),
    );
  }

  routes({ sessionId, limit }: Parameters<Keeper['routes']>[0]): Result<{ changes: RouteChange[] }> {
    return this.#answer(sessionId, (kept) => ({ changes: routeChangesOf(kept, limit) }));
  }

  happenings({ sessionId }: { readonly sessionId: string }): Result<{ happenings: Happening[] }> {
    return this.#answer(sessionId, ({ happenings }) => ({ happenings: [...happenings] }));
  }

  compare({ before, after }: Parameters<Keeper['compare']>[0]): Result<Comparison> {
    const [first, second] = [this.#find(before.sessionId), this.#find(after.sessionId)];
    if (first === null) return fail(notFound('session', before.sessionId));
    if (second === null) return fail(notFound('session', after.sessionId));
    return succeed(compareSessions({ kept: first, period: before }, { kept: second, period: after }));
  }

  change({ sessionId, ...words }: Parameters<Keeper['change']>[0]): Result<Session> {
    const changed = this.#changes.change(sessionId, words);
    if (!changed.ok) return changed;
    const session = this.list(null).sessions.find((each) => each.sessionId === sessionId);
    return session === undefined ? fail(notFound('session', sessionId)) : succeed(session);
  }

  remove({ sessionIds }: Parameters<Keeper['remove']>[0]): Result<null> {
    return this.#changes.remove(sessionIds);
  }

  restore({ sessionIds }: { readonly sessionIds: readonly string[] }): Result<null> {
    return this.#changes.restore(sessionIds);
  }

  comments({ sessionId }: { readonly sessionId: string }): Result<{ comments: MomentComment[] }> {
    return this.#changes.comments(sessionId);
  }

  addComment({ sessionId, ...comment }: Parameters<Keeper['addComment']>[0]): Result<MomentComment> {
    return this.#changes.addComment(sessionId, comment);
  }

  removeComment({ sessionId, commentId }: Parameters<Keeper['removeComment']>[0]): Result<null> {
    return this.#changes.removeComment(sessionId, commentId);
  }

  [Symbol.dispose](): void {
    this.#files[Symbol.dispose]();
    for (const pathId of [...this.#recorded.keys()]) this.end({ pathId, isOver: false });
    this.#shelf[Symbol.dispose]();
  }

  /** The session that an order continues; null when it begins one. */
  #resume(order: RecordingOrder): KeptSession | null {
    const file = this.#shelf.writable;
    if (file === null) return null;
    const live = new Set([...this.#recorded.values()].map(({ kept }) => kept.row.id));
    const isFree = ({ id }: SessionRow) => !live.has(id) && !this.#ended.has(id);
    const row = file.sessions.unfinished({ ...order, flight: flightPartOf(order) }).find(isFree);
    if (row === undefined) return null;
    this.#loaded.forget(row.id);
    const kept = new KeptSession(file, row);
    if (!kept.canGoOnAt(order.atEpochMs)) return null;
    kept.goOn(order.atEpochMs);
    return kept;
  }

  /** Whether the file has all that was told now. */
  #write(): boolean {
    this.#ended.write();
    const all = [...this.#recorded.values()];
    let numbers: number[] = [];
    const isWritten = this.#shelf.write(
      (file) => {
        numbers = all.map(({ kept, isInFile }) => kept.write(file, isInFile));
      },
      () => this.#noteNewFile(),
    );
    for (const [index, each] of all.entries()) {
      if (isWritten) {
        each.isInFile = true;
        each.kept.noteWritten(numbers[index] as number);
      }
      if (each.kept.isLeaking || each.kept.waitingBytes > MOST_WAITING_BYTES) this.#beginAnew(each);
    }
    if (isWritten) this.#incidents.closeCutOff();
    return isWritten;
  }

  /** What is still to be kept goes into another session, because the file did not take what was before it. */
  #beginAnew(each: RecordedSession, isFileNew = false): void {
    this.#shelf.countLost(each.kept.waitingBatches);
    each.kept = this.#incidents.cutOff(each, isFileNew);
    each.isInFile = false;
  }

  /** What is recorded from now on goes into another session; nothing is lost. */
  #divide({ id }: SessionRow): void {
    for (const [pathId, each] of this.#recorded) {
      // While the file does not take what there is, there is nothing to be gained by another session.
      if (each.kept.row.id !== id || !each.isInFile || each.kept.waitingBatches > 0) continue;
      const isAtRest = each.kept.row.flight === 'at-rest';
      const next = isAtRest ? this.#incidents.divide(each.kept) : each.kept.continuedIn(this.#begun());
      this.end({ pathId, isOver: true });
      this.#recorded.set(pathId, newlyRecorded(next, false));
    }
  }

  #begun(): Pick<SessionRow, 'id' | 'begunAtEpochMs'> {
    return { id: newId(this.#deps.random), begunAtEpochMs: this.#deps.clock.wallNow() };
  }

  #noteNewFile(): void {
    this.#loaded.forgetAll();
    for (const each of this.#recorded.values()) this.#beginAnew(each, true);
    this.#ended.loseAll();
  }

  #answer<T>(sessionId: string, answer: (kept: KeptSession) => T): Result<T> {
    const kept = this.#find(sessionId);
    return kept === null ? fail(notFound('session', sessionId)) : succeed(answer(kept));
  }

  #find(sessionId: string): KeptSession | null {
    const recorded = this.#all.recordedOf(sessionId);
    if (recorded !== undefined) return recorded.kept;
    const { file } = this.#shelf;
    if (file === null) return null;
    // Another program may be recording it.
    if (!file.isOwned) this.#loaded.forget(sessionId);
    return this.#loaded.find(file, sessionId);
  }
}
