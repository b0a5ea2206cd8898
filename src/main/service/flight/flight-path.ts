import { CLOSE_INTERVAL_MS, type FlightTarget, MINUTES_AROUND } from '../../../contract/flight.ts';
import type { PathEvent, PathOptions } from '../../../contract/path.ts';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { Emitter } from '../../base/emitter.ts';
import { type FlightStep, FlightWatch } from '../../engine/flight/flight-watch.ts';
import type { PathSurroundings } from '../path-surroundings.ts';
import type { Watched } from '../watch-list.ts';
import { WatchedPath } from '../watched-path.ts';

/** Between two looks at a path that may send no rounds at all. */
const LOOK_INTERVAL = seconds(5);

/** A target that could not be resolved or opened (the network was not up yet) is tried again after so long. */
const TRY_AGAIN = seconds(60);

const CLOSE_INTERVAL = milliseconds(CLOSE_INTERVAL_MS);
const AFTER = seconds(MINUTES_AROUND.after * 60);

export interface FlightOrder {
  readonly flightId: string;
  readonly target: string;
  /** Between two rounds at rest. */
  readonly intervalMs: number;
  readonly options: PathOptions;
}

/** Failures of sending that may mean that nothing leaves this machine. */
const NO_LINK: ReadonlySet<string> = new Set(['interface-gone', 'no-route']);

/** One target of the flight recorder: a path that is measured at one of two rates, and whose incidents are filed. */
export class FlightPath implements Watched {
  readonly onChange = new Emitter<void>();
  readonly #deps: PathSurroundings;
  readonly #order: FlightOrder;
  readonly #path: WatchedPath;
  readonly #watch = new FlightWatch(AFTER);
  readonly #owned = new DisposableStore();
  #nextRound: number;
  #isClose = false;
  #phase: FlightTarget['phase'] = 'starting';
  #failedAt: number | null = null;
  #timer: Disposable | null = null;

  constructor(deps: PathSurroundings, order: FlightOrder) {
    this.#deps = deps;
    this.#order = order;
    const { flightId, ...rest } = order;
    this.#path = new WatchedPath(deps, { ...rest, pathId: flightId, closeIntervalMs: CLOSE_INTERVAL_MS });
    this.#nextRound = this.#path.rounds.nextIndex;
    this.#owned.add(this.#path.onProgress.on(() => this.#takeRounds()));
    this.#owned.add(this.#path.onEvent.on((event) => this.#takeEvent(event)));
    this.#owned.add(this.#path.onKnown.on(({ restRttsMs }) => this.#watch.learn(restRttsMs)));
    this.#owned.add(this.#path.onChange.on(() => this.#heed()));
    void deps.readGateways().then((gateways) => this.#path.noteGateways(gateways));
    this.#wait();
  }

  get info(): FlightTarget {
    const { flightId, target, intervalMs } = this.#order;
    const { state, destination, addedAtEpochMs } = this.#path.info;
    return {
      flightId,
      target,
      destination,
      phase: this.#phase,
      failure: state.phase === 'failed' ? state.failure : null,
      intervalMs: this.#isClose ? CLOSE_INTERVAL_MS : intervalMs,
      addedAtEpochMs,
    };
  }

  /** Ends the recording: an incident that is open is closed. */
  stop(): void {
    this.#file(this.#watch.stop(this.#path.sessionNow()));
    this.#deps.recorder?.end(this.#order.flightId);
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    this.#owned[Symbol.dispose]();
    this.#path[Symbol.dispose]();
  }

  #takeRounds(): void {
    for (const round of this.#path.rounds.from(this.#nextRound)) {
      const step = this.#watch.take(round);
      this.#file(step);
    }
    this.#nextRound = this.#path.rounds.nextIndex;
    this.#heed();
  }

  #takeEvent(event: PathEvent): void {
    switch (event.kind) {
      case 'route-change':
        this.#file(this.#watch.change(event.change));
        break;
      case 'send-failed':
        if (NO_LINK.has(event.reason)) {
          this.#file(this.#watch.loseLink(event.atEpochMs, event.reason === 'interface-gone'));
        }
        break;
      case 'machine-changed':
        this.#watch.hint(event.atEpochMs);
        break;
      case 'gap':
      case 'clock-stepped':
        break;
    }
    this.#heed();
  }

  #wait(): void {
    this.#timer = this.#deps.clock.after(LOOK_INTERVAL, () => {
      // Before there is a session its time is that of the wall, which may be set until then.
      if (this.#path.isMeasuring) this.#file(this.#watch.tick(this.#path.sessionNow()));
      this.#tryAgain();
      this.#heed();
      this.#wait();
    });
  }

  /** A network that comes up late, after a start or a blackout, is no reason to record nothing for ever. */
  #tryAgain(): void {
    const now = this.#deps.clock.now();
    if (this.#path.info.state.phase !== 'failed') this.#failedAt = null;
    else if (this.#failedAt === null) this.#failedAt = now;
    else if (now - this.#failedAt >= TRY_AGAIN) {
      this.#failedAt = now;
      this.#path.resume();
    }
  }

  #file(step: FlightStep | null): void {
    const { recorder } = this.#deps;
    const { flightId: pathId } = this.#order;
    switch (step?.kind) {
      case undefined:
        return;
      case 'opened':
        recorder?.openIncident({ pathId, fromEpochMs: step.from, seen: step.seen });
        return;
      case 'closed':
        recorder?.closeIncident({ pathId, toEpochMs: step.to, end: step.end });
    }
  }

  /** Measures as the watch says, and tells what has changed. */
  #heed(): void {
    const { isClose } = this.#watch;
    const isOtherRate = isClose !== this.#isClose;
    if (isOtherRate) {
      this.#isClose = isClose;
      this.#path.changeInterval(isClose ? CLOSE_INTERVAL : milliseconds(this.#order.intervalMs));
    }
    const phase = this.#phaseNow();
    if (phase === this.#phase && !isOtherRate) return;
    this.#phase = phase;
    this.onChange.emit();
  }

  #phaseNow(): FlightTarget['phase'] {
    const { phase } = this.#path.info.state;
    if (this.#watch.phase === 'incident') return 'incident';
    if (phase === 'failed') return 'failed';
    return phase === 'resolving' ? 'starting' : this.#watch.phase;
  }
}
