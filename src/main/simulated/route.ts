import type { Place } from './place.ts';

/** Most places that a packet can pass: its hop limit has 8 bits. */
const MOST_PLACES = 255;

/** One way through the network, place by place, with sums that make a quiet link cost nothing. */
export class Route {
  readonly places: readonly Place[];
  /** Whether the last place answers echo requests; otherwise the way never ends. */
  readonly hasEnd: boolean;
  /** One-way time of the quiet parts of the links up to and including each place. */
  readonly forwardMs: Float64Array;
  /** Quiet time of the way back from each place, what its answers take beyond that included. */
  readonly backMs: Float64Array;
  /** Routers that an answer of each place passes on its way here. */
  readonly backHops: Int32Array;
  /** Places, by index, whose links take more than time, in order. */
  eventful: readonly number[] = [];
  /** Index of the first router that translates addresses; beyond it quotes are altered. */
  translator = MOST_PLACES;
  /** Smallest MTU of all its links. */
  leastMtu = Infinity;
  #version = -1;
  readonly #firstIndexes: readonly number[];

  /** @param loopsBackTo index of the place that follows the last one, for ever; null where the last one is the end */
  constructor(places: readonly Place[], loopsBackTo: number | null) {
    const all = [...places];
    if (loopsBackTo !== null && places.length > 0) {
      while (all.length < MOST_PLACES) {
        all.push(places[loopsBackTo + ((all.length - places.length) % (places.length - loopsBackTo))] as Place);
      }
    }
    this.places = all;
    this.hasEnd = loopsBackTo === null;
    this.#firstIndexes = all.map((place) => all.indexOf(place));
    this.forwardMs = new Float64Array(all.length);
    this.backMs = new Float64Array(all.length);
    this.backHops = new Int32Array(all.length);
  }

  /** Takes over what the places have become, if that is of a newer version. */
  refresh(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    const eventful: number[] = [];
    const returnMs = new Float64Array(this.places.length);
    let forward = 0;
    let back = 0;
    let hidden = 0;
    this.translator = MOST_PLACES;
    this.leastMtu = Infinity;
    for (const [index, place] of this.places.entries()) {
      forward += place.forwardMs;
      back += place.returnMs;
      hidden += place.hiddenHops;
      if (place.isEventful) eventful.push(index);
      if (place.translatesAddresses && this.translator === MOST_PLACES) this.translator = index;
      this.leastMtu = Math.min(this.leastMtu, place.mtu);
      this.forwardMs[index] = forward;
      // From a place that the packet came to again the answer goes back straight.
      const first = this.#firstIndexes[index] as number;
      returnMs[index] = first === index ? back : (returnMs[first] as number);
      this.backHops[index] = first === index ? index + hidden + place.detourHops : (this.backHops[first] as number);
    }
    for (const [index, place] of this.places.entries()) {
      this.backMs[index] =
        (returnMs[index] as number) + place.answerMs + place.detourMs + this.#wayRound(index, returnMs);
    }
    this.eventful = eventful;
  }

  /** What an answer's way over a later hop adds, there and back. */
  #wayRound(index: number, returnMs: Float64Array): number {
    const via = (this.places[index]?.viaHop ?? 0) - 1;
    if (via <= index || via >= this.places.length) return 0;
    const there = (this.forwardMs[via] as number) - (this.forwardMs[index] as number);
    return there + (returnMs[via] as number) - (returnMs[index] as number);
  }
}
