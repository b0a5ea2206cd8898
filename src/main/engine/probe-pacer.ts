import { elapsed, type Milliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { SharedBeat } from './shared-beat.ts';

/** Probes a second over all monitors: 7 Mbit/s of ordinary echo requests, which neither a small link nor this machine must fear. */
export const PROBES_PER_SECOND = 10_000;

/** Probes that may leave together when the budget has rested: one batch of the transport, no more. */
const BURST = 100;

/** Distance between two starts, so that monitors added together do not fire together ever after. */
const START_SPACING = milliseconds(1);

/** The budget of probes that all monitors share. First come, first served. */
export class ProbePacer {
  /** When monitors with leisurely intervals are woken, together. */
  readonly beat: SharedBeat;
  readonly #clock: Clock;
  #spacing: Milliseconds;
  /** When the budget would have rested fully, were nothing more sent (the generic cell rate algorithm of ITU-T I.371). */
  #restedAt: MonotonicMilliseconds;
  #nextStart: MonotonicMilliseconds;

  constructor(deps: { readonly clock: Clock }, probesPerSecond: number = PROBES_PER_SECOND) {
    this.#clock = deps.clock;
    this.beat = new SharedBeat(deps);
    this.#spacing = milliseconds(1000 / probesPerSecond);
    this.#restedAt = deps.clock.now();
    this.#nextStart = deps.clock.now();
  }

  /** From now on so many probes a second; what was reserved already leaves as it was told. */
  changeBudget(probesPerSecond: number): void {
    this.#spacing = milliseconds(1000 / probesPerSecond);
  }

  /** How long a monitor that begins now is to wait for its first probe. Each call takes one place in the row. */
  claimStart(): Milliseconds {
    const now = this.#clock.now();
    const start = Math.max(now, this.#nextStart) as MonotonicMilliseconds;
    this.#nextStart = (start + START_SPACING) as MonotonicMilliseconds;
    return elapsed(now, start);
  }

  /**
   * Takes probes that are to leave together from the budget, one when not told, and says how long to wait before
   * sending them; 0 means now. They wait until all of them fit, so that a round of a path is never torn apart.
   */
  reserve(probes = 1): Milliseconds {
    const now = this.#clock.now();
    const restedAt = Math.max(now, this.#restedAt);
    this.#restedAt = (restedAt + probes * this.#spacing) as MonotonicMilliseconds;
    return milliseconds(Math.max(0, restedAt - now - (BURST - probes) * this.#spacing));
  }
}
