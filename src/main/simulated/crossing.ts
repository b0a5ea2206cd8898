import type { Jitter } from '../../contract/scenario-properties.ts';
import { drawJitter } from './jitter-draw.ts';
import { mix, share } from './keyed-chance.ts';
import type { Place } from './place.ts';
import type { Route } from './route.ts';

/** What each draw of a packet at a place is for; with the packet's key and the place's salt it makes the chance. */
const FORWARD_LOSS = 0x1b873593;
const RETURN_LOSS = 0x2545f491;
const FORWARD_JITTER = 0x38495ab5;
const RETURN_JITTER = 0x49616e42;
const QUEUE_LOSS = 0x52dce729;
const QUEUE_WOBBLE = 0x6c8e9cf5;
const STRAGGLER = 0x7f4a7c15;
const COPY = 0x0a3b5f21;
const ANSWER_LOSS = 0x135f2d9b;
const ANSWER_JITTER = 0x24e1b0c7;
const DETOUR_LOSS = 0x3d4d51cb;
/** Tells the passes of a loop over the same place apart. */
const PASS = 0x9e3779b9;

/** In a millisecond: kernels stamp packets to the nanosecond. */
const NANOSECONDS = 1e6;
/** Nothing is faster than this, whatever a jitter takes off. */
const LEAST_RTT_MS = 0.001;

/** How one packet fares. One is reused for all packets: its fields hold until the next `send`. */
export class Crossing {
  /** What came of it; the other fields mean something only when it is not `lost`. */
  fate: 'lost' | 'echo-reply' | 'time-exceeded' | 'unreachable' | 'packet-too-big' = 'lost';
  /** Index, on the route, of the place that answered. */
  index = 0;
  rttMs = 0;
  /** How much after the answer a second copy comes; 0 when none does. */
  copyMs = 0;
  /** MTU in bytes that a `packet-too-big` names. */
  mtu = 0;

  /**
   * Sends a packet of `bytes` (IP header included) with this hop limit at this moment of the run. `key` is the
   * packet's own chance. The places must be as they are at this moment.
   */
  send(route: Route, hopLimit: number, bytes: number, nowMs: number, key: number): void {
    this.fate = 'lost';
    this.copyMs = 0;
    const { places, eventful } = route;
    const last = Math.min(hopLimit, places.length) - 1;
    let answerer = last;
    let fate: Crossing['fate'] = route.hasEnd && last === places.length - 1 ? 'echo-reply' : 'time-exceeded';
    let extraMs = 0;
    let isLostOnReturn = false;

    for (let next = 0; next < eventful.length; next++) {
      const index = eventful[next] as number;
      if (index > last) break;
      const place = places[index] as Place;
      if (bytes > place.mtu) {
        if (place.isMtuBlackHole || index === 0) return;
        answerer = index - 1;
        fate = 'packet-too-big';
        this.mtu = place.mtu;
        break;
      }
      const chance = mix(key + place.salt + Math.imul(index, PASS));
      if (isHit(place.loss, chance ^ FORWARD_LOSS)) return;
      if (place.bursts !== null && isHit(place.bursts.lossAt(nowMs), chance ^ FORWARD_LOSS ^ PASS)) return;
      if (isHit(place.returnLoss, chance ^ RETURN_LOSS)) isLostOnReturn = true;
      if (place.returnBursts !== null && isHit(place.returnBursts.lossAt(nowMs), chance ^ RETURN_LOSS ^ PASS)) {
        isLostOnReturn = true;
      }
      extraMs += jitterOf(place.jitter, chance ^ FORWARD_JITTER) + jitterOf(place.returnJitter, chance ^ RETURN_JITTER);
      if (place.queue !== null) {
        const { peakMs, fullLossRatio = 0, wobbleMs = 0, direction = 'forward' } = place.queue;
        const fill = place.queueFill(nowMs);
        if (fill >= 1 && isHit(fullLossRatio, chance ^ QUEUE_LOSS)) {
          if (direction === 'forward') return;
          isLostOnReturn = true;
        }
        extraMs += Math.max(0, peakMs * fill - wobbleMs * share(chance ^ QUEUE_WOBBLE));
      }
      if (isHit(place.stragglerRatio, chance ^ STRAGGLER)) extraMs += place.stragglerMs;
      if (isHit(place.copyRatio, chance ^ COPY)) this.copyMs = place.copyMs;
      // A router that cannot forward says so; a destination that refuses says so too.
      if (place.unreachable !== null && (index < last || place.isDestination)) {
        answerer = index;
        fate = 'unreachable';
        break;
      }
    }
    this.#answer(route, answerer, fate, extraMs, isLostOnReturn, nowMs, key);
  }

  #answer(
    route: Route,
    index: number,
    fate: Crossing['fate'],
    extraMs: number,
    isLostOnReturn: boolean,
    nowMs: number,
    key: number,
  ): void {
    const place = route.places[index] as Place;
    if (place.isSilent || (fate === 'unreachable' ? place.refuser : place.address) === null) return;
    if (place.bucket !== null && !place.bucket.take(nowMs)) return;
    if (isLostOnReturn) return;
    const chance = mix(key + place.salt);
    if (isHit(place.answerLoss, chance ^ ANSWER_LOSS) || isHit(place.detourLoss, chance ^ DETOUR_LOSS)) return;
    if ((route.backHops[index] as number) >= place.initialHopLimit) return;
    const hesitation = fate === 'unreachable' ? (place.unreachable?.delayMs ?? 0) : 0;
    const rtt =
      (route.forwardMs[index] as number) +
      (route.backMs[index] as number) +
      extraMs +
      hesitation +
      jitterOf(place.answerJitter, chance ^ ANSWER_JITTER);
    this.fate = fate;
    this.index = index;
    this.rttMs = Math.max(LEAST_RTT_MS, Math.round(rtt * NANOSECONDS) / NANOSECONDS);
  }
}

function isHit(ratio: number, key: number): boolean {
  return ratio > 0 && (ratio >= 1 || share(key) < ratio);
}

function jitterOf(jitter: Jitter | null, key: number): number {
  return jitter === null ? 0 : drawJitter(jitter, key);
}
