import type { Anomaly, IncidentEnd } from '../../../contract/flight.ts';
import type { Round, RouteChange } from '../../../contract/path.ts';
import { type EpochMilliseconds, epochMilliseconds, type Milliseconds, seconds } from '../../../contract/units.ts';
import { AnomalySigns, type Sign } from './anomaly-signs.ts';
import { LinkWatch } from './link-watch.ts';

/** How long what is only a first sign is looked at closely, from the last one on; in all; and how long then not again. */
const LOOK = { from: seconds(15), most: seconds(60), pause: seconds(600) } as const;

/** How long an incident is measured at the high rate while nothing becomes better; then the low one tells as much. */
const LONGEST_CLOSE: Milliseconds = seconds(30 * 60);

/** Without a bad round for so long it is becoming better, which is measured closely again. */
const BETTER: Milliseconds = seconds(20);

/** What lasts so long is usual: the incident is closed, and what is usual is learned anew. */
const LONGEST_INCIDENT: Milliseconds = seconds(24 * 3_600);

/** What has no length of its own (a change of the route) is judged with so much before and after it. */
const AROUND_MOMENT: Milliseconds = seconds(60);

/**
 * Whoever has a watch lets its time pass every few seconds. A longer step is time in which the machine slept, or a clock that
 * was set: nobody saw what was then, and it is no part of how long an incident or calm has lasted.
 */
const LONGEST_STEP: Milliseconds = seconds(60);

/** A round at the high rate: an incident without length would have nothing to judge. */
const LEAST_LENGTH: Milliseconds = seconds(1);

/** A route that changed so often within so long is one that does: its changes are kept, and no cause for incidents. */
const RESTLESS = { changes: 3, within: seconds(3_600) } as const;

/** An incident begins or ends. */
export type FlightStep =
  | { readonly kind: 'opened'; readonly from: EpochMilliseconds; readonly seen: Anomaly }
  | { readonly kind: 'closed'; readonly to: EpochMilliseconds; readonly end: ClosingEnd };

/** How a watch closes incidents. */
export type ClosingEnd = Exclude<IncidentEnd, 'not-running' | 'cut-off'>;

/** A moment, and how much time was unseen by then. */
interface Moment {
  readonly at: number;
  readonly unseen: number;
}

interface OpenIncident {
  readonly from: Moment;
  /** Signs that were met and are not over. */
  readonly troubles: Set<Anomaly['kind']>;
  /** Since when nothing bad was seen; null while something is. */
  goodSince: Moment | null;
  /** Since when no sign is left: then the minutes after run. */
  calmSince: Moment | null;
}

/**
 * Decides, from what a path's rounds tell, at which of two rates it is to be measured, and when an incident begins and ends.
 * All moments are session time.
 */
export class FlightWatch {
  readonly #after: Milliseconds;
  readonly #signs = new AnomalySigns();
  #look = { since: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };
  #incident: OpenIncident | null = null;
  #changes: number[] = [];
  readonly #link = new LinkWatch();
  #now = 0;
  #unseen = 0;

  /** @param after how long calm has to last until an incident is closed */
  constructor(after: Milliseconds) {
    this.#after = after;
  }

  get phase(): 'resting' | 'looking' | 'incident' {
    if (this.#incident !== null) return 'incident';
    return this.#now < this.#look.until ? 'looking' : 'resting';
  }

  /** Whether the rate is to be the high one. */
  get isClose(): boolean {
    const incident = this.#incident;
    if (incident === null) return this.phase === 'looking';
    const { from, goodSince, calmSince } = incident;
    const isBetter = calmSince !== null || (goodSince !== null && this.#seenSince(goodSince) >= BETTER);
    return isBetter || this.#seenSince(from) < LONGEST_CLOSE;
  }

  /** The destination answered before now: so long took its answers at rest, the oldest first. */
  learn(restRttsMs: readonly number[]): void {
    this.#signs.learn(restRttsMs);
  }

  /** Takes a finished round. */
  take(round: Round): FlightStep | null {
    this.#noteNow(round.atEpochMs);
    this.#link.take(round);
    const isGood = this.#signs.take(round, this.phase === 'resting');
    if (isGood !== null) this.#heed(isGood && !this.#link.isLost, round.atEpochMs);
    return this.#step();
  }

  /** The path became another one. */
  change(change: RouteChange): FlightStep | null {
    const { atEpochMs, before, after } = change;
    this.#noteNow(atEpochMs);
    const lately = this.#changes.filter((at) => at > atEpochMs - RESTLESS.within);
    this.#changes = [...lately, atEpochMs];
    if (lately.length >= RESTLESS.changes) return this.#step();
    if (this.#incident === null) {
      this.#open(atEpochMs - AROUND_MOMENT, { kind: 'route-changed', before, after });
      this.#heed(true, atEpochMs + AROUND_MOMENT);
      return this.#opened({ kind: 'route-changed', before, after });
    }
    // Also where all was calm already: the change belongs to it, and calm begins after it.
    this.#incident.calmSince = null;
    this.#heed(false, atEpochMs);
    this.#heed(true, atEpochMs + AROUND_MOMENT);
    return this.#step();
  }

  /** Something happened around this machine that may or may not matter. */
  hint(atEpochMs: number): void {
    this.#noteNow(atEpochMs);
    this.#lookCloser();
  }

  /**
   * Sending failed as it does when nothing can leave this machine; a round that leaves it ends that.
   * @param isCertain the interface is gone; else two rounds of which nothing could be sent make it so
   */
  loseLink(atEpochMs: number, isCertain: boolean): FlightStep | null {
    this.#noteNow(atEpochMs);
    this.#link.doubt(atEpochMs, isCertain);
    this.#heed(false, atEpochMs);
    return this.#step();
  }

  /** Time passes, whether or not there are rounds. */
  tick(atEpochMs: number): FlightStep | null {
    this.#noteNow(atEpochMs);
    return this.#step();
  }

  /** Nothing more is measured: what is open is closed. */
  stop(atEpochMs: number): FlightStep | null {
    this.#noteNow(atEpochMs);
    return this.#incident === null ? null : this.#close(this.#incident, 'stopped');
  }

  #noteNow(atEpochMs: number): void {
    const step = atEpochMs - this.#now;
    if (step > LONGEST_STEP) this.#unseen += step;
    this.#now = Math.max(this.#now, atEpochMs);
  }

  #seenSince({ at, unseen }: Moment): number {
    return this.#now - at - (this.#unseen - unseen);
  }

  #heed(isGood: boolean, atEpochMs: number): void {
    if (!isGood) this.#lookCloser();
    const incident = this.#incident;
    if (incident === null) return;
    incident.goodSince = isGood ? (incident.goodSince ?? { at: atEpochMs, unseen: this.#unseen }) : null;
  }

  /** Loss that is everyday, and makes no incident, does not raise the rate for good. */
  #lookCloser(): void {
    const { since, until } = this.#look;
    const isLooking = this.#now < until;
    if (!isLooking && this.#now < since + LOOK.most + LOOK.pause && since + LOOK.most <= until) return;
    const begun = isLooking ? since : this.#now;
    this.#look = { since: begun, until: Math.min(this.#now + LOOK.from, begun + LOOK.most) };
  }

  #step(): FlightStep | null {
    const signs = this.#all();
    const met = signs.find(({ isMet }) => isMet);
    const incident = this.#incident;
    if (incident === null) {
      if (met === undefined) return null;
      this.#open(met.sinceEpochMs ?? this.#now, met.anomaly);
      return this.#opened(met.anomaly);
    }
    for (const { isMet, isOver, anomaly } of signs) {
      if (isMet) incident.troubles.add(anomaly.kind);
      if (isOver) incident.troubles.delete(anomaly.kind);
    }
    if (incident.troubles.size > 0) incident.calmSince = null;
    else incident.calmSince ??= incident.goodSince ?? { at: this.#now, unseen: this.#unseen };
    const { calmSince, from } = incident;
    if (calmSince !== null && this.#seenSince(calmSince) >= this.#after) return this.#close(incident, 'calm');
    return this.#seenSince(from) >= LONGEST_INCIDENT ? this.#close(incident, 'lasting') : null;
  }

  #all(): readonly Sign[] {
    // Of two that are met at once the first tells more.
    return [this.#link.sign, ...this.#signs.all];
  }

  #open(from: number, { kind }: Anomaly): void {
    const troubles = new Set<Anomaly['kind']>(kind === 'route-changed' ? [] : [kind]);
    this.#incident = { from: { at: from, unseen: this.#unseen }, troubles, goodSince: null, calmSince: null };
  }

  #opened(seen: Anomaly): FlightStep {
    return { kind: 'opened', from: epochMilliseconds(this.#incident?.from.at ?? this.#now), seen };
  }

  #close({ calmSince, from }: OpenIncident, end: ClosingEnd): FlightStep {
    this.#incident = null;
    if (end === 'lasting') {
      this.#signs.forget();
      this.#link.forget();
    }
    const to = Math.max(from.at + LEAST_LENGTH, Math.min(calmSince?.at ?? this.#now, this.#now));
    return { kind: 'closed', to: epochMilliseconds(to), end };
  }
}
