import { type Milliseconds, milliseconds } from '../../../contract/units.ts';

/** Requests handed over before the event loop gets a turn, so that replies are read while others are sent. */
export const TURN_REQUESTS = 512;

/** Fewest requests that feel out whether the queue has room again: refused ones cost a system call each. */
const LEAST_TURN_REQUESTS = 8;

/** First wait after a refusal: a busy link sends a full queue of some hundred packets in about this time. */
const SHORTEST_WAIT = milliseconds(1);

/** Longest wait between two tries: little beside the seconds that a neighbour without an answer takes. */
const LONGEST_WAIT = milliseconds(100);

/**
 * So long nothing at all leaves before requests are given up. Packets to neighbours that nobody has fill the queue
 * until the kernel gives them up, on Linux 3 s later (`mcast_solicit` times `retrans_time_ms` of arp(7)).
 */
const PATIENCE = milliseconds(10_000);

/**
 * How a sweep gives way while the queues of this machine are full: after refusals it waits, longer each time that
 * nothing leaves, and then tries with a few requests. As much as leaves without a refusal is doubled.
 */
export class SendBackoff {
  #turnRequests = TURN_REQUESTS;
  #wait = milliseconds(0);
  /** Waited since anything left. */
  #waited = 0;
  /** Requests and refusals since the last `takeWait`. */
  #sent = 0;
  #refused = 0;

  /** Most requests of the next turn. */
  get turnRequests(): number {
    return this.#turnRequests;
  }

  /** Whether nothing has left for so long that a refused request need not be tried again. */
  get isOutOfPatience(): boolean {
    return this.#waited >= PATIENCE;
  }

  /** A request was handed over. */
  noteSent(): void {
    this.#sent += 1;
  }

  /** A request that was handed over did not leave, since a queue of this machine was full. */
  noteRefused(): void {
    this.#refused += 1;
  }

  /** How long to wait before the next turn, from what became of the last one; 0 when nothing was refused in it. */
  takeWait(): Milliseconds {
    const left = this.#sent - this.#refused;
    const isRefused = this.#refused > 0;
    this.#sent = 0;
    this.#refused = 0;
    if (left > 0) this.#waited = 0;
    if (!isRefused) {
      if (left > 0) {
        this.#turnRequests = Math.min(TURN_REQUESTS, this.#turnRequests * 2);
        this.#wait = milliseconds(0);
      }
      return milliseconds(0);
    }
    this.#turnRequests = Math.max(LEAST_TURN_REQUESTS, Math.min(TURN_REQUESTS, left));
    this.#wait =
      left > 0 ? SHORTEST_WAIT : milliseconds(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, this.#wait * 2)));
    this.#waited += this.#wait;
    return this.#wait;
  }
}
