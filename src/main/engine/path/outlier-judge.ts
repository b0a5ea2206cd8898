import type { Milliseconds } from '../../../contract/units.ts';
import { OutlierDetector } from '../statistics/outliers.ts';
import { FATE, fateOf, type HopCells, MARK, responderOf } from './hop-cells.ts';
import { NOBODY } from './roll-up.ts';

/** Answers that a detector looks back on. */
const WINDOW = 120;

/**
 * Finds the outliers among a hop's round trips, told in send order: of the hop, and of each responder among its own.
 * While one responder is all there is, one detector serves for both. Constant work per round trip.
 */
export class OutlierJudge {
  readonly #cells: HopCells;
  readonly #ofHop = new OutlierDetector();
  /** By responder, once there are several. */
  #ofResponders: Map<number, OutlierDetector> | null = null;
  #sole = NOBODY;

  constructor(cells: HopCells) {
    this.#cells = cells;
  }

  /** Marks of the answered probe of a round. @param firstKept first round that can still be read */
  judge(round: number, firstKept: number): number {
    const rtt = this.#cells.rtt(round);
    const responder = responderOf(this.#cells.cell(round));
    const isOfHop = this.#ofHop.isOutlier(rtt);
    const isOfResponder = this.#isOfResponder(responder, rtt, isOfHop, round, firstKept);
    return (isOfHop ? MARK.outlier : 0) | (isOfResponder ? MARK.outlierOfResponder : 0);
  }

  #isOfResponder(responder: number, rtt: Milliseconds, isOfHop: boolean, round: number, firstKept: number): boolean {
    if (this.#sole === NOBODY) this.#sole = responder;
    if (this.#ofResponders === null) {
      if (this.#sole === responder) return isOfHop;
      this.#ofResponders = new Map([[this.#sole, this.#detectorUntil(round, firstKept)]]);
    }
    const detector = this.#ofResponders.get(responder) ?? new OutlierDetector();
    this.#ofResponders.set(responder, detector);
    return detector.isOutlier(rtt);
  }

  /** A detector in the state that the sole responder's would be in: it has seen the last answers before a round. */
  #detectorUntil(round: number, firstKept: number): OutlierDetector {
    const before: Milliseconds[] = [];
    for (let earlier = round - 1; earlier >= firstKept && before.length < WINDOW; earlier -= 1) {
      if (fateOf(this.#cells.cell(earlier)) === FATE.answered) before.push(this.#cells.rtt(earlier));
    }
    const detector = new OutlierDetector();
    for (const rtt of before.reverse()) detector.isOutlier(rtt);
    return detector;
  }
}
