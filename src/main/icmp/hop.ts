import { inspect } from 'node:util';
import type { ICMPLibError } from './errors.ts';
import { Host } from './host.ts';

/** One host among those that answered at the same distance. */
export interface HopResponder {
  /** Its IP address. */
  readonly address: string;
  /** Its round trips in milliseconds. */
  readonly rtts: readonly number[];
}

/** Address of a hop where nobody answered. */
export const SILENT_HOP_ADDRESS = '*';

/** What `traceroute` found out about one distance. The seed leaves silent hops out and keeps one responder only. */
export class Hop extends Host {
  readonly #distance: number;
  readonly #responders: readonly HopResponder[];

  /** @param address who answered most often; `*` when nobody did */
  constructor(
    address: string,
    packetsSent: number,
    rtts: readonly number[],
    distance: number,
    responders: readonly HopResponder[] = rtts.length === 0 ? [] : [{ address, rtts }],
    errors: readonly ICMPLibError[] = [],
  ) {
    super(address, packetsSent, rtts, errors);
    this.#distance = distance;
    this.#responders = [...responders];
  }

  /** How many hops away: the time to live of the requests. */
  get distance(): number {
    return this.#distance;
  }

  /** Everybody who answered, in the order of their first answer: several where packets take several ways. */
  get responders(): readonly HopResponder[] {
    return this.#responders;
  }

  override toString(): string {
    return `  #${this.#distance}${super.toString()}`;
  }

  /** What `console.log` shows: one line, as `<Hop 3 [192.0.2.1]>`. */
  override [inspect.custom](): string {
    return `<Hop ${this.#distance} [${this.address}]>`;
  }
}
