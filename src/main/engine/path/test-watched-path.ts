import type { PathEvent, Round } from '../../../contract/path.ts';
import { epochMilliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import { type Clock, VirtualClock } from '../../base/clock.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { type PathRequest, startPathMonitor } from './path-monitor.ts';
import { createPathRecording } from './path-recording.ts';
import { type Script, ScriptedPathTransport, TARGET } from './test-path-transport.ts';

/** A clock whose time can pass without a timer firing until afterwards. */
export class SleepyClock extends VirtualClock {
  #slept = 0;

  /** The process does not run, while both clocks go on. */
  stall(duration: number): void {
    this.#slept += duration;
    this.stepWall(milliseconds(duration));
  }

  /** The machine sleeps: the monotonic clock stands still, as in suspend. */
  suspend(duration: number): void {
    this.stepWall(milliseconds(duration));
  }

  override now() {
    return (super.now() + this.#slept) as ReturnType<VirtualClock['now']>;
  }
}

/** A path monitor over a script, and all that it told. */
export function watchPath(
  script: Script,
  request: Partial<PathRequest> = {},
  clock: VirtualClock = new VirtualClock(),
  pacer = new ProbePacer({ clock }),
  monitorClock: Clock = clock,
) {
  const transport = new ScriptedPathTransport(clock, script);
  const interval = request.interval ?? seconds(1);
  const maxHops = request.maxHops ?? 12;
  const recording = createPathRecording({ interval, maxHops });
  const rounds: Round[] = [];
  const events: PathEvent[] = [];
  const told: string[] = [];
  const startedAt = clock.wallNow();
  const monitor = startPathMonitor(
    { clock: monitorClock, transport, pacer, recording },
    {
      destination: TARGET,
      interval,
      timeout: seconds(2),
      payloadBytes: 56,
      trafficClass: 0,
      maxHops,
      flow: 7,
      count: null,
      ...request,
    },
    {
      onRound: (round) => {
        rounds.push(round);
        told.push(`round ${round.round}`);
      },
      onEvent: (event) => {
        events.push(event);
        told.push(event.kind);
      },
      onFinished: () => told.push('finished'),
    },
  );
  return {
    clock,
    monitor,
    transport,
    rounds,
    events,
    told,
    recording,
    startedAt,
    /** When each round left, in milliseconds from the beginning, and its hop limits. */
    departures: () => {
      const byTime = Map.groupBy(transport.sent, ({ at }) => at);
      return [...byTime].map(([at, probes]) => ({ at, hopLimits: probes.map(({ probe }) => Number(probe.hopLimit)) }));
    },
    /** Everything recorded so far. */
    period: () => recording.query(startedAt, epochMilliseconds(Number.MAX_SAFE_INTEGER)),
  };
}

/** Hop limits from the first to the last. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
