import type { Milliseconds } from '../../../contract/units.ts';
import { FATE, type Fate, fateOf, HopCells, MARK } from './hop-cells.ts';
import { HopColumns } from './hop-columns.ts';
import type { HopSummary } from './hop-summary.ts';
import { OutlierJudge } from './outlier-judge.ts';
import { isRejection } from './path-answers.ts';
import type { ReadableHop } from './period-reader.ts';
import type { Answer } from './recording.ts';
import { ResponderTable } from './responder-table.ts';
import { NOBODY, nodeRounds, ROLL_UP_FAN_OUT, ROLL_UP_LEVELS, ROLL_UP_ROUNDS, type RollUp } from './roll-up.ts';
import type { RollUpArena } from './roll-up-arena.ts';
import type { Timeline } from './timeline.ts';

/** What rolling up needs, shared by all hops of a recording: a summary to work with, and by level room for the results. */
export interface RollUpWorkshop {
  readonly scratch: HopSummary;
  readonly arenas: readonly RollUpArena[];
}

/**
 * One hop limit, or the round trip: its probes one by one, its roll-ups and its responders. Rounds that are not kept
 * must not be told; a probe that is not in flight takes no fate but a late answer.
 */
export class HopRecording implements ReadableHop {
  readonly #timeline: Timeline;
  readonly #series: 'hop' | 'round-trip';
  readonly #cells: HopCells;
  readonly #judge: OutlierJudge;
  readonly responders: ResponderTable;
  readonly columns: HopColumns;
  /** By level and slot. */
  readonly #rollUps: Array<Array<RollUp | null>> = Array.from({ length: ROLL_UP_LEVELS }, () => []);
  readonly #workshop: RollUpWorkshop;
  /** Probes of rounds before this one have their fate and are judged, or were given up waiting for. */
  #settled: number;
  #latestAnswered = -1;

  /** Begins with the probe of `firstRound`; the probes of `keptRounds` rounds at least stay readable. */
  constructor(
    timeline: Timeline,
    workshop: RollUpWorkshop,
    series: 'hop' | 'round-trip',
    {
      firstRound,
      keptRounds,
      responders = new ResponderTable(),
    }: { readonly firstRound: number; readonly keptRounds: number; readonly responders?: ResponderTable | undefined },
  ) {
    this.responders = responders;
    this.#timeline = timeline;
    this.#workshop = workshop;
    this.#series = series;
    this.#cells = new HopCells(keptRounds);
    this.#judge = new OutlierJudge(this.#cells);
    this.#settled = firstRound;
    this.columns = new HopColumns({
      timeline,
      cells: this.#cells,
      rollUp: (level, node) => this.rollUpOf(level, node),
    });
  }

  get cells(): HopCells {
    return this.#cells;
  }

  sent(round: number): void {
    if (this.#fate(round) !== FATE.none) return;
    this.#cells.set(round, FATE.inFlight);
    this.#rebuild(round);
  }

  /** The probe of the last round, as another recording kept it: its fate, and what was noticed about it. */
  restore(round: number, cell: number, rtt: number, duplicates: number): void {
    const fate = fateOf(cell);
    this.#cells.restore(round, cell, rtt, duplicates);
    if (fate === FATE.answered || fate === FATE.late) this.#latestAnswered = round;
    // It was judged then.
    this.#settled = round + 1;
    this.columns.noteChange(round);
  }

  answer(round: number, answer: Answer, rtt: Milliseconds): void {
    if (this.#fate(round) !== FATE.inFlight) return;
    this.#receive(round, FATE.answered, answer);
    this.#cells.setRtt(round, rtt);
    if (round < this.#settled) this.#cells.addMarks(round, this.#judge.judge(round, this.#timeline.firstKept));
    this.#changed(round);
  }

  late(round: number, answer: Answer): void {
    if (this.#fate(round) !== FATE.timedOut) return;
    this.#receive(round, FATE.late, answer);
    this.#changed(round);
  }

  refuse(round: number, answer: Answer): void {
    if (this.#fate(round) !== FATE.inFlight) return;
    this.#cells.set(round, FATE.refused, 0, this.responders.note(answer));
    this.#changed(round);
  }

  timeOut(round: number): void {
    if (this.#fate(round) !== FATE.inFlight) return;
    this.#cells.set(round, FATE.timedOut);
    this.#changed(round);
  }

  failToSend(round: number): void {
    const fate = this.#fate(round);
    if (fate !== FATE.inFlight && fate !== FATE.none) return;
    this.#cells.set(round, FATE.sendFailed);
    this.#changed(round);
  }

  withdraw(round: number): void {
    this.#cells.set(round, FATE.none);
    this.#changed(round);
  }

  /** Withdraws the probes of the rounds from `first` (included) to `end` (excluded). */
  withdrawAll(first: number, end: number): void {
    this.#withdrawWhere(first, end, (fate) => fate !== FATE.none);
  }

  /** The same of those that are still in flight. */
  abandon(first: number, end: number): void {
    this.#withdrawWhere(first, end, (fate) => fate === FATE.inFlight);
  }

  #withdrawWhere(first: number, end: number, isMeant: (fate: Fate) => boolean): void {
    let [earliest, latest] = [end, -1];
    for (let round = first; round < end; round += 1) {
      if (!isMeant(this.#fate(round))) continue;
      this.#cells.set(round, FATE.none);
      earliest = Math.min(earliest, round);
      latest = round;
    }
    if (latest < 0) return;
    if (latest >= this.#settled) this.settle();
    this.#rebuildAll(earliest, latest);
  }

  duplicate(round: number): void {
    const fate = this.#fate(round);
    if (fate !== FATE.answered && fate !== FATE.late) return;
    this.#cells.addDuplicate(round);
    this.#rebuild(round);
  }

  /** Judges what can be judged in send order; the round after the last one settled. */
  settle(): number {
    const { rounds, firstKept } = this.#timeline;
    for (; this.#settled < rounds; this.#settled += 1) {
      const fate = this.#fate(this.#settled);
      // The probe of the last round may still be to come.
      if (fate === FATE.inFlight || (fate === FATE.none && this.#settled === rounds - 1)) break;
      if (fate === FATE.answered) {
        this.#cells.addMarks(this.#settled, this.#judge.judge(this.#settled, firstKept));
      }
    }
    return this.#settled;
  }

  /** Waits no longer for probes of rounds before this one: they are rolled up in flight, and again with their fate. */
  giveUpWaiting(round: number): void {
    while (this.settle() < round) this.#settled += 1;
  }

  /** Makes a roll-up of finished rounds, or of its finished children. @param replaced what it was before, if it was */
  rollUp(level: number, node: number, replaced: RollUp | null = null): void {
    const { scratch } = this.#workshop;
    scratch.reset('roll-up', this.#series, NOBODY);
    if (level === 0) {
      const first = node * ROLL_UP_ROUNDS;
      scratch.addRounds(this.#cells, this.#timeline, first, first + ROLL_UP_ROUNDS);
    } else {
      const firstChild = node * ROLL_UP_FAN_OUT;
      for (let child = firstChild; child < firstChild + ROLL_UP_FAN_OUT; child += 1) {
        const rollUp = this.rollUpOf(level - 1, child);
        if (rollUp !== null) scratch.append(rollUp);
      }
    }
    const rollUps = this.#rollUps[level] as Array<RollUp | null>;
    const arena = this.#workshop.arenas[level] as RollUpArena;
    rollUps[this.#timeline.slot(node)] = scratch.rollUp(arena, replaced);
  }

  #fate(round: number): Fate {
    return fateOf(this.#cells.cell(round));
  }

  /** A roll-up of a level, or null when there was no probe in it. */
  rollUpOf(level: number, node: number): RollUp | null {
    return this.#rollUps[level]?.[this.#timeline.slot(node)] ?? null;
  }

  #receive(round: number, fate: Fate, answer: Answer): void {
    const isReordered = round < this.#latestAnswered;
    this.#latestAnswered = Math.max(this.#latestAnswered, round);
    const marks = (isReordered ? MARK.reordered : 0) | (isRejection(answer) ? MARK.rejection : 0);
    this.#cells.set(round, fate, marks, this.responders.note(answer));
  }

  #changed(round: number): void {
    if (round >= this.#settled) this.settle();
    this.#rebuild(round);
  }

  #rebuild(round: number): void {
    this.#rebuildAll(round, round);
  }

  /** Makes the roll-ups again that hold any of the rounds from one to another. */
  #rebuildAll(earliest: number, latest: number): void {
    this.columns.noteChange(earliest);
    for (let level = 0; level < ROLL_UP_LEVELS; level += 1) {
      const size = nodeRounds(level);
      const made = Math.floor(this.#timeline.rolledUp / size);
      const first = Math.floor(earliest / size);
      if (first >= made) return;
      for (let node = first; node < made && node * size <= latest; node += 1) {
        this.rollUp(level, node, this.rollUpOf(level, node));
      }
    }
  }
}
