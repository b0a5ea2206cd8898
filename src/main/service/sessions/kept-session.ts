import type { Happening } from '../../../contract/happening.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import type { ArchiveState } from '../../engine/path/archive/archive-state.ts';
import type { Pages } from '../../engine/path/archive/pages.ts';
import { SessionRecording } from '../../engine/path/archive/session-recording.ts';
import { MalformedBytesError } from '../../engine/path/journal/byte-reader.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { replayJournal, replayRest } from '../../engine/path/journal/replay-journal.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';
import type { MeasuredPath, PathSubject } from '../../engine/path/path-report.ts';
import type { HappeningRows } from '../../store/sessions/happening-rows.ts';
import type { JournalBatch, JournalRows } from '../../store/sessions/journal-rows.ts';
import type { PageRows } from '../../store/sessions/page-rows.ts';
import type { SessionRow, SessionRows, SessionWords } from '../../store/sessions/session-rows.ts';
import type { NamedAddress, PathFacts } from './keeper-calls.ts';
import { KeptHappenings, keptHappenings } from './kept-happenings.ts';

/** What is known of a session beside its rounds, as it is kept. */
interface KeptFacts extends PathFacts {
  readonly names: readonly NamedAddress[];
}

const NO_FACTS: KeptFacts = {
  simulated: null,
  destinationHopLimit: null,
  localDrops: 0,
  gateways: [],
  pathMtu: null,
  branches: null,
  names: [],
};

/** Where a session is kept. */
export interface SessionTables {
  readonly sessions: SessionRows;
  readonly journal: JournalRows;
  readonly pages: PageRows;
  readonly happenings: HappeningRows;
}

/** A session with what was recorded, and what of it is not in the file yet. */
export class KeptSession {
  #row: SessionRow;
  readonly #recording: SessionRecording;
  readonly #pages = new SessionPages();
  readonly #names = new Map<string, NamedAddress>();
  readonly #happenings: KeptHappenings;
  #facts: PathFacts;
  /** Datagrams dropped before the program that is recording now began. */
  readonly #dropsBefore: number;
  #waiting: Array<Omit<JournalBatch, 'number'>> = [];
  #archived: ArchiveState | null = null;
  /** Whether the summary in the file is of an earlier end. */
  #isSummaryOld = false;
  #areFactsWaiting = false;

  /** Reads a session; with null for the tables it is a new one. @throws SQLite's error */
  constructor(tables: SessionTables | null, row: SessionRow) {
    this.#row = row;
    const { names, ...facts } = { ...NO_FACTS, ...(JSON.parse(row.facts) as Partial<KeptFacts>) };
    for (const named of names) this.#names.set(named.address, named);
    this.#facts = facts;
    this.#dropsBefore = facts.localDrops;
    this.#pages.tables = tables === null ? null : { pages: tables.pages, session: row.number };
    this.#happenings = tables === null ? new KeptHappenings() : keptHappenings(tables.happenings, row.number);
    const archive = tables?.pages.readArchive(row.number);
    this.#recording = new SessionRecording(
      { interval: milliseconds(row.intervalMs), maxHops: row.maxHops },
      this.#pages,
      archive === undefined ? undefined : (JSON.parse(archive.state) as ArchiveState),
    );
    for (const batch of tables?.journal.read(row.number) ?? []) this.#replay(batch, archive?.batch ?? 0);
  }

  get row(): SessionRow {
    return this.#row;
  }

  get recording(): SessionRecording {
    return this.#recording;
  }

  /** As the rules are to judge it. */
  get measured(): MeasuredPath {
    const { lastAt } = this.#recording;
    const end = epochMilliseconds(lastAt === null ? this.row.begunAtEpochMs : lastAt + this.row.intervalMs);
    return {
      recording: this.#recording,
      destinationHopLimit: this.#facts.destinationHopLimit,
      currentGap: () => null,
      localDrops: () => this.#facts.localDrops,
      sessionNow: () => end,
    };
  }

  get subject(): PathSubject {
    const { target, destination, family, intervalMs } = this.row;
    return { target, destination, family, interval: milliseconds(intervalMs) };
  }

  get facts(): PathFacts {
    return this.#facts;
  }

  /** All that are known. */
  get names(): NamedAddress[] {
    return [...this.#names.values()];
  }

  /** What happened to the machine meanwhile, oldest first. */
  get happenings(): readonly Happening[] {
    return this.#happenings.all;
  }

  nameOf(address: string): NamedAddress | null {
    return this.#names.get(address) ?? null;
  }

  /** Whoever recorded it is gone: what was in flight then is of no meaning. It is not written. */
  abandon(): void {
    this.#recording.recordAbandoned();
  }

  /** Whether it can go on at a moment: session time never goes back. */
  canGoOnAt(epochMs: number): boolean {
    return epochMs > (this.#recording.lastAt ?? 0);
  }

  /** It goes on: the time since its last round is a gap. */
  goOn(atEpochMs: number): void {
    this.#isSummaryOld = true;
    const { lastAt } = this.#recording;
    const { rounds } = this.#recording;
    const journalled = new JournalledRecording(this.#recording);
    journalled.recordAbandoned();
    const from = lastAt === null ? atEpochMs : lastAt + this.row.intervalMs;
    if (from < atEpochMs) {
      journalled.recordGap({ fromEpochMs: from, toEpochMs: atEpochMs, cause: 'not-running' });
    }
    const bytes = journalled.take();
    if (bytes !== null) this.#waiting.push({ rounds, bytes });
  }

  /** Takes rounds that another program kept, to be written soon. */
  tellKept(kept: KeptRounds): void {
    const { rounds } = this.#recording;
    const journalled = new JournalledRecording(this.#recording);
    journalled.recordKept(kept);
    const bytes = journalled.take();
    if (bytes !== null) this.#waiting.push({ rounds, bytes });
  }

  /** Takes what happened, to be written soon. */
  tell(bytes: Uint8Array | null, facts: PathFacts | null, names: readonly NamedAddress[]): void {
    if (bytes !== null) {
      const batch = { number: Number.POSITIVE_INFINITY, rounds: this.#recording.rounds, bytes };
      this.#replay(batch, 0);
      this.#waiting.push(batch);
    }
    if (facts !== null) this.#facts = { ...facts, localDrops: this.#dropsBefore + facts.localDrops };
    for (const named of names) this.#names.set(named.address, named);
    if (facts !== null || names.length > 0) this.#areFactsWaiting = true;
  }

  /** Takes what happened to the machine, to be written soon. */
  tellHappenings(happenings: readonly Happening[]): void {
    this.#happenings.tell(happenings);
  }

  /** Bytes that wait to be written. */
  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  get waitingBatches(): number {
    return this.#waiting.length;
  }

  /**
   * Writes what waits, and into pages what has come to rest, into a row of its own if it has none; to be called within a
   * transaction, and followed by `noteWritten` once that is done. Gives the number of the row.
   */
  write({ sessions, journal, pages, happenings }: SessionTables, isInFile: boolean): number {
    const number = isInFile ? this.#row.number : sessions.add(this.#row).number;
    this.#pages.tables = { pages, session: number };
    for (const batch of this.#waiting) journal.append(number, batch);
    this.#happenings.write(happenings, number);
    this.#archived = this.#recording.archive();
    if (this.#archived !== null) {
      pages.writeArchive(number, journal.last(number), JSON.stringify(this.#archived));
      journal.trim(number, this.#archived.archived);
    }
    // Whoever reads the file meanwhile, or after a kill, is not to take what it was for what it is.
    if (this.#isSummaryOld) sessions.setSummary(number, '{}');
    if (this.#areFactsWaiting || !isInFile) sessions.setFacts(number, this.#factsText());
    return number;
  }

  /** What a person says of it has changed. */
  setWords(words: SessionWords): void {
    this.#row = { ...this.#row, ...words };
  }

  /** What waited is in the file now, under a number. */
  noteWritten(number: number): void {
    this.#row = { ...this.#row, number };
    this.#isSummaryOld = false;
    if (this.#archived !== null) this.#recording.noteArchived(this.#archived);
    this.#waiting = [];
    this.#happenings.noteWritten();
    this.#areFactsWaiting = false;
  }

  /** Whether rounds were lost to the file, which did not take them for too long: it cannot go on there. */
  get isLeaking(): boolean {
    return this.#recording.isLeaking;
  }

  /** Another session of the same path, which begins without a round. */
  continuedIn(begun: Pick<SessionRow, 'id' | 'begunAtEpochMs'>): KeptSession {
    const facts = JSON.stringify({ ...JSON.parse(this.#factsText()), localDrops: 0 });
    const next = new KeptSession(null, { ...this.#row, ...begun, number: 0, facts });
    next.tellHappenings(this.#happenings.waiting);
    return next;
  }

  #factsText(): string {
    const kept: KeptFacts = { ...this.#facts, names: this.names };
    return JSON.stringify(kept);
  }

  /** Tells the recording what it does not know of a batch. @param failuresKnown the last batch whose failures it knows */
  #replay({ number, rounds, bytes }: JournalBatch, failuresKnown: number): void {
    const known = Math.max(0, this.#recording.archived - rounds);
    try {
      if (number > failuresKnown && known === 0) replayJournal(bytes, this.#recording);
      else replayRest(bytes, this.#recording, { rounds: known, areFailuresKnown: number <= failuresKnown });
    } catch (error) {
      // A batch that is damaged where SQLite did not notice: what follows it stands for itself.
      if (!(error instanceof MalformedBytesError)) throw error;
    }
  }
}

/** The pages of one session, wherever they are; none before it has a row. */
class SessionPages implements Pages {
  tables: { readonly pages: PageRows; readonly session: number } | null = null;

  read(level: number, hop: number, node: number): Uint8Array | undefined {
    return this.tables?.pages.read(this.tables.session, level, hop, node);
  }

  readAll(level: number, hop: number): Iterable<{ readonly node: number; readonly bytes: Uint8Array }> {
    return this.tables?.pages.readAll(this.tables.session, level, hop) ?? [];
  }

  write(level: number, hop: number, node: number, bytes: Uint8Array | null): void {
    this.tables?.pages.write(this.tables.session, level, hop, node, bytes);
  }
}
