import type { InFlightEntry, InFlightTable } from './in-flight-table.ts';
import type { ProbePayload } from './probe-token.ts';
import type { ReceivedRecord } from './received-record.ts';

/** Finds the probe that a received message answers, and counts what answers none. */
export class AnswerMatcher {
  unmatched = 0;
  malformed = 0;
  forged = 0;
  readonly #table: InFlightTable;
  readonly #payload: ProbePayload;
  readonly #identifier: number;

  constructor(table: InFlightTable, payload: ProbePayload, identifier: number) {
    this.#table = table;
    this.#payload = payload;
    this.#identifier = identifier;
  }

  /** The probe, under way or over, that `record` truly answers: right identifier, address and token. Null, and counted, otherwise. */
  match(record: ReceivedRecord): InFlightEntry | null {
    const message = record.message;
    if (message.kind === 'malformed') {
      this.malformed++;
      return null;
    }
    const isOurs = message.kind !== 'other' && message.identifier === this.#identifier;
    const entry = isOurs ? this.#table.bySequence(message.sequence) : null;
    if (entry === null || entry.state === 'queued' || entry.state === 'failed') {
      this.unmatched++;
      return null;
    }
    const isFromRightPlace =
      message.kind === 'echo-reply'
        ? entry.anyResponder || record.sourceEquals(entry.word0, entry.word1, entry.word2, entry.word3)
        : record.quotedDestinationEquals(entry.word0, entry.word1, entry.word2, entry.word3);
    const { payloadStart } = message;
    // A quote may be padded behind the payload that was sent (RFC 4884 §3).
    const payloadEnd =
      message.kind === 'error' ? Math.min(message.payloadEnd, payloadStart + entry.payloadBytes) : message.payloadEnd;
    if (!isFromRightPlace || !this.#payload.matches(record.bytes, payloadStart, payloadEnd, entry.serial)) {
      this.forged++;
      return null;
    }
    return entry;
  }
}
