import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers, StreamSink } from '../../../contract/serve.ts';
import type { ExchangeArgs, ExchangeEvent, ExchangeReply } from '../../../contract/sockets.ts';

/** The exchanges of a test engine: they send nothing, and what comes of them is told by the test. */
export class TestExchanges {
  /** What was asked for, oldest first. */
  readonly orders: ExchangeArgs[] = [];
  /** Exchanges that the page has ended early. */
  stops = 0;
  #sink: StreamSink<ExchangeEvent[]> | null = null;

  readonly handlers: Handlers<HopscopeContract>['sockets'] = {
    exchange: (args, sink) => {
      this.orders.push(args);
      this.#sink = sink;
      return {
        [Symbol.dispose]: () => {
          if (this.#sink === sink) this.stops += 1;
        },
      };
    },
  };

  /** Tells the page of the running exchange. */
  tell(...events: ExchangeEvent[]): void {
    this.#sink?.emit(events);
  }

  /** Ends the running exchange as the engine does. */
  end(failure: Failure | null = null): void {
    const sink = this.#sink;
    this.#sink = null;
    sink?.end(failure);
  }
}

export const OPENED: ExchangeEvent = { kind: 'opened', destination: '192.0.2.7', family: 4, transport: 'dgram' };

/** An echo request with the payload `hi`, which `0800 ...` spells out. */
export function sentOf(requestIndex: number): Extract<ExchangeEvent, { kind: 'sent' }> {
  const sequence = requestIndex + 1;
  return {
    kind: 'sent',
    requestIndex,
    id: 0x1234,
    sequence,
    sentAtEpochMs: 1_700_000_000_000 + requestIndex,
    bytes: 10,
    message: {
      hex: `080000001234000${sequence}6869`,
      isQuoteOnly: false,
      fields: [
        { part: 'icmp', name: 'type', startByte: 0, endByte: 1, value: 8 },
        { part: 'icmp', name: 'code', startByte: 1, endByte: 2, value: 0 },
        { part: 'icmp', name: 'checksum', startByte: 2, endByte: 4, value: 0 },
        { part: 'icmp', name: 'identifier', startByte: 4, endByte: 6, value: 0x1234 },
        { part: 'icmp', name: 'sequence', startByte: 6, endByte: 8, value: sequence },
        { part: 'icmp', name: 'payload', startByte: 8, endByte: 10, value: null },
      ],
    },
  };
}

/** An echo reply of 192.0.2.7 to one of the requests, without its bytes, but for what is given. */
export function replyOf(requestIndex: number | null, more: Partial<ExchangeReply> = {}): ExchangeReply {
  return {
    kind: 'reply',
    requestIndex,
    source: '192.0.2.7',
    family: 4,
    fromThisMachine: false,
    id: 0x1234,
    sequence: (requestIndex ?? 0) + 1,
    icmpType: 0,
    icmpCode: 0,
    bytesReceived: 10,
    arrivedAtEpochMs: 1_700_000_000_001,
    rttMs: 1.25,
    timestampSource: 'kernel',
    ttl: 57,
    trafficClass: 0,
    mtuBytes: null,
    localAddress: '192.0.2.1',
    isDuplicate: false,
    raised: null,
    message: null,
    ...more,
  };
}
