import { isIP } from 'node:net';
import { type Milliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import { type Random, unit } from '../base/random.ts';
import {
  FLOW_PAYLOAD_BYTES,
  type ProbeRequest,
  type ProbeResult,
  type ProbeTransport,
  type RepeatedAnswer,
  type SendFailureReason,
  type TransportCounters,
  type TransportProperties,
} from '../icmp/probe-transport.ts';

/** How a simulated destination treats a probe. */
export type SimulatedBehaviour =
  | {
      readonly kind: 'answers';
      /** Least round trip; one longer than the probe's timeout makes the answer late. */
      readonly delay: Milliseconds;
      /** Round trips are spread evenly from `delay` to `delay + spread`. */
      readonly spread?: Milliseconds;
      /** Share of probes that vanish, 0 to 1. */
      readonly lossRatio?: number;
      /** Share of answers that arrive twice, 0 to 1; the second copy takes 1 ms longer. */
      readonly duplicateRatio?: number;
      /** Who answers, where that is not the destination itself. */
      readonly responder?: string;
    }
  | {
      readonly kind: 'icmp-error';
      readonly error: 'time-exceeded' | 'destination-unreachable' | 'packet-too-big' | 'other-error';
      readonly icmpType: number;
      readonly icmpCode: number;
      readonly responder: string;
      readonly delay: Milliseconds;
      readonly mtu?: number;
      readonly fromThisMachine?: boolean;
    }
  | { readonly kind: 'silent' }
  | { readonly kind: 'send-fails'; readonly reason: SendFailureReason; readonly code: string };

/** What a destination does with its nth probe, counted from 0. */
export type SimulatedDestination = SimulatedBehaviour | ((nth: number, probe: ProbeRequest) => SimulatedBehaviour);

/** Destinations by address; an unknown address is silent. */
export interface SimulatedNetwork {
  readonly family: 4 | 6;
  readonly destinations: Readonly<Record<string, SimulatedDestination>>;
}

/** Hop limit that simulated destinations set, the usual one of Unix systems (and what is left of it after no router). */
const REPLY_HOP_LIMIT = 64;

/** Bytes of an ICMP echo header (RFC 792, RFC 4443 §4.1). */
const ECHO_HEADER_BYTES = 8;

/** Bytes of the probe that an error quotes here: the least RFC 792 demands, 8 bytes of the original data. */
const QUOTED_BYTES = 8;

/** How much later than the first a second copy arrives. */
const DUPLICATE_DELAY = milliseconds(1);

/** A network that exists only in this process. Under a virtual clock its round trips are exact and a run repeats exactly. */
export function createSimulatedTransport(
  deps: { readonly clock: Clock; readonly random: Random },
  network: SimulatedNetwork,
): ProbeTransport {
  return new SimulatedTransport(deps, network);
}

class SimulatedTransport implements ProbeTransport {
  readonly properties: TransportProperties;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #network: SimulatedNetwork;
  readonly #owned = new DisposableStore();
  readonly #probesTo = new Map<string, number>();

  constructor(deps: { readonly clock: Clock; readonly random: Random }, network: SimulatedNetwork) {
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#network = network;
    this.properties = {
      kind: 'simulated',
      family: network.family,
      timestampSource: 'kernel-transmit',
      reportsErrors: true,
      lacks: [],
      localAddress: null,
    };
  }

  send(
    probe: ProbeRequest,
    onResult: (result: ProbeResult) => void,
    onRepeat?: (repeat: RepeatedAnswer) => void,
  ): void {
    if (this.#owned.isDisposed) return;
    // The packet leaves at the end of this task, as from a real transport.
    this.#after(milliseconds(0), () => this.#depart(probe, onResult, onRepeat ?? (() => {})));
  }

  counters(): TransportCounters {
    return { localDrops: 0, unmatched: 0, malformed: 0, forged: 0 };
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }

  #after(delay: Milliseconds, callback: () => void): void {
    const timer = this.#clock.after(delay, () => {
      this.#owned.forget(timer);
      callback();
    });
    this.#owned.add(timer);
  }

  #depart(
    probe: ProbeRequest,
    onResult: (result: ProbeResult) => void,
    onRepeat: (repeat: RepeatedAnswer) => void,
  ): void {
    const sentAt = this.#clock.wallNow();
    const answered = { sentAt, timestampSource: this.properties.timestampSource };
    const behaviour = this.#behaviourOf(probe);
    const timeOut = () => this.#after(probe.timeout, () => onResult({ kind: 'timed-out', sentAt }));

    switch (behaviour.kind) {
      case 'send-fails':
        onResult({ kind: 'send-failed', sentAt, reason: behaviour.reason, code: behaviour.code });
        return;
      case 'silent':
        timeOut();
        return;
      case 'icmp-error': {
        if (behaviour.delay > probe.timeout) {
          timeOut();
          return;
        }
        const { error, icmpType, icmpCode, responder, delay, mtu = null, fromThisMachine = false } = behaviour;
        this.#after(delay, () =>
          onResult({
            ...answered,
            kind: error,
            rtt: delay,
            responder,
            icmpType,
            icmpCode,
            mtu,
            fromThisMachine,
            replyHopLimit: REPLY_HOP_LIMIT,
            bytesReceived: QUOTED_BYTES,
            quotedHopLimit: null,
            isQuoteAltered: null,
            extensions: null,
          }),
        );
        return;
      }
      case 'answers': {
        const {
          delay,
          spread = milliseconds(0),
          lossRatio = 0,
          duplicateRatio = 0,
          responder = probe.destination,
        } = behaviour;
        // Always the same number of draws, so that one ratio does not change what another one hits.
        const isLost = unit(this.#random) < lossRatio;
        const isDoubled = unit(this.#random) < duplicateRatio;
        const rtt = milliseconds(delay + spread * unit(this.#random));
        if (isLost) {
          timeOut();
          return;
        }
        const isLate = rtt > probe.timeout;
        if (isLate) {
          timeOut();
          this.#after(rtt, () => onRepeat({ kind: 'late', isEchoReply: true, responder, rtt }));
        } else {
          this.#after(rtt, () =>
            onResult({
              ...answered,
              kind: 'echo-reply',
              rtt,
              responder,
              replyHopLimit: REPLY_HOP_LIMIT,
              bytesReceived: ECHO_HEADER_BYTES + probe.payloadBytes,
            }),
          );
        }
        if (isDoubled) {
          const second = milliseconds(rtt + DUPLICATE_DELAY);
          this.#after(second, () => onRepeat({ kind: 'duplicate', isEchoReply: true, responder, rtt: second }));
        }
        return;
      }
    }
  }

  #behaviourOf(probe: ProbeRequest): SimulatedBehaviour {
    const { destination } = probe;
    if (isIP(destination) !== this.properties.family) {
      return { kind: 'send-fails', reason: 'invalid-destination', code: 'EAFNOSUPPORT' };
    }
    if (probe.flow !== undefined && probe.payloadBytes < FLOW_PAYLOAD_BYTES) {
      return { kind: 'send-fails', reason: 'invalid-destination', code: 'EINVAL' };
    }
    const nth = this.#probesTo.get(destination) ?? 0;
    this.#probesTo.set(destination, nth + 1);
    const known = Object.hasOwn(this.#network.destinations, destination)
      ? this.#network.destinations[destination]
      : undefined;
    if (known === undefined) return { kind: 'silent' };
    return typeof known === 'function' ? known(nth, probe) : known;
  }
}
