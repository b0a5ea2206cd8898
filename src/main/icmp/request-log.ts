import type { ReceivedDatagram } from './received-datagram.ts';
import type { SendStamp } from './round-trip.ts';

/** Requests remembered: at 1,000 a second, those of the last 16 seconds. */
const REQUEST_LIMIT = 16_384;
/** Hosts remembered as having answered one request: those of a large broadcast domain. Beyond it a second answer is not known as one. */
const ANSWER_LIMIT = 4_096;

/** What an answer is recognised by. */
export interface Addressee {
  readonly id: number;
  readonly sequence: number;
  /** The destination without zone. */
  readonly canonicalDestination: string;
  /** Whether any host may answer. */
  readonly anyResponder: boolean;
}

/** One request as it was sent. */
export interface LoggedRequest extends Addressee {
  readonly stamp: SendStamp;
}

interface LogEntry extends LoggedRequest {
  /** Who answered how, to tell a second copy. */
  readonly answers: Set<string>;
}

function keyOf(id: number, sequence: number): number {
  return id * 0x1_0000 + sequence;
}

/** What a socket sent lately, by identifier and sequence, so that an answer nobody named a request for still finds its own. */
export class RequestLog {
  readonly #entries = new Map<number, LogEntry>();

  /** Notes a request; it takes the place of an earlier one with the same identifier and sequence. */
  add(request: LoggedRequest): void {
    const key = keyOf(request.id, request.sequence);
    this.#entries.delete(key);
    this.#entries.set(key, { ...request, answers: new Set() });
    if (this.#entries.size <= REQUEST_LIMIT) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** The request with the identifier and sequence that a message names; null when it is not known (any more). */
  find(datagram: ReceivedDatagram): LoggedRequest | null {
    return this.#entries.get(keyOf(datagram.identifier, datagram.sequence)) ?? null;
  }

  /** Notes an answer to the request it names; says whether the same host gave the same answer before. */
  noteAnswer(datagram: ReceivedDatagram): boolean {
    const answers = this.#entries.get(keyOf(datagram.identifier, datagram.sequence))?.answers;
    if (answers === undefined) return false;
    const answer = `${datagram.type} ${datagram.code} ${datagram.source}`;
    if (answers.has(answer)) return true;
    if (answers.size < ANSWER_LIMIT) answers.add(answer);
    return false;
  }

  clear(): void {
    this.#entries.clear();
  }
}
