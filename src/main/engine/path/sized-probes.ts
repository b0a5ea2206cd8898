import { hopLimit as asHopLimit, type Milliseconds, milliseconds, seconds } from '../../../contract/units.ts';
import type { ProbeResult } from '../../icmp/probe-transport.ts';
import { type SearchDependencies, sendWave } from './probe-wave.ts';

/** Hop limit of a probe that is meant for the destination, wherever it is: the usual one of a host (RFC 1700). */
const USUAL_HOP_LIMIT = 64;

/** Least MTU that a link may have: 68 (RFC 791) and 1,280 (RFC 8200). A router that names less is not believed. */
const LEAST_MTU = { 4: 68, 6: 1_280 } as const;

/** IP header without options and ICMP header together. */
const HEADER_BYTES = { 4: 20 + 8, 6: 40 + 8 } as const;

/** Payload of an ordinary echo request, the one that ping sends. */
const ORDINARY_PAYLOAD = 56;

/** Shortest wait for an answer, however quick the path (PROBE_TIMER of RFC 8899 §5.1.1), unless less was asked for. */
const LEAST_TIMEOUT = seconds(1);

/** Longest round trip so far times this is waited for an answer: big packets take longer, and queues come and go. */
const TIMEOUT_FACTOR = 4;

/** What is probed, and how. */
export interface SizedProbesRequest {
  /** Numeric. */
  readonly destination: string;
  readonly family: 4 | 6;
  readonly trafficClass: number;
  /** The flow of every probe, 0 to 65,534, so that all of one size go one way where the path branches. */
  readonly flow: number;
  /** Longest wait for an answer; once the path is known to be quicker, less will do. */
  readonly timeout: Milliseconds;
}

/** How far a probe is to go: to a hop limit, or to the destination, wherever it is. */
export type Reach = number | 'destination';

/** One probe: an IP packet of so many bytes. */
export interface SizedProbe {
  readonly reach: Reach;
  readonly bytes: number;
}

/**
 * What became of a packet of one size: it came where it was to come; somebody said that it is too big (this machine,
 * or a router that may name its MTU) or refused it; or nothing was heard.
 */
export type SizeFate =
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly mtu: number | null; readonly byThisMachine: boolean }
  | { readonly kind: 'silent' };

/** Sends packets of given sizes that must not be fragmented, and remembers what the hops said. */
export class SizedProbes {
  readonly #deps: SearchDependencies;
  readonly #request: SizedProbesRequest;
  readonly #signal: AbortSignal;
  readonly #addresses = new Map<number, string>();
  readonly #largestAnswered = new Map<Reach, number>();
  readonly #told = new Map<string, { mtu: number; lowestReach: number }>();
  #destinationHop: number | null = null;
  #refusingHop: number | null = null;
  #slowest: Milliseconds | null = null;

  constructor(deps: SearchDependencies, request: SizedProbesRequest, signal: AbortSignal) {
    this.#deps = deps;
    this.#request = request;
    this.#signal = signal;
  }

  /** Size of a packet that any path lets through. */
  get ordinaryBytes(): number {
    return HEADER_BYTES[this.#request.family] + ORDINARY_PAYLOAD;
  }

  /** Least hop limit at which the destination has answered; null while it never did. */
  get destinationHop(): number | null {
    return this.#destinationHop;
  }

  /** The hop beyond which packets do not go: the destination's, or one that refuses to pass them on; null without any. */
  get endHop(): number | null {
    return this.#destinationHop ?? this.#refusingHop;
  }

  /** Hop limits at which somebody has answered, in ascending order. */
  get answeringHops(): number[] {
    return [...this.#addresses.keys()].sort((a, b) => a - b);
  }

  addressAt(hopLimit: number): string | null {
    return this.#addresses.get(hopLimit) ?? null;
  }

  /** Largest packet in bytes that was answered there; null without any. */
  largestAnswered(reach: Reach): number | null {
    return this.#largestAnswered.get(reach) ?? null;
  }

  /** MTU that the router at a hop named, found by its address, else as the one before the lowest hop limit that it complained about. */
  toldMtuAt(hopLimit: number): number | null {
    const known = new Set(this.#addresses.values());
    for (const [address, { mtu, lowestReach }] of this.#told) {
      const isHere = known.has(address) ? this.addressAt(hopLimit) === address : lowestReach - 1 === hopLimit;
      if (isHere) return mtu;
    }
    return null;
  }

  /** Sends probes together and gives their fates in the same order. Rejects with the signal's reason. */
  async send(probes: readonly SizedProbe[]): Promise<SizeFate[]> {
    const { destination, family, trafficClass, flow } = this.#request;
    const timeout = this.#timeout();
    const requests = probes.map(({ reach, bytes }) => ({
      destination,
      hopLimit: asHopLimit(reach === 'destination' ? USUAL_HOP_LIMIT : reach),
      payloadBytes: bytes - HEADER_BYTES[family],
      trafficClass,
      flow,
      timeout,
    }));
    const results = await sendWave(this.#deps, requests, this.#signal);
    return results.flatMap((result, index) => {
      const probe = probes[index];
      return probe === undefined ? [] : [this.#fateOf(probe, result)];
    });
  }

  #timeout(): Milliseconds {
    if (this.#slowest === null) return this.#request.timeout;
    return milliseconds(Math.min(this.#request.timeout, Math.max(LEAST_TIMEOUT, TIMEOUT_FACTOR * this.#slowest)));
  }

  #fateOf(probe: SizedProbe, result: ProbeResult): SizeFate {
    switch (result.kind) {
      case 'timed-out':
        return { kind: 'silent' };
      case 'send-failed':
        return result.reason === 'too-big' ? { kind: 'refused', mtu: null, byThisMachine: true } : { kind: 'silent' };
      case 'packet-too-big':
        return this.#refusal(probe, result.responder, result.mtu, result.fromThisMachine);
      case 'echo-reply':
        if (probe.reach !== 'destination') this.#destinationHop = least(probe.reach, this.#destinationHop);
        return this.#answer(probe, result);
      case 'time-exceeded':
      case 'destination-unreachable':
      case 'other-error':
        // On the way to the destination this is a refusal; to a hop it proves that the packet came as far.
        if (probe.reach === 'destination') return { kind: 'refused', mtu: null, byThisMachine: false };
        if (result.kind === 'destination-unreachable') this.#refusingHop = least(probe.reach, this.#refusingHop);
        return this.#answer(probe, result);
    }
  }

  #answer({ reach, bytes }: SizedProbe, { responder, rtt }: Extract<ProbeResult, { rtt: Milliseconds }>): SizeFate {
    this.#slowest = milliseconds(Math.max(rtt, this.#slowest ?? rtt));
    if (reach !== 'destination' && !this.#addresses.has(reach)) this.#addresses.set(reach, responder);
    this.#largestAnswered.set(reach, Math.max(bytes, this.#largestAnswered.get(reach) ?? 0));
    return { kind: 'passed' };
  }

  #refusal(probe: SizedProbe, responder: string, mtu: number | null, byThisMachine: boolean): SizeFate {
    const isLawful = mtu !== null && mtu >= LEAST_MTU[this.#request.family] && mtu < probe.bytes;
    if (!isLawful) return { kind: 'refused', mtu: null, byThisMachine };
    const before = this.#told.get(responder);
    const reach = probe.reach === 'destination' ? Number.POSITIVE_INFINITY : probe.reach;
    if (!byThisMachine) {
      this.#told.set(responder, {
        mtu: least(mtu, before?.mtu ?? null),
        lowestReach: least(reach, before?.lowestReach ?? null),
      });
    }
    return { kind: 'refused', mtu, byThisMachine };
  }
}

function least(value: number, other: number | null): number {
  return other === null ? value : Math.min(value, other);
}
