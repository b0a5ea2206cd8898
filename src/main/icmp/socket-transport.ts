import { epochMilliseconds, type MonotonicMilliseconds, milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { AnswerMatcher } from './answer-matcher.ts';
import { callObserver } from './call-observer.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { EchoChannel, type SentRecord } from './echo-channel.ts';
import { errnoName } from './errno-name.ts';
import { type InFlightEntry, InFlightTable, noteRepeat } from './in-flight-table.ts';
import { keepAlive, letGo } from './keep-alive.ts';
import { LocalAddresses } from './local-addresses.ts';
import type { NativeSocketOptions } from './native-addon.ts';
import { answerOf } from './probe-answer.ts';
import { ProbeDestination } from './probe-destination.ts';
import { canCarryFlow, ProbePayload } from './probe-token.ts';
import type {
  ProbeRequest,
  ProbeResult,
  ProbeTransport,
  RepeatedAnswer,
  TransportCounters,
  TransportProperties,
} from './probe-transport.ts';
import type { ReceivedRecord } from './received-record.ts';
import { measureRoundTrip, type RoundTrip } from './round-trip.ts';
import { sendFailureReasonOn } from './send-failure.ts';
import { SocketBinding } from './socket-binding.ts';
import { transportPropertiesOf } from './socket-properties.ts';

type OnResult = (result: ProbeResult) => void;

/** Most payload that any IP packet carries behind an ICMP header (RFC 8200 §3 without jumbograms); IPv4 takes 20 bytes less. */
const PAYLOAD_BYTES_LIMIT = 65_527;

/** The engine's transport over one native socket: batches out, every answer matched, verified and timed. */
export class SocketTransport implements ProbeTransport {
  readonly properties: TransportProperties;
  readonly #clock: Clock;
  readonly #channel: EchoChannel;
  readonly #identifier: number;
  readonly #payload: ProbePayload;
  readonly #table: InFlightTable;
  readonly #matcher: AnswerMatcher;
  readonly #deadlines = new DeadlineQueue();
  readonly #destination: ProbeDestination;
  readonly #local: LocalAddresses;
  readonly #binding: SocketBinding;
  readonly #batch: InFlightEntry[] = [];
  readonly #failures: Array<{ readonly onResult: OnResult; readonly result: ProbeResult }> = [];
  readonly #serialByTransmitKey = new Map<number, number>();
  readonly #roundTrip: RoundTrip = { rtt: milliseconds(0), timestampSource: 'user' };
  readonly #visit = (record: ReceivedRecord) => this.#onRecord(record);
  readonly #isWaiting = (serial: number) => this.#table.bySerial(serial)?.state === 'in-flight';
  #flushScheduled = false;
  #timer: Disposable | null = null;
  #timerDue = 0;
  #disposed = false;

  /**
   * Opens the socket; `options.onlyIdentifier` of a raw socket is chosen here.
   * @throws an error with `errno`, `code` and `syscall` when the socket cannot be opened as asked.
   */
  constructor(deps: { readonly clock: Clock; readonly random: Random }, options: NativeSocketOptions) {
    this.#clock = deps.clock;
    this.#local = new LocalAddresses(deps.clock);
    const secret = deps.random.uint32();
    // Sequences start at 0, as people expect to see in captures; two runs differ by their secret and identifier.
    this.#table = new InFlightTable(0);
    const chosenIdentifier = options.kind === 'raw' ? deps.random.uint32() & 0xffff : null;
    this.#channel = new EchoChannel({ ...options, onlyIdentifier: chosenIdentifier });
    const opened = this.#channel.properties;
    const { family, interfaceName } = options;
    this.#binding = new SocketBinding(deps.clock, { family, interfaceName, localAddress: opened.localAddress });
    this.#identifier = chosenIdentifier ?? opened.identifier;
    this.#payload = new ProbePayload(options.family, this.#identifier, secret);
    this.#matcher = new AnswerMatcher(this.#table, this.#payload, this.#identifier);
    this.#destination = new ProbeDestination(options.family);
    this.properties = transportPropertiesOf(options, opened);
    this.#channel.native.startReceiving(() => this.#read());
    keepAlive(this);
  }

  /** Bytes of receive buffer that the kernel granted. */
  get receiveBufferBytes(): number {
    return this.#channel.properties.receiveBufferBytes;
  }

  send(probe: ProbeRequest, onResult: OnResult, onRepeat?: (repeat: RepeatedAnswer) => void): void {
    const destination = this.#destination;
    if (!destination.read(probe.destination)) {
      this.#refuse('EINVAL', probe.destination, onResult);
      return;
    }
    if (!(probe.payloadBytes >= 0 && probe.payloadBytes <= PAYLOAD_BYTES_LIMIT)) {
      this.#refuse('EMSGSIZE', probe.destination, onResult);
      return;
    }
    const asked = probe.flow ?? null;
    if (asked !== null && !canCarryFlow(asked, probe.payloadBytes)) {
      this.#refuse('EINVAL', probe.destination, onResult);
      return;
    }
    if (this.#binding.wouldSendFromNowhere) {
      this.#refuse('EADDRNOTAVAIL', probe.destination, onResult);
      return;
    }
    const entry = this.#table.open();
    if (entry === null) {
      this.#refuse('EAGAIN', probe.destination, onResult);
      return;
    }
    entry.destination = probe.destination;
    entry.takeDestination(destination.words);
    entry.anyResponder = destination.anyResponder;
    entry.payloadBytes = probe.payloadBytes;
    // Where the system numbers requests itself there is no checksum to keep, and so none to make up for.
    const flow = this.properties.lacks.includes('flows') ? null : asked;
    entry.flow = flow;
    entry.timeout = probe.timeout;
    entry.onResult = onResult;
    entry.onRepeat = onRepeat ?? null;
    const payloadAt = this.#channel.append(
      destination.bytes,
      destination.scopeId,
      probe.hopLimit,
      probe.trafficClass,
      this.#identifier,
      entry.serial & 0xffff,
      probe.payloadBytes,
      Math.ceil(probe.timeout),
    );
    this.#payload.write(this.#channel.sendBytes, payloadAt, probe.payloadBytes, entry.serial, flow);
    this.#channel.seal();
    this.#batch.push(entry);
    if (this.#channel.isFull) this.#flush();
    else this.#scheduleFlush();
  }

  counters(): TransportCounters {
    return {
      localDrops: this.#disposed ? 0 : this.#channel.native.drops(),
      unmatched: this.#matcher.unmatched,
      malformed: this.#matcher.malformed,
      forged: this.#matcher.forged,
    };
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#channel[Symbol.dispose]();
    letGo(this);
  }

  #scheduleFlush(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      if (this.#disposed) return;
      this.#flush();
      for (const { onResult, result } of this.#failures.splice(0)) {
        if (!this.#disposed) callObserver(onResult, result);
      }
    });
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    const now = this.#clock.now();
    try {
      this.#channel.flush((record) => this.#onFate(record, this.#batch[record.index] as InFlightEntry, now));
    } finally {
      this.#batch.length = 0;
    }
    this.#arm(now);
  }

  #onFate(record: SentRecord, entry: InFlightEntry, now: MonotonicMilliseconds): void {
    entry.takeStamp(record);
    entry.sentAt = epochMilliseconds(record.realtimeSeconds * 1_000 + record.realtimeNanoseconds / 1e6);
    if (record.errno !== 0) {
      entry.state = 'failed';
      const osCode = errnoName(record.errno);
      this.#tellFailure(osCode, entry.destination, entry.onResult as OnResult, entry.sentAt);
      return;
    }
    entry.state = 'in-flight';
    if (record.transmitKey !== 0 && record.transmitSeconds === 0) {
      this.#serialByTransmitKey.set(record.transmitKey, entry.serial);
    }
    entry.deadline = (now + entry.timeout) as MonotonicMilliseconds;
    this.#deadlines.add(entry.serial, entry.timeout, entry.deadline);
  }

  #refuse(osCode: string, destination: string, onResult: OnResult): void {
    this.#tellFailure(osCode, destination, onResult, this.#clock.wallNow());
    this.#scheduleFlush();
  }

  #tellFailure(osCode: string, destination: string, onResult: OnResult, sentAt: InFlightEntry['sentAt']): void {
    const reason = this.#binding.isLost ? 'interface-gone' : sendFailureReasonOn(osCode, destination, this.#local);
    this.#failures.push({ onResult, result: { kind: 'send-failed', sentAt, reason, code: osCode } });
    this.#scheduleFlush();
  }

  #arm(now: MonotonicMilliseconds): void {
    const next = this.#deadlines.next(this.#isWaiting);
    if (next === null || (this.#timer !== null && this.#timerDue <= next)) return;
    this.#timer?.[Symbol.dispose]();
    this.#timerDue = next;
    this.#timer = this.#clock.after(milliseconds(next - now), () => this.#onDeadline());
  }

  #onDeadline(): void {
    this.#timer = null;
    // What had arrived before the deadline is an answer, however late this timer fires.
    this.#read();
    if (this.#disposed) return;
    const now = this.#clock.now();
    this.#deadlines.takeDue(now, (serial) => {
      const entry = this.#table.bySerial(serial);
      if (entry?.state === 'in-flight' && !this.#disposed) this.#timeOut(entry);
    });
    if (!this.#disposed) this.#arm(now);
  }

  #timeOut(entry: InFlightEntry): void {
    entry.state = 'timed-out';
    this.#serialByTransmitKey.delete(entry.transmitKey);
    callObserver(entry.onResult, { kind: 'timed-out', sentAt: entry.sentAt });
  }

  #read(): void {
    if (!this.#disposed) this.#channel.drain(this.#visit);
  }

  #onRecord(record: ReceivedRecord): void {
    switch (record.kind) {
      case 'message':
      case 'icmp-error':
        this.#onMessage(record);
        return;
      case 'transmit-stamp':
        this.#onTransmitStamp(record);
        return;
      case 'local-error':
        return; // the send itself said so
      case 'echo-failure':
        this.#onEchoFailure(record);
        return;
    }
  }

  #onTransmitStamp(record: ReceivedRecord): void {
    const serial = this.#serialByTransmitKey.get(record.transmitKey);
    if (serial === undefined) return;
    this.#serialByTransmitKey.delete(record.transmitKey);
    const entry = this.#table.bySerial(serial);
    if (entry?.transmitKey !== record.transmitKey) return;
    entry.transmitSeconds = record.realtimeSeconds;
    entry.transmitNanoseconds = record.realtimeNanoseconds;
  }

  /** The system took the request and then did not send it: the answer to it is a failed send. */
  #onEchoFailure(record: ReceivedRecord): void {
    const entry = this.#matcher.match(record);
    if (entry?.state !== 'in-flight') return;
    entry.state = 'failed';
    this.#tellFailure(errnoName(record.errno), entry.destination, entry.onResult as OnResult, entry.sentAt);
  }

  #onMessage(record: ReceivedRecord): void {
    const entry = this.#matcher.match(record);
    if (entry !== null) this.#onAnswer(entry, record);
  }

  #onAnswer(entry: InFlightEntry, record: ReceivedRecord): void {
    const trip = this.#roundTrip;
    // Its stamp came before it, or it will not come: the error queue drops without a count.
    this.#serialByTransmitKey.delete(entry.transmitKey);
    measureRoundTrip(entry, record, trip);
    if (entry.state === 'in-flight' && trip.rtt > entry.timeout) this.#timeOut(entry);
    if (entry.state === 'in-flight') {
      entry.state = 'answered';
      callObserver(entry.onResult, answerOf(entry, record, trip, this.#local, this.#payload));
      return;
    }
    const isEchoReply = record.message.kind === 'echo-reply';
    const kind = noteRepeat(entry, isEchoReply);
    callObserver(entry.onRepeat, {
      kind,
      isEchoReply,
      responder: record.sourceText(),
      rtt: trip.rtt,
    });
  }
}
