import type { Gap, RouteChange } from '../../../../contract/path.ts';
import type { TimelineColumn } from '../../../../contract/timeline.ts';
import type { EpochMilliseconds, Milliseconds } from '../../../../contract/units.ts';
import type { SendFailureReason } from '../../../icmp/probe-transport.ts';
import { CHUNK_ROUNDS } from '../chunk-ring.ts';
import type { HopRecording } from '../hop-recording.ts';
import { type KeptRounds, readKeptRounds } from '../kept-rounds.ts';
import { type PathRecordingOptions, RolledUpRecording } from '../path-recording.ts';
import { PeriodReader, type ReadableHop, type ReadableRecording } from '../period-reader.ts';
import type { Answer, Outcome, PathRecording, RecordedPeriod, RecordedSlice } from '../recording.ts';
import { ResponderTable } from '../responder-table.ts';
import type { KeptFailures, SendFailureCount } from '../send-failures.ts';
import { type ArchiveState, keptResponders, NOTHING_ARCHIVED, respondersOf } from './archive-state.ts';
import { type Cut, headOfPage, writeChunk, writeCut, writeParents } from './archive-writer.ts';
import { ArchivedHop, ReadPages } from './archived-hop.ts';
import { ArchivedTimeline, type ChunkHead } from './archived-timeline.ts';
import { PageCache } from './page-cache.ts';
import { type Pages, ROUNDS_HOP } from './pages.ts';
import { roundsOfPage } from './round-page.ts';

/** Rounds kept in memory: those not in pages yet, and before them those to which something may still happen. */
const KEPT_ROUNDS = 4 * CHUNK_ROUNDS;

const MOST_ROUND_CHUNKS = 64;

/**
 * A recording without end: what has come to rest goes into pages, chunk by chunk, and is read from there; only the last
 * rounds are in memory. Any period is answered, exactly up to 1,024 rounds, wherever it lies.
 */
export class SessionRecording implements PathRecording, ReadableRecording {
  readonly interval: Milliseconds;
  readonly closest: Milliseconds;
  readonly timeline: ArchivedTimeline;
  readonly #pages: Pages;
  readonly #read: ReadPages;
  readonly #tail: RolledUpRecording;
  readonly #heads: ChunkHead[];
  readonly #state: ArchiveState;
  readonly #place: { archived: number; readonly base: number };
  readonly #hops: ArchivedHop[] = [];
  readonly #known: ReadonlyMap<number, ResponderTable>;
  readonly #reader: PeriodReader;
  /** Chunks in pages of which something has changed since. */
  readonly #changed = new Set<number>();
  #cuts: Cut[] = [];

  constructor(
    { interval, closest = interval, maxHops }: Omit<PathRecordingOptions, 'keptRounds' | 'before'>,
    pages: Pages,
    state: ArchiveState = NOTHING_ARCHIVED,
  ) {
    this.interval = interval;
    this.closest = closest;
    this.#pages = pages;
    this.#state = state;
    this.#place = { archived: state.archived, base: state.archived };
    this.#known = new Map(state.hops.map((kept) => [kept.hopLimit, respondersOf(kept)]));
    const { segment, hasReplied, failures } = state;
    const before = { segment, hasReplied, failures, responders: this.#known };
    this.#tail = new RolledUpRecording({ interval, maxHops, keptRounds: KEPT_ROUNDS, before });
    this.#heads = Array.from(pages.readAll(1, ROUNDS_HOP), ({ bytes }) => headOfPage(bytes));
    const chunks = new PageCache<ReturnType<typeof roundsOfPage>>(MOST_ROUND_CHUNKS);
    const roundsOf = (number: number) =>
      chunks.get(number, () => roundsOfPage(pages.read(0, ROUNDS_HOP, number) ?? new Uint8Array()));
    this.#read = new ReadPages(pages, interval, roundsOf);
    this.timeline = new ArchivedTimeline({
      interval,
      heads: this.#heads,
      tail: this.#tail.timeline,
      base: this.#place.base,
      chunk: (number) => chunks.get(number, () => roundsOfPage(pages.read(0, ROUNDS_HOP, number) ?? new Uint8Array())),
    });
    this.#reader = new PeriodReader(this);
  }

  get rounds(): number {
    return this.timeline.rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    return this.timeline.firstAt;
  }

  get lastAt(): EpochMilliseconds | null {
    return this.timeline.lastAt;
  }

  get gaps(): readonly Gap[] {
    const known = new Set(this.#state.gaps.map(({ fromEpochMs }) => fromEpochMs));
    return [...this.#state.gaps, ...this.#tail.gaps.filter(({ fromEpochMs }) => !known.has(fromEpochMs))];
  }

  get routeChanges(): readonly RouteChange[] {
    const known = new Set(this.#state.routeChanges.map(({ atEpochMs }) => atEpochMs));
    return [...this.#state.routeChanges, ...this.#tail.routeChanges.filter(({ atEpochMs }) => !known.has(atEpochMs))];
  }

  get hasReplied(): boolean {
    return this.#tail.hasReplied;
  }

  get hopCount(): number {
    return Math.max(this.#tail.hopCount, ...[...this.#known.keys()].map((hopLimit) => hopLimit + 1));
  }

  hop(hopLimit: number): ReadableHop | undefined {
    if (this.#tail.hop(hopLimit) === undefined && !this.#known.has(hopLimit)) return undefined;
    this.#hops[hopLimit] ??= new ArchivedHop(
      hopLimit,
      this.#read,
      this.timeline,
      this.#place,
      () => this.#tail.hop(hopLimit),
      this.#known.get(hopLimit) ?? new ResponderTable(),
    );
    return this.#hops[hopLimit];
  }

  /** Rounds in pages. */
  get archived(): number {
    return this.#place.archived;
  }

  /** Whether rounds were lost, because they were not put into pages for too long. */
  get isLeaking(): boolean {
    return this.#place.base + this.#tail.timeline.firstKept > this.#place.archived;
  }

  /**
   * Writes what has come to rest, at most one new chunk, and what has changed of older ones. Gives what is to be kept beside
   * the pages, or null when nothing was written; `noteArchived` is to follow once it is certain that all is kept.
   */
  archive(): ArchiveState | null {
    const { archived, base } = this.#place;
    const isReady = !this.isLeaking && base + this.#tail.timeline.rolledUp >= archived + CHUNK_ROUNDS;
    if (!isReady && this.#changed.size === 0 && this.#cuts.length === 0) return null;
    for (const cut of this.#cuts) writeCut(this.#pages, this.interval, cut, this.hopCount);
    const isKept = (chunk: number) => chunk * CHUNK_ROUNDS - base >= this.#tail.timeline.firstKept;
    const changed = [...this.#changed].filter(isKept);
    for (const chunk of [...changed, ...(isReady ? [archived / CHUNK_ROUNDS] : [])]) {
      writeChunk(this.#pages, this.#tail, chunk, chunk - base / CHUNK_ROUNDS);
    }
    const end = archived + (isReady ? CHUNK_ROUNDS : 0);
    const touched = [...changed, ...this.#cuts.flatMap(chunksOf), ...(isReady ? [archived / CHUNK_ROUNDS] : [])];
    writeParents(this.#pages, this.interval, touched, end / CHUNK_ROUNDS, this.hopCount);
    return this.#stateAt(end);
  }

  /** Everything beside the pages and the rounds that are not in pages, as of now. */
  get state(): ArchiveState {
    return this.#stateAt(this.#place.archived);
  }

  /** What `archive` wrote is kept. */
  noteArchived({ archived }: ArchiveState): void {
    if (archived > this.#place.archived) {
      const page = this.#pages.read(1, ROUNDS_HOP, this.#place.archived / CHUNK_ROUNDS);
      if (page !== undefined) this.#heads.push(headOfPage(page));
      this.#place.archived = archived;
    }
    if (this.#changed.size > 0 || this.#cuts.length > 0) {
      this.#read.forgetAll();
      for (const hop of this.#hops) hop?.columns.noteChange(0);
    }
    this.#changed.clear();
    this.#cuts = [];
  }

  openRound(at: EpochMilliseconds): number {
    return this.#place.base + this.#tail.openRound(at);
  }

  recordSent(round: number, hopLimit: number): void {
    this.#tail.recordSent(this.#told(round), hopLimit);
  }

  recordAnswer(round: number, hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    this.#tail.recordAnswer(this.#told(round), hopLimit, answer, rtt);
  }

  recordRefusal(round: number, answer: Answer): void {
    this.#tail.recordRefusal(this.#told(round), answer);
  }

  recordTimeout(round: number, hopLimit: number): void {
    this.#tail.recordTimeout(this.#told(round), hopLimit);
  }

  recordSendFailure(round: number, hopLimit: number): void {
    this.#tail.recordSendFailure(this.#told(round), hopLimit);
  }

  recordWithdrawn(round: number, hopLimit: number): void {
    this.#tail.recordWithdrawn(this.#told(round), hopLimit);
  }

  recordEnd(first: number, end: number, hopLimit: number): void {
    const { archived, base } = this.#place;
    // Chunks of which all is still in memory are written anew from there, the others are read and cut.
    const kept = base + Math.ceil(this.#tail.timeline.firstKept / CHUNK_ROUNDS) * CHUNK_ROUNDS;
    const cut = { first, end: Math.min(end, kept, archived), hopLimit };
    if (cut.first < cut.end) this.#cuts.push(cut);
    for (const chunk of chunksOf({ first: Math.max(first, kept), end: Math.min(end, archived) })) {
      this.#changed.add(chunk);
    }
    this.#tail.recordEnd(first - base, end - base, hopLimit);
  }

  recordLate(round: number, hopLimit: number, answer: Answer): void {
    this.#tail.recordLate(this.#told(round), hopLimit, answer);
  }

  recordDuplicate(round: number, hopLimit: number): void {
    this.#tail.recordDuplicate(this.#told(round), hopLimit);
  }

  recordGap(gap: Gap): void {
    this.#tail.recordGap(gap);
  }

  recordRouteChange(change: RouteChange): void {
    this.#tail.recordRouteChange(change);
  }

  recordAbandoned(): void {
    this.#tail.recordAbandoned();
  }

  recordKept(kept: KeptRounds): void {
    this.#tail.recordKept(kept);
  }

  /** Some rounds as they are kept. What is in flight is left out: as if it had not been sent. */
  keptRounds(first: number, count: number): KeptRounds {
    return readKeptRounds(this, first, count);
  }

  /** Causes of failed sends, as they are kept. */
  get failures(): KeptFailures | null {
    return this.#tail.failures.kept();
  }

  recordFailureCause(at: EpochMilliseconds, reason: SendFailureReason, osCode: string): boolean {
    return this.#tail.recordFailureCause(at, reason, osCode);
  }

  query(from: EpochMilliseconds, to: EpochMilliseconds): RecordedPeriod {
    return this.#reader.query(from, to);
  }

  slices(period: RecordedPeriod, count: number): RecordedSlice[] {
    return this.#reader.slices(period, count);
  }

  columns(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, most: number): TimelineColumn[] {
    this.hop(hopLimit)?.columns.noteChange(this.#place.archived);
    return this.#reader.columns(hopLimit, from, to, most);
  }

  outcomes(hopLimit: number, from: EpochMilliseconds, to: EpochMilliseconds, limit: number): Outcome[] {
    return this.#reader.outcomes(hopLimit, from, to, limit);
  }

  sendFailures(from: EpochMilliseconds, to: EpochMilliseconds): readonly SendFailureCount[] {
    return this.#tail.sendFailures(from, to);
  }

  /** The number that a round has in memory; notes that something is told of it. */
  #told(round: number): number {
    if (round < this.#place.archived) this.#changed.add(Math.floor(round / CHUNK_ROUNDS));
    return round - this.#place.base;
  }

  #stateAt(archived: number): ArchiveState {
    const { base } = this.#place;
    const last = archived - 1 - base;
    const segment = last < 0 ? this.#state.segment : this.#tail.timeline.chunk(last).segments[last % CHUNK_ROUNDS];
    const hops = Array.from({ length: this.hopCount }, (_, hopLimit) => hopLimit);
    return {
      archived,
      segment: segment ?? 0,
      hasReplied: this.hasReplied,
      hops: hops.flatMap((hopLimit) => {
        const tail: HopRecording | undefined = this.#tail.hop(hopLimit);
        const table = tail?.responders ?? this.#known.get(hopLimit);
        return table === undefined ? [] : [keptResponders(hopLimit, table)];
      }),
      gaps: this.gaps,
      routeChanges: this.routeChanges,
      failures: this.#tail.failures.kept(),
    };
  }
}

/** The chunks that rounds are in. */
function chunksOf({ first, end }: { readonly first: number; readonly end: number }): number[] {
  const from = Math.floor(Math.max(0, first) / CHUNK_ROUNDS);
  return Array.from({ length: Math.max(0, Math.ceil(end / CHUNK_ROUNDS) - from) }, (_, index) => from + index);
}
