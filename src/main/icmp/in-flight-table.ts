import type { EpochMilliseconds, Milliseconds, MonotonicMilliseconds } from '../../contract/units.ts';
import type { ProbeResult, RepeatedAnswer } from './probe-transport.ts';
import type { SendStamp } from './round-trip.ts';

/**
 * Where a probe stands: not in the table, appended but not yet sent, under way, or over. `timed-out-then-error`: after
 * its timeout a router said something about it.
 */
export type ProbeState =
  | 'empty'
  | 'queued'
  | 'in-flight'
  | 'answered'
  | 'timed-out'
  | 'timed-out-then-error'
  | 'failed';

/** One probe of the table. Entries are made once and used again, so that a probe costs no allocation here. */
export class InFlightEntry implements SendStamp {
  state: ProbeState = 'empty';
  /** Number of the probe since the table was made, modulo 2^32; its low 16 bits are the ICMP sequence. */
  serial = 0;
  destination = '';
  /** The destination's 16 bytes as four signed words of the machine's byte order: small integers, so nothing is boxed. */
  word0 = 0;
  word1 = 0;
  word2 = 0;
  word3 = 0;
  /** Whether an answer may come from any address: the destination is a group or unspecified. */
  anyResponder = false;
  payloadBytes = 0;
  flow: number | null = null;
  timeout: Milliseconds = 0 as Milliseconds;
  deadline: MonotonicMilliseconds = 0 as MonotonicMilliseconds;
  sentAt: EpochMilliseconds = 0 as EpochMilliseconds;
  transmitKey = 0;
  realtimeSeconds = 0;
  realtimeNanoseconds = 0;
  monotonicMs = 0;
  transmitSeconds = 0;
  transmitNanoseconds = 0;
  onResult: ((result: ProbeResult) => void) | null = null;
  onRepeat: ((repeat: RepeatedAnswer) => void) | null = null;

  /** Takes over where it goes. */
  takeDestination(words: ArrayLike<number>): void {
    this.word0 = words[0] as number;
    this.word1 = words[1] as number;
    this.word2 = words[2] as number;
    this.word3 = words[3] as number;
  }

  /** Takes over when it left, as the native side told. */
  takeStamp(stamp: SendStamp & { readonly transmitKey: number }): void {
    this.transmitKey = stamp.transmitKey;
    this.realtimeSeconds = stamp.realtimeSeconds;
    this.realtimeNanoseconds = stamp.realtimeNanoseconds;
    this.monotonicMs = stamp.monotonicMs;
    this.transmitSeconds = stamp.transmitSeconds;
    this.transmitNanoseconds = stamp.transmitNanoseconds;
  }
}

/**
 * What an answer is to a probe that has its result already, of which the probe takes note. Its result stays what it
 * was. After a timeout the first reply is late, also behind a router's late word, and the first word of a router is
 * late, unless a reply came before it; all else is a second copy.
 */
export function noteRepeat(entry: InFlightEntry, isEchoReply: boolean): RepeatedAnswer['kind'] {
  const isFirst = entry.state === 'timed-out' || (entry.state === 'timed-out-then-error' && isEchoReply);
  if (isFirst) entry.state = isEchoReply ? 'answered' : 'timed-out-then-error';
  return isFirst ? 'late' : 'duplicate';
}

/** Smallest table; it doubles while probes of the same place are still waiting. */
const FIRST_CAPACITY = 64;
/** Sequence numbers are 16 bits wide (RFC 792), so no more than this can be told apart. */
const CAPACITY_LIMIT = 65_536;

/**
 * The probes of one socket by sequence number. A probe stays after its end until its place is needed again, so that a
 * second copy or a late answer is known for what it is.
 */
export class InFlightTable {
  #entries: InFlightEntry[] = Array.from({ length: FIRST_CAPACITY }, () => new InFlightEntry());
  #nextSerial: number;

  /** @param firstSerial where serials, and with them sequence numbers, begin */
  constructor(firstSerial = 0) {
    this.#nextSerial = firstSerial >>> 0;
  }

  get capacity(): number {
    return this.#entries.length;
  }

  /** The entry of the next serial, to be filled and sent; null when 65,536 probes are under way. */
  open(): InFlightEntry | null {
    let entry = this.#at(this.#nextSerial);
    while (entry.state === 'queued' || entry.state === 'in-flight') {
      if (this.#entries.length === CAPACITY_LIMIT) return null;
      this.#grow();
      entry = this.#at(this.#nextSerial);
    }
    entry.serial = this.#nextSerial;
    entry.state = 'queued';
    this.#nextSerial = (this.#nextSerial + 1) >>> 0;
    return entry;
  }

  /** The last probe sent with this sequence number, under way or over; null when it is not known (any more). */
  bySequence(sequence: number): InFlightEntry | null {
    const entry = this.#at(sequence);
    return entry.state !== 'empty' && (entry.serial & 0xffff) === sequence ? entry : null;
  }

  /** The probe of this serial; null when its place has been used again. */
  bySerial(serial: number): InFlightEntry | null {
    const entry = this.#at(serial);
    return entry.state !== 'empty' && entry.serial === serial >>> 0 ? entry : null;
  }

  #at(serial: number): InFlightEntry {
    return this.#entries[serial & (this.#entries.length - 1)] as InFlightEntry;
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = new Array<InFlightEntry>(old.length * 2);
    for (const entry of old) {
      const place = entry.state === 'empty' ? -1 : entry.serial & (this.#entries.length - 1);
      if (place >= 0) this.#entries[place] = entry;
    }
    for (let place = 0; place < this.#entries.length; place++) this.#entries[place] ??= new InFlightEntry();
  }
}
