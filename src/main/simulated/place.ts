import type { ScenarioDestination, ScenarioEvent, ScenarioRouter } from '../../contract/scenario.ts';
import type { Jitter, LossBursts, Queue, RateLimit, Unreachable } from '../../contract/scenario-properties.ts';
import type { IcmpExtensions } from '../icmp/probe-transport.ts';
import { BurstChain } from './burst-chain.ts';
import { occurrenceAt } from './event-period.ts';
import { mix } from './keyed-chance.ts';
import { fillOf } from './queue-shape.ts';
import { TokenBucket } from './token-bucket.ts';

/** What is said of a place; a destination is a place without a label stack. */
export type PlaceProperties = Omit<ScenarioRouter & ScenarioDestination, 'id' | 'name' | 'asn'>;

type PlaceEvent = Extract<ScenarioEvent, { on: 'hop' | 'destination' }>;

const DEFAULT_DELAY_MS = 1;
const DEFAULT_COPY_DELAY_MS = 1;

/**
 * A router or a destination, and the link that leads to it, as they are now. Its fields are plain numbers, so that a
 * packet passes in nanoseconds; events rewrite them when their time comes.
 */
export class Place {
  readonly isDestination: boolean;
  /** Makes its chance its own. */
  readonly salt: number;
  /** Who answers; a destination answers as whatever address was probed. Null: a router that nobody knows of. */
  address: string | null = null;
  /** Who says that it is unreachable. */
  refuser: string | null = null;

  forwardMs = 0;
  returnMs = 0;
  jitter: Jitter | null = null;
  returnJitter: Jitter | null = null;
  loss = 0;
  returnLoss = 0;
  bursts: BurstChain | null = null;
  returnBursts: BurstChain | null = null;
  queue: Queue | null = null;
  stragglerRatio = 0;
  stragglerMs = 0;
  copyRatio = 0;
  copyMs = 0;
  mtu = Infinity;
  isMtuBlackHole = false;
  /** Whether crossing the link takes more than adding its two delays. */
  isEventful = false;

  isSilent = false;
  bucket: TokenBucket | null = null;
  answerLoss = 0;
  answerMs = 0;
  answerJitter: Jitter | null = null;
  detourMs = 0;
  detourHops = 0;
  detourLoss = 0;
  initialHopLimit = 64;
  unreachable: Unreachable | null = null;
  extensions: IcmpExtensions | null = null;
  quotedHopLimit = 1;
  hiddenHops = 0;
  viaHop: number | null = null;
  translatesAddresses = false;

  readonly #base: PlaceProperties;
  readonly #events: readonly PlaceEvent[];
  readonly #routerHopLimit: number;
  #queueSinceMs = 0;
  #rateLimit: RateLimit | undefined;
  #burstsOf: LossBursts | undefined;
  #burstsSinceMs = 0;
  #returnBurstsOf: LossBursts | undefined;
  #returnBurstsSinceMs = 0;

  constructor(
    base: PlaceProperties,
    events: readonly PlaceEvent[],
    own: { readonly family: 4 | 6; readonly isDestination: boolean; readonly salt: number },
  ) {
    this.#base = base;
    this.#events = events;
    this.isDestination = own.isDestination;
    this.salt = own.salt;
    // Most routers of IPv4 start their own packets at 255; in IPv6 the recommended 64 prevails (RFC 4861 §6.3.2).
    this.#routerHopLimit = own.isDestination || own.family === 6 ? 64 : 255;
    this.update(0);
  }

  get hasEvents(): boolean {
    return this.#events.length > 0;
  }

  /** Takes on what holds at this moment of the run, in milliseconds. */
  update(nowMs: number): void {
    let now = this.#base;
    let queueSince = 0;
    let burstsSince = 0;
    let returnBurstsSince = 0;
    for (const event of this.#events) {
      const start = occurrenceAt(event, nowMs);
      if (start === null) continue;
      now = { ...now, ...event.set };
      if (event.set.queue !== undefined) queueSince = start;
      if (event.set.lossBursts !== undefined) burstsSince = start;
      if (event.set.returnLossBursts !== undefined) returnBurstsSince = start;
    }
    this.#queueSinceMs = queueSince;
    this.#takeLink(now, burstsSince, returnBurstsSince);
    this.#takeAnswerer(now);
  }

  /** How full the queue is at a moment, 0 to 1. */
  queueFill(nowMs: number): number {
    return this.queue === null ? 0 : fillOf(this.queue, nowMs - this.#queueSinceMs);
  }

  #takeLink(now: PlaceProperties, burstsSince: number, returnBurstsSince: number): void {
    this.forwardMs = now.delayMs ?? DEFAULT_DELAY_MS;
    this.returnMs = now.returnDelayMs ?? this.forwardMs;
    this.jitter = now.jitter ?? null;
    this.returnJitter = now.returnJitter ?? null;
    this.loss = now.lossRatio ?? 0;
    this.returnLoss = now.returnLossRatio ?? 0;
    // The same chain made again would be the same, but would have to go through all its turns from the beginning.
    if (now.lossBursts !== this.#burstsOf || burstsSince !== this.#burstsSinceMs) {
      this.#burstsOf = now.lossBursts;
      this.#burstsSinceMs = burstsSince;
      this.bursts = now.lossBursts ? new BurstChain(now.lossBursts, mix(this.salt ^ burstsSince), burstsSince) : null;
    }
    if (now.returnLossBursts !== this.#returnBurstsOf || returnBurstsSince !== this.#returnBurstsSinceMs) {
      this.#returnBurstsOf = now.returnLossBursts;
      this.#returnBurstsSinceMs = returnBurstsSince;
      const key = mix(this.salt ^ returnBurstsSince ^ 0x3c6ef372);
      this.returnBursts = now.returnLossBursts ? new BurstChain(now.returnLossBursts, key, returnBurstsSince) : null;
    }
    this.queue = now.queue ?? null;
    this.stragglerRatio = now.stragglers?.ratio ?? 0;
    this.stragglerMs = now.stragglers?.delayMs ?? 0;
    this.copyRatio = now.duplicates?.ratio ?? 0;
    this.copyMs = now.duplicates?.delayMs ?? DEFAULT_COPY_DELAY_MS;
    this.mtu = now.mtuBytes ?? Infinity;
    this.isMtuBlackHole = now.isMtuBlackHole ?? false;
    this.unreachable = now.unreachable ?? null;
    this.isEventful =
      this.jitter !== null ||
      this.returnJitter !== null ||
      this.loss > 0 ||
      this.returnLoss > 0 ||
      this.bursts !== null ||
      this.returnBursts !== null ||
      this.queue !== null ||
      this.stragglerRatio > 0 ||
      this.copyRatio > 0 ||
      this.mtu < Infinity ||
      this.unreachable !== null;
  }

  #takeAnswerer(now: PlaceProperties): void {
    this.address = now.address ?? (this.isDestination ? '' : null);
    this.refuser = now.unreachable?.from ?? this.address;
    this.isSilent = now.isSilent ?? false;
    // A bucket keeps what is in it for as long as the same limit holds.
    if (now.rateLimit !== this.#rateLimit) {
      this.#rateLimit = now.rateLimit;
      const { perSecond = 0, burst = Math.max(1, perSecond) } = now.rateLimit ?? {};
      this.bucket = now.rateLimit ? new TokenBucket(perSecond, burst) : null;
    }
    this.answerLoss = now.answerLossRatio ?? 0;
    this.answerMs = now.answerDelayMs ?? 0;
    this.answerJitter = now.answerJitter ?? null;
    this.detourMs = now.returnDetour?.delayMs ?? 0;
    this.detourHops = now.returnDetour?.hops ?? 0;
    this.detourLoss = now.returnDetour?.lossRatio ?? 0;
    this.initialHopLimit = now.initialHopLimit ?? this.#routerHopLimit;
    this.quotedHopLimit = now.quotedHopLimit ?? 1;
    this.hiddenHops = now.hiddenHops ?? 0;
    this.viaHop = now.answersViaHop ?? null;
    this.translatesAddresses = now.translatesAddresses ?? false;
    this.extensions = extensionsOf(now);
  }
}

function extensionsOf({ mpls = [], interfaceName }: PlaceProperties): IcmpExtensions | null {
  if (mpls.length === 0 && interfaceName === undefined) return null;
  return {
    mpls: mpls.map(({ label, trafficClass = 0, ttl = 1 }, index) => ({
      label,
      trafficClass,
      ttl,
      isBottom: index === mpls.length - 1,
    })),
    interfaces:
      interfaceName === undefined
        ? []
        : [{ role: 'incoming', index: null, address: null, name: interfaceName, mtu: null }],
    others: [],
  };
}
