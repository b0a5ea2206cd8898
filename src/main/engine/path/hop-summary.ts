import type { Milliseconds } from '../../../contract/units.ts';
import { OutageChain } from '../statistics/outage-chain.ts';
import { SeriesSummary } from '../statistics/series-summary.ts';
import { CHUNK_ROUNDS } from './chunk-ring.ts';
import { type CellChunk, FATE, fateOf, marksOf, type ReadableCells, responderOf } from './hop-cells.ts';
import { NOBODY, type RollUp } from './roll-up.ts';
import type { RollUpArena } from './roll-up-arena.ts';
import type { ReadableRounds, RoundChunk } from './timeline.ts';

/** What a summary is made for: to be rolled up, or to be read over a period, exactly if that is short. */
export type SummaryPurpose = 'roll-up' | 'period' | 'exact-period';

/**
 * A hop over a stretch of rounds, as a whole and by responder, put together from rounds and roll-ups in order. Lost
 * probes count for whoever answered last. Those before the first answer stay apart in a roll-up, because what comes
 * before it decides; in a period before which nobody ever answered they count for its first responder. While one
 * responder is all there is, the whole stands for its part. Reused by `reset`.
 */
export class HopSummary {
  readonly #interval: Milliseconds;
  readonly #whole: SeriesSummary;
  readonly #spare: SeriesSummary[] = [];
  #parts: Map<number, SeriesSummary> | null = null;
  #outages: OutageChain | null = null;
  #purpose: SummaryPurpose = 'roll-up';
  #keepsResponders = false;
  /** Whose everything is so far, while there are no parts; null before the first outcome. */
  #sole: number | null = null;
  #last = NOBODY;

  constructor(interval: Milliseconds) {
    this.#interval = interval;
    this.#whole = new SeriesSummary(interval);
  }

  /**
   * Forgets everything. The round trip has outages, a hop responders.
   * @param before who answered last before the stretch, or NOBODY; of a roll-up it is not known
   */
  reset(purpose: SummaryPurpose, series: 'hop' | 'round-trip', before: number): void {
    this.#purpose = purpose;
    this.#keepsResponders = series === 'hop';
    this.#outages = series === 'round-trip' ? new OutageChain() : null;
    this.#whole.reset(purpose === 'exact-period');
    this.#spare.push(...(this.#parts?.values() ?? []));
    this.#parts = null;
    this.#sole = null;
    this.#last = before;
  }

  get whole(): SeriesSummary {
    return this.#whole;
  }

  get outages(): OutageChain | null {
    return this.#outages;
  }

  /** Those who answered, by number, each with its part. Only of a period. */
  responders(): Array<{ readonly responder: number; readonly summary: SeriesSummary }> {
    const parts = this.#parts ?? (this.#sole === null ? [] : [[this.#sole, this.#whole] as const]);
    return Array.from(parts, ([responder, summary]) => ({ responder, summary }))
      .filter(({ summary }) => summary.received > 0)
      .sort((a, b) => a.responder - b.responder);
  }

  /** Adds rounds that are kept one by one. */
  addRounds(cells: ReadableCells, timeline: ReadableRounds, first: number, end: number): void {
    for (let round = first; round < end; ) {
      const place = round % CHUNK_ROUNDS;
      const placeEnd = Math.min(CHUNK_ROUNDS, place + end - round);
      const chunk = cells.chunk(round);
      if (chunk !== undefined) this.#addChunk(chunk, timeline.chunk(round), place, placeEnd);
      round += placeEnd - place;
    }
  }

  append(rollUp: RollUp): void {
    if (this.#keepsResponders) this.#appendParts(rollUp);
    this.#whole.append(rollUp.summary);
    if (rollUp.outages !== null) this.#outages?.append(rollUp.outages);
    if (rollUp.last !== NOBODY) this.#last = rollUp.last;
  }

  /** All of it to be kept, or null when there was no probe. Takes the room of the roll-up that it replaces, if any. */
  rollUp(arena: RollUpArena, replaced: RollUp | null): RollUp | null {
    if (!this.#whole.hasProbes) return null;
    this.#outages?.trim();
    const packed = (summary: SeriesSummary, before: Float64Array | undefined): Float64Array => {
      const room = arena.room(summary.packedLength, before);
      summary.pack(room);
      return room;
    };
    const parts = this.#parts === null || this.#parts.size < 2 ? null : [...this.#parts];
    return {
      summary: packed(this.#whole, replaced?.summary),
      last: this.#last,
      parts:
        parts?.map(([responder, summary]) => {
          const before = replaced?.parts?.find((part) => part.responder === responder);
          return { responder, summary: packed(summary, before?.summary) };
        }) ?? null,
      outages: this.#outages,
    };
  }

  #addChunk(chunk: CellChunk, { began, segments }: RoundChunk, first: number, end: number): void {
    for (let place = first; place < end; place += 1) {
      const cell = chunk.cells[place] as number;
      if (cell !== 0) this.#addCell(cell, chunk, place, began[place] as number, segments[place] as number);
    }
  }

  #addCell(cell: number, chunk: CellChunk, place: number, at: number, segment: number): void {
    const fate = fateOf(cell);
    if (fate === FATE.inFlight) {
      this.#whole.addInFlight();
      return;
    }
    if (fate === FATE.sendFailed) {
      this.#whole.addSendFailure();
      return;
    }
    const isReceived = fate === FATE.answered || fate === FATE.late;
    if (isReceived) this.#last = responderOf(cell);
    const part = this.#keepsResponders ? this.#partOf(this.#last) : null;
    this.#outages?.add(fate === FATE.timedOut, at, segment);
    addOutcome(this.#whole, cell, chunk, place, at, segment);
    if (part !== null) addOutcome(part, cell, chunk, place, at, segment);
  }

  #appendParts(rollUp: RollUp): void {
    if (rollUp.parts === null) {
      const owner = rollUp.last === NOBODY ? this.#last : rollUp.last;
      this.#partOf(owner)?.append(rollUp.summary);
      return;
    }
    this.#split();
    for (const { responder, summary } of rollUp.parts) {
      this.#partOf(responder === NOBODY ? this.#last : responder)?.append(summary);
    }
  }

  /** The part of a responder, or null while the whole stands for it. To be called before the whole is added to. */
  #partOf(responder: number): SeriesSummary | null {
    if (this.#parts === null && (this.#sole === null || this.#sole === responder || this.#isLeadOf(this.#sole))) {
      this.#sole = responder;
      return null;
    }
    const parts = this.#split();
    const found = parts.get(responder) ?? this.#partFromLead(parts, responder);
    if (found !== undefined) return found;
    const made = this.#spare.pop() ?? new SeriesSummary(this.#interval);
    made.reset(this.#purpose === 'exact-period');
    parts.set(responder, made);
    return made;
  }

  /** In a period, what came before the first answer ever is the first responder's. */
  #isLeadOf(responder: number): boolean {
    return responder === NOBODY && this.#purpose !== 'roll-up';
  }

  #partFromLead(parts: Map<number, SeriesSummary>, responder: number): SeriesSummary | undefined {
    const lead = parts.get(NOBODY);
    if (lead === undefined || !this.#isLeadOf(NOBODY)) return undefined;
    parts.delete(NOBODY);
    parts.set(responder, lead);
    return lead;
  }

  /** The parts; from now on they are kept, and the first is all there is so far. */
  #split(): Map<number, SeriesSummary> {
    if (this.#parts !== null) return this.#parts;
    this.#parts = new Map();
    if (this.#sole !== null) {
      const sole = this.#spare.pop() ?? new SeriesSummary(this.#interval);
      sole.copy(this.#whole);
      this.#parts.set(this.#sole, sole);
    }
    return this.#parts;
  }
}

/** Adds what became of one probe that left, once it is known: the cell at a place of a chunk. */
export function addOutcome(
  summary: SeriesSummary,
  cell: number,
  { rtts, duplicates }: CellChunk,
  place: number,
  at: number,
  segment: number,
): void {
  switch (fateOf(cell)) {
    case FATE.answered:
      summary.addAnswer(rtts[place] as number, marksOf(cell), at, segment);
      if (duplicates !== null) summary.addDuplicates(duplicates[place] as number);
      return;
    case FATE.late:
      summary.addLate(marksOf(cell), segment);
      if (duplicates !== null) summary.addDuplicates(duplicates[place] as number);
      return;
    case FATE.timedOut:
      summary.addTimeout(segment);
      return;
    case FATE.refused:
      summary.addRefusal(segment);
      return;
    case FATE.none:
    case FATE.inFlight:
    case FATE.sendFailed:
  }
}
