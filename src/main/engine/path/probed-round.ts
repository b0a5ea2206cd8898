import type { Round } from '../../../contract/path.ts';
import type { EpochMilliseconds, Milliseconds, MonotonicMilliseconds } from '../../../contract/units.ts';
import type {
  EchoReply,
  IcmpErrorAnswer,
  ProbeResult,
  RepeatedAnswer,
  SendFailed,
} from '../../icmp/probe-transport.ts';
import type { Refusal, RoundPlan } from './path-extent.ts';
import type { Answer } from './recording.ts';
import type { RoundContext } from './round-context.ts';
import { RoundHops } from './round-hops.ts';
import { RoundRefusal } from './round-refusal.ts';
import { RoundTripOutcome } from './round-trip-outcome.ts';

const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * One round: every hop limit's fate, told to the recording as it becomes known.
 * Hops beyond the end of the path are withdrawn as soon as the end is known. The end is the lowest hop limit at which
 * the destination replied, or that of a router which refused to pass the probe on. A refusal yields to a reply: where
 * the destination replies from beyond, the round trip is that reply, and refusals are no end any more. A router that
 * refuses is shown once, by its refusal, at the hop limit where it stands.
 *
 * The round trip is the probe at the hop limit where the destination is expected. A router that answers there shows that
 * the path has grown: the round has no round trip then. While the destination is searched for, the round trip is the
 * lowest reply, else the refusal, else what became of the probe at the highest hop limit; when a router answers that
 * one and there are higher hop limits still, there is no round trip.
 */
export class ProbedRound {
  readonly number: number;
  readonly at: EpochMilliseconds;
  readonly sentAt: MonotonicMilliseconds;
  readonly plan: RoundPlan;
  /** Addresses that stood on the path, by hop limit: those that passed a probe no further, and the destination. */
  readonly standing: Array<string | null>;
  /** Highest hop limit at which a router passed the probe no further, 0 without one. */
  passedAt = 0;
  /** The refusal that ended the round, or null. */
  refusal: Refusal | null = null;
  readonly #context: RoundContext;
  readonly #hops: RoundHops;
  readonly #isSettled: Uint8Array;
  /** Probes without a fate, those apart that are waited for no more. */
  #awaited: number;
  /** Hop limits beyond are not waited for. */
  #listensTo: number;
  #isAbandoned = false;
  #hasLeft = false;
  #lowestReply = NOWHERE;
  #reply: { readonly answer: Answer; readonly rtt: Milliseconds } | null = null;
  readonly #refusal: RoundRefusal;
  #foundBeyond: number | null = null;
  #isLonger = false;
  /** Answer of a router to the probe at the highest hop limit of the round. */
  #lastPassing: Answer | null = null;
  readonly #roundTrip: RoundTripOutcome;

  constructor(context: RoundContext, at: EpochMilliseconds, sentAt: MonotonicMilliseconds, plan: RoundPlan) {
    this.#context = context;
    this.at = at;
    this.sentAt = sentAt;
    this.plan = plan;
    this.standing = new Array<string | null>(plan.reach + 1).fill(null);
    this.#refusal = new RoundRefusal(plan.refusedPast);
    this.#isSettled = new Uint8Array(plan.probes + 1);
    this.#awaited = plan.probes;
    this.#listensTo = plan.probes;
    const { recording } = context;
    this.number = recording.openRound(at);
    this.#hops = new RoundHops(recording, this.number, plan.reach);
    this.#roundTrip = new RoundTripOutcome(recording, this.number);
  }

  /** Whether every probe has its fate. */
  get isOver(): boolean {
    return this.#awaited === 0;
  }

  /** Hop limits beyond are no part of the path. */
  get end(): number {
    return this.#hops.end;
  }

  /** Hop limit at which the destination replied, or null. */
  get repliedAt(): number | null {
    return this.#lowestReply <= this.#hops.end ? this.#lowestReply : null;
  }

  /** The round as it is told: hops beyond the end of the path left out. */
  outcome(): Round {
    return { round: this.number, atEpochMs: this.at, hops: this.#hops.told(), roundTrip: this.#roundTrip.told };
  }

  /** The fate of one probe. */
  settle(hopLimit: number, result: ProbeResult): void {
    if (this.#isAbandoned || hopLimit > this.#listensTo || this.#isSettled[hopLimit] === 1) return;
    this.#isSettled[hopLimit] = 1;
    this.#awaited -= 1;
    if (result.kind !== 'send-failed') this.#hasLeft = true;
    switch (result.kind) {
      case 'send-failed':
        this.#settleFailure(hopLimit, result);
        break;
      case 'timed-out':
        this.#settleLoss(hopLimit);
        break;
      case 'echo-reply':
      case 'time-exceeded':
      case 'destination-unreachable':
      case 'packet-too-big':
      case 'other-error':
        this.#settleAnswer(hopLimit, result);
        break;
    }
    if (this.#awaited === 0) this.#close();
  }

  /** An answer to a probe that had its fate. */
  repeat(hopLimit: number, repeat: RepeatedAnswer): void {
    if (this.#isSettled[hopLimit] !== 1 || hopLimit > this.plan.reach) return;
    if (repeat.kind === 'late') this.#settleLate(hopLimit, repeat);
    else {
      this.#hops.repeat(hopLimit);
      if (repeat.isEchoReply && hopLimit === this.#lowestReply) this.#roundTrip.repeat();
    }
  }

  /** What has no fate yet will never have one: it is withdrawn, and neither lost nor answered. */
  abandon(): void {
    if (this.isOver) return;
    for (let hopLimit = 1; hopLimit <= this.#hops.end; hopLimit += 1) {
      if (this.#isSettled[hopLimit] === 0) this.#hops.withdraw(hopLimit);
    }
    if (this.#reply !== null) this.#roundTrip.answer(this.#reply.answer, this.#reply.rtt);
    else this.#roundTrip.withdraw();
    this.#isAbandoned = true;
    this.#awaited = 0;
  }

  #settleFailure(hopLimit: number, failure: SendFailed): void {
    this.#context.onSendFailure(failure);
    this.#hops.fail(hopLimit);
    if (hopLimit === this.plan.expected) this.#roundTrip.fail();
  }

  #settleLoss(hopLimit: number): void {
    this.#hops.lose(hopLimit);
    if (hopLimit !== this.plan.expected) return;
    if (this.#refusal.answer !== null) this.#roundTrip.refuse(this.#refusal.answer);
    else this.#roundTrip.lose();
  }

  #settleAnswer(hopLimit: number, result: EchoReply | IcmpErrorAnswer): void {
    const { answers, destination } = this.#context;
    if (hopLimit === this.plan.refusedPast?.at && !isRefusalBy(this.plan.refusedPast.by, result)) {
      // That router refuses no more, and who answers stands further away than this.
      this.#isLonger = true;
      this.#hops.withdraw(hopLimit);
      return;
    }
    const answer = answers.of(hopLimit, result);
    this.#hops.answer(hopLimit, answer, result.rtt);
    switch (result.kind) {
      case 'echo-reply':
        this.#settleReply(hopLimit, answer, result.rtt);
        return;
      case 'time-exceeded':
      case 'other-error':
        this.#settlePassing(hopLimit, answer);
        return;
      case 'destination-unreachable':
      case 'packet-too-big':
        this.#settleRefusal(hopLimit, answer, result.rtt, result.responder === destination);
        return;
    }
  }

  #settleReply(hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    const { expected, reach } = this.plan;
    if (hopLimit < this.#lowestReply) this.#lowestReply = hopLimit;
    this.#listenTo(this.#lowestReply);
    if (hopLimit > reach) {
      this.#foundBeyond = this.#lowestReply;
      return;
    }
    if (this.#refusal.at < hopLimit) this.#context.extent.doesRefusalEnd = false;
    if (hopLimit <= this.#hops.end) this.standing[hopLimit] = answer.responder;
    this.#hops.endAt(hopLimit);
    if (hopLimit === this.#lowestReply) this.#reply = { answer, rtt };
    this.#context.extent.learnDestination(this.number, hopLimit);
    if (expected !== null) this.#roundTrip.answer(answer, rtt);
  }

  #settlePassing(hopLimit: number, answer: Answer): void {
    const { expected, reach } = this.plan;
    if (hopLimit > reach) this.#isLonger = true;
    if (hopLimit > this.#hops.end) return;
    this.standing[hopLimit] = answer.responder;
    this.passedAt = Math.max(this.passedAt, hopLimit);
    this.#context.extent.learnRouter(this.number, hopLimit, expected);
    if (answer.responder === this.#refusal.answer?.responder) this.#learnRefusal();
    if (hopLimit === reach) this.#lastPassing = answer;
    if (hopLimit === expected) this.#roundTrip.withdraw();
  }

  #settleRefusal(hopLimit: number, answer: Answer, rtt: Milliseconds, isOfDestination: boolean): void {
    const { extent } = this.#context;
    if (hopLimit > this.plan.reach) return;
    this.#refusal.note(hopLimit, answer, rtt);
    if (this.#lowestReply !== NOWHERE) extent.doesRefusalEnd = false;
    if (isOfDestination) {
      this.#hops.endAt(hopLimit);
      this.#listenTo(hopLimit);
      extent.learnDestination(this.number, hopLimit);
    } else this.#learnRefusal();
    if (hopLimit === this.plan.expected) this.#roundTrip.refuse(this.#refusal.answer as Answer);
  }

  /** Shows the refusal at its place; the rounds after need not wait for the end of this one to go no further. */
  #learnRefusal(): void {
    if (this.#lowestReply !== NOWHERE || !this.#context.extent.doesRefusalEnd) return;
    const refusal = this.#refusal.placed(this.standing);
    if (refusal === null) return;
    this.#context.extent.learnRefusal(refusal);
    this.#showRefusal(refusal);
  }

  #showRefusal({ at }: Refusal): void {
    const { answer, rtt } = this.#refusal;
    this.#hops.endAt(at);
    if (at < this.#refusal.at && answer !== null && rtt !== null) this.#hops.answerInstead(at, answer, rtt);
  }

  #settleLate(hopLimit: number, repeat: RepeatedAnswer): void {
    // Nobody answers late to what is refused past a router, but who stands further away.
    if (hopLimit === this.plan.refusedPast?.at) return;
    const { answers, extent } = this.#context;
    const answer = answers.ofLate(hopLimit, repeat);
    this.#hops.answerLate(hopLimit, answer, repeat);
    if (!repeat.isEchoReply) {
      extent.learnRouter(this.number, hopLimit, null);
      return;
    }
    this.#hops.endAt(hopLimit);
    if (hopLimit < this.#lowestReply) this.#lowestReply = hopLimit;
    extent.learnDestination(this.number, hopLimit);
    this.#roundTrip.answerLate(answer, repeat.rtt);
  }

  /** Every probe has its fate: what was open is decided, and the extent learns from the whole. */
  #close(): void {
    const { extent } = this.#context;
    if (this.#roundTrip.isOpen) this.#decideRoundTrip();
    const fate = this.#roundTrip.told?.fate ?? null;
    this.refusal = fate === 'refused' ? this.#refusal.placed(this.standing) : null;
    if (this.refusal !== null) this.#endAtRefusal(this.refusal);
    else if (this.#lowestReply === NOWHERE && this.plan.expected === null) this.#hops.endAt(extent.silentEnd);
    extent.learnEnded(this.plan, {
      number: this.number,
      refusal: this.refusal,
      repliedAt: this.repliedAt,
      roundTripFate: fate,
      foundBeyond: this.#foundBeyond,
      isLonger: this.#isLonger,
      hasLeft: this.#hasLeft,
    });
  }

  #endAtRefusal(refusal: Refusal): void {
    if (!this.#context.extent.doesRefusalEnd) this.#showRefusal(refusal);
    this.#context.extent.doesRefusalEnd = true;
    this.standing[refusal.at] = refusal.by;
    this.passedAt = Math.min(this.passedAt, refusal.at - 1);
  }

  #decideRoundTrip(): void {
    const last = this.#hops.fate(this.plan.reach);
    // At the greatest hop limit a router's answer means that probes go round in circles, or that more hops are needed.
    const isOutOfHops = this.#lastPassing !== null && this.plan.reach === this.#context.extent.maxHops;
    if (this.#reply !== null) this.#roundTrip.answer(this.#reply.answer, this.#reply.rtt);
    else if (this.#refusal.answer !== null) this.#roundTrip.refuse(this.#refusal.answer);
    else if (isOutOfHops) this.#roundTrip.refuse(this.#lastPassing as Answer);
    else if (last === 'lost') this.#roundTrip.lose();
    else if (last === 'send-failed') this.#roundTrip.fail();
    else this.#roundTrip.withdraw();
  }

  #listenTo(hopLimit: number): void {
    for (let beyond = hopLimit + 1; beyond <= this.#listensTo; beyond += 1) {
      if (this.#isSettled[beyond] === 0) this.#awaited -= 1;
    }
    if (hopLimit < this.#listensTo) this.#listensTo = hopLimit;
  }
}

function isRefusalBy(address: string, { kind, responder }: EchoReply | IcmpErrorAnswer): boolean {
  return responder === address && (kind === 'destination-unreachable' || kind === 'packet-too-big');
}
