import type { Scenario, ScenarioEvent } from '../../contract/scenario.ts';
import { familyOf } from '../../contract/scenario-consistency.ts';
import type { Unreachable } from '../../contract/scenario-properties.ts';
import type { SendFailureReason } from '../icmp/probe-transport.ts';
import { nextChangeAfter, occurrenceAt } from './event-period.ts';
import { share } from './keyed-chance.ts';

type MachineProperties = NonNullable<Scenario['machine']>;
type MachineEvent = Extract<ScenarioEvent, { on: 'machine' }>;
type Reason = NonNullable<MachineProperties['sendFailure']>['reason'];

/** What Linux calls it. */
const CODES: Readonly<Record<Reason, string>> = {
  'no-route': 'ENETUNREACH',
  'not-permitted': 'EPERM',
  'local-queue-full': 'ENOBUFS',
  'interface-gone': 'ENODEV',
  other: 'EIO',
};

/** MTU of an Ethernet interface (RFC 894). */
const DEFAULT_MTU = 1_500;
const DEFAULT_ADDRESSES = { 4: '192.168.1.100', 6: '2001:db8:1::100' } as const;

const SEND_FAILURE = 0x5851f42d;
const LOCAL_DROP = 0x14057b7e;
const FORGED = 0x2b7e1516;

/** This machine, as it is at the moment it was last told of. */
export class Machine {
  readonly mtuBytes: number;
  readonly #base: MachineProperties;
  readonly #events: readonly MachineEvent[];
  #now: MachineProperties;
  #nextChangeMs = 0;

  constructor(scenario: Scenario) {
    this.#base = scenario.machine ?? {};
    this.#now = this.#base;
    this.#events = (scenario.events ?? []).filter((event) => event.on === 'machine');
    this.mtuBytes = this.#base.mtuBytes ?? DEFAULT_MTU;
    this.advance(0);
  }

  /** Says that nothing can be reached; null while it does not. */
  get unreachable(): Unreachable | null {
    return this.#now.unreachable ?? null;
  }

  addressOf(family: 4 | 6): string {
    const { address } = this.#base;
    return address !== undefined && familyOf(address) === family ? address : DEFAULT_ADDRESSES[family];
  }

  advance(nowMs: number): void {
    if (nowMs < this.#nextChangeMs) return;
    this.#now = this.#base;
    this.#nextChangeMs = Infinity;
    for (const event of this.#events) {
      if (occurrenceAt(event, nowMs) !== null) this.#now = { ...this.#now, ...event.set };
      this.#nextChangeMs = Math.min(this.#nextChangeMs, nextChangeAfter(event, nowMs));
    }
  }

  /** Why the packet with this key does not leave, or null. */
  sendFailure(key: number): { readonly reason: SendFailureReason; readonly code: string } | null {
    const failure = this.#now.sendFailure;
    if (failure === undefined || share(key ^ SEND_FAILURE) >= (failure.ratio ?? 1)) return null;
    return { reason: failure.reason, code: CODES[failure.reason] };
  }

  /** Whether the answer to the packet with this key is dropped before it is read. */
  dropsAnswer(key: number): boolean {
    return this.#now.localDropRatio !== undefined && share(key ^ LOCAL_DROP) < this.#now.localDropRatio;
  }

  /** How many answers of strangers the packet with this key draws: 0 or 1. */
  forgedCount(key: number): number {
    return this.#now.forgedRatio !== undefined && share(key ^ FORGED) < this.#now.forgedRatio ? 1 : 0;
  }
}
