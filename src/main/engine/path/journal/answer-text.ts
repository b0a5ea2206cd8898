import type { IcmpExtensions } from '../../../icmp/probe-transport.ts';
import type { Answer } from '../recording.ts';

type Fields = [
  responder: string,
  icmpType: number | null,
  icmpCode: number | null,
  replyHopLimit: number | null,
  mtu: number | null,
  quotedHopLimit: number | null,
  isQuoteAltered: boolean | null,
  extensions: IcmpExtensions | null,
];

/** An answer as a line of text, the same for equal answers. */
export function textOfAnswer(answer: Answer): string {
  const fields: Fields = [
    answer.responder,
    answer.icmpType,
    answer.icmpCode,
    answer.replyHopLimit,
    answer.mtu,
    answer.quotedHopLimit,
    answer.isQuoteAltered,
    answer.extensions,
  ];
  return JSON.stringify(fields);
}

/**
 * The answer that `textOfAnswer` was given.
 * @throws {SyntaxError} when the text is none
 */
export function answerOfText(text: string): Answer {
  const [responder, icmpType, icmpCode, replyHopLimit, mtu, quotedHopLimit, isQuoteAltered, extensions] = JSON.parse(
    text,
  ) as Fields;
  return { responder, icmpType, icmpCode, replyHopLimit, mtu, quotedHopLimit, isQuoteAltered, extensions };
}
