import type { Gap, PathEvent } from '../../../contract/path.ts';
import type { EpochMilliseconds } from '../../../contract/units.ts';
import type { Activity } from './activity.ts';
import type { PathRecording } from './recording.ts';
import type { SessionTimer } from './session-timer.ts';

/** When a monitor measures and when not: stops its timer, and records and tells gaps and steps of the clock. */
export class MeasuredTime {
  readonly #timer: SessionTimer;
  readonly #activity: Activity;
  readonly #recording: PathRecording;
  readonly #onEvent: (event: PathEvent) => void;

  /** @param onEvent may change the activity, or end the monitor */
  constructor(timer: SessionTimer, activity: Activity, recording: PathRecording, onEvent: (event: PathEvent) => void) {
    this.#timer = timer;
    this.#activity = activity;
    this.#recording = recording;
    this.#onEvent = onEvent;
  }

  /** The gap that lasts at this moment, or that ends if the transport on trial works; null without one. */
  get currentGap(): Gap | null {
    return this.#activity.gap(this.#timer.now());
  }

  /** Looks whether a clock was set since the last look (it is told), or the program slept (`tellAsleep` is to follow). */
  look(): { readonly from: EpochMilliseconds; readonly to: EpochMilliseconds } | null {
    const jump = this.#timer.look();
    if (jump?.kind === 'stepped') {
      this.#onEvent({ kind: 'clock-stepped', atEpochMs: this.#timer.now(), byMs: jump.by });
    }
    return jump?.kind === 'asleep' ? jump : null;
  }

  /** Tells that the program slept; within another gap it is part of that one. */
  tellAsleep({ from, to }: { readonly from: EpochMilliseconds; readonly to: EpochMilliseconds }): void {
    if (this.#activity.idleCause !== null) return;
    this.endTrial(null);
    this.#tell({ fromEpochMs: from, toEpochMs: to, cause: 'asleep' });
  }

  /** Something that was sent at `sentAt` has left (null: nobody waits for that): the gap before it, if any, is over. */
  endTrial(sentAt: EpochMilliseconds | null): void {
    const gap = this.#activity.endTrial(sentAt);
    if (gap !== null) this.#tell(gap);
  }

  /**
   * Changes the activity, stops the timer when nothing is to be sent any more, and tells a gap that has ended by it.
   * Gives whether sending is to go on again. @param isOver all was sent: only the activity changes
   */
  change(change: (now: EpochMilliseconds) => void, isOver: boolean): boolean {
    const before = this.#activity.idleCause;
    const gap = this.currentGap;
    change(this.#timer.now());
    const after = this.#activity.idleCause;
    if (before === after || isOver) return false;
    if (after !== null) this.#timer.stop();
    if (gap !== null && !this.#lasts(gap)) this.#tell(gap);
    return this.#activity.idleCause === null;
  }

  #lasts({ fromEpochMs, cause }: Gap): boolean {
    const { currentGap } = this;
    return currentGap?.fromEpochMs === fromEpochMs && currentGap.cause === cause;
  }

  #tell(gap: Gap): void {
    if (gap.toEpochMs <= gap.fromEpochMs) return;
    this.#recording.recordGap(gap);
    this.#onEvent({ kind: 'gap', gap });
  }
}
