import type { Failure } from '../../contract/failure.ts';
import type { StreamSink } from '../../contract/serve.ts';
import {
  type ExchangeEvent,
  type ExchangeReply,
  MESSAGE_BYTES_LIMIT,
  REPLIES_TOLD_LIMIT,
  type ToldMessage,
} from '../../contract/sockets.ts';
import type { Clock } from '../base/clock.ts';
import { Publisher } from './publisher.ts';

/** Bytes of ICMP messages that go into one message of the stream, which then has some ten times as many. */
const MESSAGE_BYTES_PER_BATCH = 128 * 1024;

/** Tells a client what happens in an exchange: in batches, as fast as it reads, and no more than the limits allow. */
export class ExchangeTeller implements Disposable {
  readonly #sink: StreamSink<ExchangeEvent[]>;
  readonly #publisher: Publisher;
  #waiting: ExchangeEvent[] = [];
  #messageBytes = 0;
  #repliesTold = 0;
  #repliesNotTold = 0;
  #isFinished = false;
  #isDisposed = false;

  constructor(deps: { readonly clock: Clock }, sink: StreamSink<ExchangeEvent[]>) {
    this.#sink = sink;
    this.#publisher = new Publisher(deps, () => this.#publish());
  }

  tell(event: ExchangeEvent): void {
    this.#waiting.push(event);
    this.#publisher.request();
  }

  /** Tells a reply; beyond the limit it is only counted. */
  tellReply(reply: Omit<ExchangeReply, 'message'>, readMessage: () => ToldMessage | null): void {
    if (this.#repliesTold >= REPLIES_TOLD_LIMIT) {
      this.#repliesNotTold++;
      return;
    }
    this.#repliesTold++;
    this.tell({ ...reply, message: this.withinLimit(reply.bytesReceived, readMessage) });
  }

  /** The bytes of a message as long as there is room for them, else null. */
  withinLimit(bytes: number, readMessage: () => ToldMessage | null): ToldMessage | null {
    if (this.#messageBytes + bytes > MESSAGE_BYTES_LIMIT) return null;
    this.#messageBytes += bytes;
    return readMessage();
  }

  /** The last word; the stream ends when it is told. */
  finish(localDrops: number): void {
    this.#isFinished = true;
    this.tell({ kind: 'finished', repliesNotTold: this.#repliesNotTold, localDrops });
  }

  /** Ends the stream early; what was told before comes before. */
  fail(failure: Failure): void {
    if (this.#waiting.length > 0) this.#sink.emit(this.#waiting.splice(0));
    this.#sink.end(failure);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#publisher[Symbol.dispose]();
  }

  #publish(): boolean {
    while (!this.#sink.isCongested()) {
      const batch = this.#nextBatch();
      if (batch.length > 0) this.#sink.emit(batch);
      if (this.#isDisposed) return true;
      if (this.#waiting.length > 0) continue;
      if (this.#isFinished) this.#sink.end(null);
      return true;
    }
    return false;
  }

  #nextBatch(): ExchangeEvent[] {
    let bytes = 0;
    let count = 0;
    for (const event of this.#waiting) {
      if (bytes >= MESSAGE_BYTES_PER_BATCH) break;
      if ('message' in event && event.message !== null) bytes += event.message.hex.length / 2;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
