import { isIP } from 'node:net';
import type { Scenario } from '../../contract/scenario.ts';
import { milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import {
  FLOW_PAYLOAD_BYTES,
  type ProbeRequest,
  type ProbeResult,
  type ProbeTransport,
  type RepeatedAnswer,
  type SendFailed,
  type TransportCounters,
  type TransportProperties,
} from '../icmp/probe-transport.ts';
import { Crossing } from './crossing.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { errorBytes, errorOf } from './error-message.ts';
import { keyOfText, mix, share } from './keyed-chance.ts';
import type { Machine } from './machine.ts';
import type { Place } from './place.ts';
import type { Route } from './route.ts';
import { canonical, type Topology, type Whereabouts } from './topology.ts';

type OnResult = (result: ProbeResult) => void;
type OnRepeat = (repeat: RepeatedAnswer) => void;

/** Bytes of an ICMP echo header (RFC 792, RFC 4443 §4.1), and of IP headers without options. */
const ECHO_HEADER_BYTES = 8;
const IP_HEADER_BYTES = { 4: 20, 6: 40 } as const;

const FLOW = 0x45d9f3b3;
const POPULATED = 0x119de1f3;
const HOP_LIMIT_STEP = 0x9e3779b9;
const PROBE_STEP = 0x85ebca6b;

export interface ScenarioTransportOptions {
  readonly family: 4 | 6;
  readonly transmitTimestamps: boolean;
  /** Whether packets may be larger than the path's MTU as it was learned, in fragments. */
  readonly dontFragment: boolean;
}

/**
 * Probes into a simulated internet. What becomes of a probe is settled as it is sent, by the state of the network at
 * that moment, and told when its time has come.
 */
export class ScenarioTransport implements ProbeTransport {
  readonly properties: TransportProperties;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #seed: number;
  readonly #topology: Topology;
  readonly #machine: Machine;
  readonly #family: 4 | 6;
  readonly #dontFragment: boolean;
  readonly #queue: DeliveryQueue;
  readonly #crossing = new Crossing();
  /** Path MTU by destination, as this machine's kernel learns it from packet-too-big messages. */
  readonly #learnedMtu = new Map<string, number>();
  #localDrops = 0;
  #forged = 0;
  #isDisposed = false;

  constructor(
    deps: { readonly clock: Clock; readonly topology: Topology; readonly machine: Machine },
    scenario: Pick<Scenario, 'seed'>,
    options: ScenarioTransportOptions,
    startMs: number,
  ) {
    this.#clock = deps.clock;
    this.#topology = deps.topology;
    this.#machine = deps.machine;
    this.#startMs = startMs;
    this.#seed = scenario.seed;
    this.#family = options.family;
    this.#dontFragment = options.dontFragment;
    this.#queue = new DeliveryQueue(deps.clock);
    this.properties = {
      kind: 'simulated',
      family: options.family,
      timestampSource: options.transmitTimestamps ? 'kernel-transmit' : 'kernel',
      reportsErrors: true,
      lacks: [],
      localAddress: this.#machine.addressOf(options.family),
    };
  }

  send(probe: ProbeRequest, onResult: OnResult, onRepeat?: OnRepeat): void {
    if (this.#isDisposed) return;
    const now = this.#clock.now();
    const runMs = now - this.#startMs;
    this.#topology.advance(runMs);
    this.#machine.advance(runMs);
    const found = this.#topology.find(probe.destination, this.#family);
    // A known address is of the right form; what is not known is looked at twice.
    if (
      (found === null || found.kind === 'elsewhere' || probe.destination.includes(':') !== (this.#family === 6)) &&
      isIP(probe.destination) !== this.#family
    ) {
      this.#fail(now, onResult, 'invalid-destination', 'EAFNOSUPPORT');
      return;
    }
    if (probe.flow !== undefined && probe.payloadBytes < FLOW_PAYLOAD_BYTES) {
      this.#fail(now, onResult, 'invalid-destination', 'EINVAL');
      return;
    }
    if (found === null) {
      this.#fail(now, onResult, 'no-route', 'ENETUNREACH');
      return;
    }
    const probes = found.kind === 'router' ? found.probes : found.target.probes;
    const nth = (probes[probe.hopLimit] as number) + 1;
    probes[probe.hopLimit] = nth;
    const ownKey = found.kind === 'elsewhere' ? keyOfText(canonical(probe.destination)) : found.key;
    const destinationKey = mix(this.#seed ^ ownKey);
    const key = mix(destinationKey + Math.imul(probe.hopLimit, HOP_LIMIT_STEP) + Math.imul(nth, PROBE_STEP));
    const failure = this.#machine.sendFailure(key);
    if (failure !== null) {
      this.#fail(now, onResult, failure.reason, failure.code);
      return;
    }
    this.#depart(probe, found, destinationKey, key, runMs, now, onResult, onRepeat ?? null);
  }

  counters(): TransportCounters {
    return { localDrops: this.#localDrops, unmatched: 0, malformed: 0, forged: this.#forged };
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#queue[Symbol.dispose]();
  }

  #depart(
    probe: ProbeRequest,
    found: Whereabouts,
    destinationKey: number,
    key: number,
    runMs: number,
    now: number,
    onResult: OnResult,
    onRepeat: OnRepeat | null,
  ): void {
    // Without a flow the checksum is as it comes, so each packet is a flow of its own.
    const flowKey = mix(
      destinationKey ^ FLOW ^ (probe.flow === undefined ? key : Math.imul(probe.flow + 1, PROBE_STEP)),
    );
    const route = found.kind === 'router' ? found.route : found.target.routeFor(flowKey, destinationKey, key);
    route.refresh(this.#topology.version);
    const bytes = this.#bytesOf(probe, route);
    if (bytes > this.#machine.mtuBytes || bytes > (route.places[0] as Place).mtu) {
      this.#fail(now, onResult, 'too-big', 'EMSGSIZE');
      return;
    }
    const sentAt = this.#clock.wallNow();
    this.#forged += this.#machine.forgedCount(key);
    const refusal = this.#machine.unreachable;
    if (refusal !== null) {
      const rtt = refusal.delayMs ?? 0;
      const own = this.#machine.addressOf(this.#family);
      const answer = errorOf({ family: this.#family, fate: 'unreachable', unreachable: refusal, mtu: 0 });
      this.#answer(probe, now, onResult, onRepeat, 0, {
        ...answer,
        sentAt,
        responder: own,
        rtt: milliseconds(Math.max(rtt, 0.001)),
        timestampSource: this.properties.timestampSource,
        replyHopLimit: 64,
        bytesReceived: errorBytes(this.#family, bytes, null),
        fromThisMachine: true,
        quotedHopLimit: probe.hopLimit,
        isQuoteAltered: false,
        extensions: null,
      });
      return;
    }
    const crossing = this.#crossing;
    crossing.send(route, probe.hopLimit, bytes, runMs, key);
    const isNobody =
      found.kind === 'elsewhere' &&
      crossing.fate === 'echo-reply' &&
      share(destinationKey ^ POPULATED) >= found.populatedRatio;
    if (crossing.fate === 'lost' || isNobody) {
      this.#queue.add(now + probe.timeout, onResult, { kind: 'timed-out', sentAt });
      return;
    }
    if (this.#machine.dropsAnswer(key)) {
      this.#localDrops += 1;
      this.#queue.add(now + probe.timeout, onResult, { kind: 'timed-out', sentAt });
      return;
    }
    const place = route.places[crossing.index] as Place;
    const rtt = milliseconds(crossing.rttMs);
    const replyHopLimit = place.initialHopLimit - (route.backHops[crossing.index] as number);
    const timestampSource = this.properties.timestampSource;
    if (crossing.fate === 'echo-reply') {
      this.#answer(probe, now, onResult, onRepeat, crossing.copyMs, {
        kind: 'echo-reply',
        sentAt,
        responder: probe.destination,
        rtt,
        timestampSource,
        replyHopLimit,
        bytesReceived: ECHO_HEADER_BYTES + probe.payloadBytes,
      });
      return;
    }
    const { fate, mtu } = crossing;
    if (fate === 'packet-too-big' && !this.#dontFragment) this.#learnedMtu.set(probe.destination, mtu);
    const { extensions, unreachable, quotedHopLimit } = place;
    const responder = (fate === 'unreachable' ? place.refuser : place.address) as string;
    const error = errorOf({ family: this.#family, fate, unreachable, mtu });
    this.#answer(probe, now, onResult, onRepeat, crossing.copyMs, {
      kind: error.kind,
      sentAt,
      responder: responder === '' ? probe.destination : responder,
      rtt,
      timestampSource,
      replyHopLimit,
      bytesReceived: errorBytes(this.#family, bytes, extensions),
      icmpType: error.icmpType,
      icmpCode: error.icmpCode,
      mtu: error.mtu,
      fromThisMachine: false,
      // A packet that did not run out still has what the routers before this one left.
      quotedHopLimit: fate === 'time-exceeded' ? quotedHopLimit : Math.max(1, probe.hopLimit - crossing.index),
      isQuoteAltered: crossing.index > route.translator,
      extensions,
    });
  }

  /** Size of the IP packet; the size of its largest fragment where it may be cut. */
  #bytesOf(probe: ProbeRequest, route: Route): number {
    const whole = IP_HEADER_BYTES[this.#family] + ECHO_HEADER_BYTES + probe.payloadBytes;
    if (this.#dontFragment) return whole;
    const uncut = Math.min(whole, this.#machine.mtuBytes, route.places[0]?.mtu ?? Infinity);
    return uncut > route.leastMtu ? Math.min(uncut, this.#learnedMtu.get(probe.destination) ?? Infinity) : uncut;
  }

  #answer(
    probe: ProbeRequest,
    now: number,
    onResult: OnResult,
    onRepeat: OnRepeat | null,
    copyMs: number,
    answer: Extract<ProbeResult, { responder: string }>,
  ): void {
    const { rtt, responder } = answer;
    const isLate = rtt > probe.timeout;
    if (isLate) this.#queue.add(now + probe.timeout, onResult, { kind: 'timed-out', sentAt: answer.sentAt });
    else this.#queue.add(now + rtt, onResult, answer);
    if (onRepeat === null) return;
    const isEchoReply = answer.kind === 'echo-reply';
    if (isLate) this.#queue.add(now + rtt, onRepeat, { kind: 'late', isEchoReply, responder, rtt });
    if (copyMs > 0) {
      const second = milliseconds(rtt + copyMs);
      this.#queue.add(now + second, onRepeat, { kind: 'duplicate', isEchoReply, responder, rtt: second });
    }
  }

  #fail(now: number, onResult: OnResult, reason: SendFailed['reason'], code: string): void {
    this.#queue.add(now, onResult, { kind: 'send-failed', sentAt: this.#clock.wallNow(), reason, code });
  }
}
