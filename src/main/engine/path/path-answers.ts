import type { EchoReply, IcmpErrorAnswer, RepeatedAnswer } from '../../icmp/probe-transport.ts';
import type { Answer } from './recording.ts';

/** Types of ICMP messages that the transport tells by kind rather than by number (RFC 792, RFC 4443). */
const TYPES = { 4: { echoReply: 0, timeExceeded: 11 }, 6: { echoReply: 129, timeExceeded: 3 } } as const;

/** Whether an answer is an echo reply (RFC 792, RFC 4443 §4.2). */
export function isEchoReply(answer: Answer): boolean {
  return answer.icmpCode === 0 && (answer.icmpType === 0 || answer.icmpType === 129);
}

/** Whether an answer says why the probe was not passed on: any ICMP error but that its hops were used up. */
export function isRejection(answer: Answer): boolean {
  const { echoReply, timeExceeded } = TYPES[answer.responder.includes(':') ? 6 : 4];
  return answer.icmpType !== echoReply && answer.icmpType !== timeExceeded;
}

/**
 * Answers as the recording takes them. A hop mostly answers as it did before, and then the same object stands for both
 * answers: nothing is made per probe.
 */
export class PathAnswers {
  readonly #types: (typeof TYPES)[4 | 6];
  /** Last answer by hop limit. */
  readonly #last: Answer[] = [];

  constructor(family: 4 | 6) {
    this.#types = TYPES[family];
  }

  of(hopLimit: number, result: EchoReply | IcmpErrorAnswer): Answer {
    const last = this.#last[hopLimit];
    if (result.kind === 'echo-reply') {
      const isSame =
        last !== undefined &&
        last.responder === result.responder &&
        last.icmpType === this.#types.echoReply &&
        last.replyHopLimit === result.replyHopLimit;
      return isSame ? last : this.#keep(hopLimit, this.#echoReply(result.responder, result.replyHopLimit));
    }
    const isSame =
      last !== undefined &&
      last.responder === result.responder &&
      last.icmpType === result.icmpType &&
      last.icmpCode === result.icmpCode &&
      last.replyHopLimit === result.replyHopLimit &&
      last.mtu === result.mtu &&
      last.quotedHopLimit === result.quotedHopLimit &&
      last.isQuoteAltered === result.isQuoteAltered &&
      last.extensions === null &&
      result.extensions === null;
    return isSame ? last : this.#keep(hopLimit, errorOf(result));
  }

  /**
   * A late answer, of which the transport tells no more than who and whether it is a reply: the last one of that
   * responder at that hop, or else the ordinary answer of its kind.
   */
  ofLate(hopLimit: number, { responder, isEchoReply: isReply }: RepeatedAnswer): Answer {
    const last = this.#last[hopLimit];
    if (last !== undefined && last.responder === responder && isEchoReply(last) === isReply) return last;
    const reply = this.#echoReply(responder, null);
    return this.#keep(hopLimit, isReply ? reply : { ...reply, icmpType: this.#types.timeExceeded });
  }

  #keep(hopLimit: number, answer: Answer): Answer {
    this.#last[hopLimit] = answer;
    return answer;
  }

  #echoReply(responder: string, replyHopLimit: number | null): Answer {
    return {
      responder,
      icmpType: this.#types.echoReply,
      icmpCode: 0,
      replyHopLimit,
      mtu: null,
      quotedHopLimit: null,
      isQuoteAltered: null,
      extensions: null,
    };
  }
}

function errorOf(error: IcmpErrorAnswer): Answer {
  return {
    responder: error.responder,
    icmpType: error.icmpType,
    icmpCode: error.icmpCode,
    replyHopLimit: error.replyHopLimit,
    mtu: error.mtu,
    quotedHopLimit: error.quotedHopLimit,
    isQuoteAltered: error.isQuoteAltered,
    extensions: error.extensions,
  };
}
