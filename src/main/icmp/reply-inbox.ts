import type { ReceivedDatagram } from './received-datagram.ts';

/** Messages that may wait to be asked for: more than a broadcast in a large network brings. */
const MESSAGE_LIMIT = 4_096;
/** Bytes of messages that may wait: 64 of the largest. */
const MESSAGE_BYTES_LIMIT = 4 * 1024 * 1024;

/** Something to wait in an inbox, with whether the same answer came before. */
export interface InboxEntry {
  readonly datagram: ReceivedDatagram;
  readonly isDuplicate: boolean;
  /** Whether it answers a request that this socket did not send, as far as it remembers. */
  readonly isForeign: boolean;
}

/**
 * Messages that arrived before anybody asked for them, oldest first. Full, it drops the oldest foreign one; when there
 * is none the oldest of all, and counts that.
 */
export class ReplyInbox {
  readonly #entries: InboxEntry[] = [];
  #messageBytes = 0;
  #foreign = 0;
  #dropped = 0;

  /** Messages dropped because nobody asked for them in time, foreign ones not counted. */
  get dropped(): number {
    return this.#dropped;
  }

  put(entry: InboxEntry): void {
    this.#entries.push(entry);
    this.#messageBytes += entry.datagram.message.length;
    if (entry.isForeign) this.#foreign++;
    while (this.#entries.length > MESSAGE_LIMIT || this.#messageBytes > MESSAGE_BYTES_LIMIT) {
      if (this.#foreign > 0) {
        this.#removeAt(this.#entries.findIndex(({ isForeign }) => isForeign));
      } else {
        this.#removeAt(0);
        this.#dropped++;
      }
    }
  }

  /** Takes out the oldest message that is wanted; null when there is none. */
  take(isWanted: (datagram: ReceivedDatagram) => boolean): InboxEntry | null {
    const index = this.#entries.findIndex(({ datagram }) => isWanted(datagram));
    return index < 0 ? null : this.#removeAt(index);
  }

  clear(): void {
    this.#entries.length = 0;
    this.#messageBytes = 0;
    this.#foreign = 0;
  }

  #removeAt(index: number): InboxEntry {
    const entry = this.#entries.splice(index, 1)[0] as InboxEntry;
    this.#messageBytes -= entry.datagram.message.length;
    if (entry.isForeign) this.#foreign--;
    return entry;
  }
}
