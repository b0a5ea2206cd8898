import type { Incident } from '../../../contract/flight.ts';
import type { Happening } from '../../../contract/happening.ts';
import { epochMilliseconds, milliseconds } from '../../../contract/units.ts';
import type { ArchiveState } from '../../engine/path/archive/archive-state.ts';
import { SessionRecording } from '../../engine/path/archive/session-recording.ts';
import { CHUNK_ROUNDS } from '../../engine/path/chunk-ring.ts';
import { MalformedBytesError } from '../../engine/path/journal/byte-reader.ts';
import { journalOfRounds } from '../../engine/path/journal/journal-of-rounds.ts';
import { JournalledRecording } from '../../engine/path/journal/journalled-recording.ts';
import { replayJournal, replayRest } from '../../engine/path/journal/replay-journal.ts';
import type { KeptRounds } from '../../engine/path/kept-rounds.ts';
import type { MeasuredPath, PathSubject } from '../../engine/path/path-report.ts';
import type { HappeningRows } from '../../store/sessions/happening-rows.ts';
import type { IncidentRows } from '../../store/sessions/incident-rows.ts';
import type { JournalBatch, JournalRows } from '../../store/sessions/journal-rows.ts';
import type { PageRows } from '../../store/sessions/page-rows.ts';
import type { SessionRow, SessionRows, SessionWords } from '../../store/sessions/session-rows.ts';
import type { NamedAddress, PathFacts } from './keeper-calls.ts';
import { KeptDrops } from './kept-drops.ts';
import { factsOfText, type KeptFacts } from './kept-facts.ts';
import { KeptHappenings, keptHappenings } from './kept-happenings.ts';
import { KeptIncident } from './kept-incident.ts';
import { SessionPages } from './session-pages.ts';

/** Where a session is kept. */
export interface SessionTables {
  readonly sessions: SessionRows;
  readonly journal: JournalRows;
  readonly pages: PageRows;
  readonly happenings: HappeningRows;
  readonly incidents: IncidentRows;
}

/** A session with what was recorded, and what of it is not in the file yet. */
export class KeptSession {
  #row: SessionRow;
  readonly #recording: SessionRecording;
  readonly #pages = new SessionPages();
  readonly #names = new Map<string, NamedAddress>();
  readonly #happenings: KeptHappenings;
  readonly #incident: KeptIncident;
  #facts: PathFacts;
  #drops: KeptDrops;
  #waiting: Array<Omit<JournalBatch, 'number'>> = [];
  #archived: ArchiveState | null = null;
  /** Whether the summary in the file is of an earlier end. */
  #isSummaryOld = false;
  #areFactsWaiting = false;

  /** What a new one begins with that is to be kept before its rounds. */
  #begin: ArchiveState | null;

  /**
   * Reads a session; with null for the tables it is a new one. @param begin what a new one knows of rounds that it is to be
   * told as they are kept. @throws SQLite's error
   */
  constructor(tables: SessionTables | null, row: SessionRow, begin: ArchiveState | null = null) {
    this.#row = row;
    const { names, ...facts } = factsOfText(row.facts);
    for (const named of names) this.#names.set(named.address, named);
    this.#facts = facts;
    this.#drops = new KeptDrops(facts.localDrops);
    this.#pages.tables = tables === null ? null : { pages: tables.pages, session: row.number };
    this.#begin = begin;
    this.#incident = new KeptIncident(tables?.incidents.find(row.number));
    this.#happenings = tables === null ? new KeptHappenings() : keptHappenings(tables.happenings, row.number);
    const archive = tables?.pages.readArchive(row.number);
    this.#recording = new SessionRecording(
      {
        interval: milliseconds(row.intervalMs),
        closest: milliseconds(row.closeIntervalMs ?? row.intervalMs),
        maxHops: row.maxHops,
      },
      this.#pages,
      archive === undefined ? (begin ?? undefined) : (JSON.parse(archive.state) as ArchiveState),
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
    const end = epochMilliseconds(this.endEpochMs);
    return {
      recording: this.#recording,
      destinationHopLimit: this.#facts.destinationHopLimit,
      currentGap: () => null,
      localDrops: () => this.#facts.localDrops,
      sessionNow: () => end,
    };
  }

  /** Where what was measured ends: an interval after its last round, of an incident the close one. */
  get endEpochMs(): number {
    const { lastAt, closest } = this.#recording;
    const { begunAtEpochMs, intervalMs, flight } = this.#row;
    return lastAt === null ? begunAtEpochMs : lastAt + (flight === 'incident' ? closest : intervalMs);
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

  /** The incident that it is of; null when it is of none. */
  get incident(): Incident | null {
    return this.#incident.value;
  }

  /** To be written soon. */
  setIncident(incident: Incident): void {
    this.#incident.set(incident);
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
    if (facts !== null) {
      this.#drops.take(facts.localDrops, this.#recording.lastAt ?? this.#row.begunAtEpochMs);
      this.#facts = { ...facts, localDrops: this.#drops.count };
    }
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
  write({ sessions, journal, pages, happenings, incidents }: SessionTables, isInFile: boolean): number {
    const number = isInFile ? this.#row.number : sessions.add(this.#row).number;
    this.#pages.tables = { pages, session: number };
    if (this.#begin !== null) pages.writeArchive(number, 0, JSON.stringify(this.#begin));
    for (const batch of this.#waiting) journal.append(number, batch);
    this.#incident.write(incidents, number);
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
    this.#begin = null;
    this.#happenings.noteWritten();
    this.#incident.noteWritten();
    this.#areFactsWaiting = false;
  }

  /**
   * Nothing more comes: what is left of the journal is written anew as rounds, which take a fraction of its room. Within a
   * transaction, and of no use afterwards but to be read.
   */
  compact({ journal, pages }: SessionTables): void {
    const { number } = this.#row;
    const recording = this.#recording;
    if (recording.isLeaking) return;
    for (let made = recording.archive(); made !== null; made = recording.archive()) recording.noteArchived(made);
    journal.clear(number);
    pages.writeArchive(number, 0, JSON.stringify(recording.state));
    for (let first = recording.archived; first < recording.rounds; first += CHUNK_ROUNDS) {
      const count = Math.min(CHUNK_ROUNDS, recording.rounds - first);
      journal.append(number, { rounds: first, bytes: journalOfRounds(recording.keptRounds(first, count)) });
    }
  }

  /** Whether rounds were lost to the file, which did not take them for too long: it cannot go on there. */
  get isLeaking(): boolean {
    return this.#recording.isLeaking;
  }

  /** Another session of the same path, which begins without a round. */
  continuedIn(
    begun: Pick<SessionRow, 'id' | 'begunAtEpochMs'> & Partial<SessionRow>,
    begin: ArchiveState | null = null,
  ): KeptSession {
    const drops = this.#drops.since(begun.begunAtEpochMs);
    const facts = JSON.stringify({ ...JSON.parse(this.#factsText()), localDrops: drops.count });
    const next = new KeptSession(null, { ...this.#row, ...begun, number: 0, facts }, begin);
    next.#drops = drops;
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
