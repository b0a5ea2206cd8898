import type { PathEvent, Round } from '../../../contract/path.ts';
import type { MonotonicMilliseconds } from '../../../contract/units.ts';
import { PathChange } from './path-change.ts';
import type { ProbedRound } from './probed-round.ts';
import { ProvisionalEnds } from './provisional-ends.ts';
import type { PathRecording } from './recording.ts';

/** Who hears of rounds and of changes of the route. */
interface RoundObserver {
  onRound(round: Round): void;
  onEvent(event: PathEvent): void;
}

/** Rounds that are not told yet, oldest first. They are told in their order, each when all its probes have their fate. */
export class OpenRounds {
  readonly #recording: PathRecording;
  readonly #observer: RoundObserver;
  readonly #change = new PathChange();
  readonly #provisional: ProvisionalEnds;
  readonly #rounds: ProbedRound[] = [];

  /** @param observer may be called from within every method but `add` */
  constructor(recording: PathRecording, observer: RoundObserver) {
    this.#recording = recording;
    this.#provisional = new ProvisionalEnds(recording);
    this.#observer = observer;
  }

  get isEmpty(): boolean {
    return this.#rounds.length === 0;
  }

  add(round: ProbedRound): void {
    this.#rounds.push(round);
  }

  /** Withdraws what is in flight of the rounds sent before a moment, or of all of them. */
  abandon(sentBefore?: MonotonicMilliseconds): void {
    for (const round of this.#rounds) {
      if (sentBefore !== undefined && round.sentAt >= sentBefore) break;
      round.abandon();
    }
    this.tellOver();
  }

  /** Tells the rounds that are over, up to the first that is not. */
  tellOver(): void {
    for (let round = this.#rounds[0]; round?.isOver; round = this.#rounds[0]) {
      this.#rounds.shift();
      this.#observer.onRound(round.outcome());
      this.#provisional.observe(round);
      const change = this.#change.observe(round);
      if (change === null) continue;
      this.#recording.recordRouteChange(change);
      this.#observer.onEvent({ kind: 'route-change', change });
    }
  }
}
