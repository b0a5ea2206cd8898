import type { Failure } from '../../../contract/failure.ts';
import type { ExchangeArgs, ExchangeEvent, ExchangeReply } from '../../../contract/sockets.ts';
import type { EngineClient } from '../connection/engine-client.ts';

type EventOf<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;

/** One request and what came of it. */
export interface ExchangedRequest {
  /** Its place among the requests of the exchange, from 0. */
  readonly index: number;
  /** That it left, or why it did not. */
  readonly departure: EventOf<'sent'> | EventOf<'send-failed'>;
  readonly replies: readonly ExchangeReply[];
  /** Null while answers are waited for. */
  readonly settled: EventOf<'settled'> | null;
}

/** An exchange as it is at one moment. A new object each time something is new, never changed. */
export interface ExchangeState {
  readonly phase: 'none' | 'running' | 'stopped' | 'over';
  /** Null before the first exchange. */
  readonly args: ExchangeArgs | null;
  /** Null until the socket is open. */
  readonly opened: EventOf<'opened'> | null;
  readonly requests: readonly ExchangedRequest[];
  /** What answers none of the requests. */
  readonly strays: readonly ExchangeReply[];
  /** Null until it has come to its end. */
  readonly finished: EventOf<'finished'> | null;
  /** Why it could not begin or broke off; null when neither. */
  readonly failure: Failure | null;
}

const NONE: ExchangeState = {
  phase: 'none',
  args: null,
  opened: null,
  requests: [],
  strays: [],
  finished: null,
  failure: null,
};

/** One exchange of the socket classes, which goes on while other views are looked at. It ends with the page or the connection. */
export class ExchangeStore {
  readonly #listeners = new Set<() => void>();
  #state = NONE;
  #end: (() => void) | null = null;

  /** The exchange as it is; the same object until there is something new. */
  readonly getState = (): ExchangeState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  };

  /** Begins an exchange in place of the last one; without effect while one runs. */
  readonly start = (client: EngineClient, args: ExchangeArgs): void => {
    if (this.#state.phase === 'running') return;
    this.#state = { ...NONE, phase: 'running', args };
    this.#tell();
    const end = client.sockets.exchange(args, {
      onEvent: (events) => {
        this.#state = takeEvents(this.#state, events);
        this.#tell();
      },
      onEnd: (failure) => this.#become({ phase: 'over', failure }),
    });
    // It may have ended already, when the connection was lost.
    if (this.#state.phase === 'running') this.#end = end;
  };

  /** Closes the socket; what is not answered yet never will be. */
  readonly stop = (): void => {
    if (this.#state.phase !== 'running') return;
    this.#end?.();
    this.#become({ phase: 'stopped' });
  };

  #become(change: Partial<ExchangeState>): void {
    this.#end = null;
    this.#state = { ...this.#state, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#listeners) changed();
  }
}

/** The state after some events more. */
export function takeEvents(state: ExchangeState, events: readonly ExchangeEvent[]): ExchangeState {
  let { opened, finished } = state;
  const requests = new Map(state.requests.map((request) => [request.index, request]));
  const strays = [...state.strays];
  const change = (index: number, more: (request: ExchangedRequest) => Partial<ExchangedRequest>) => {
    const request = requests.get(index);
    if (request !== undefined) requests.set(index, { ...request, ...more(request) });
  };
  for (const event of events) {
    switch (event.kind) {
      case 'opened':
        opened = event;
        break;
      case 'sent':
      case 'send-failed':
        requests.set(event.requestIndex, { index: event.requestIndex, departure: event, replies: [], settled: null });
        break;
      case 'reply':
        if (event.requestIndex === null) strays.push(event);
        else change(event.requestIndex, ({ replies }) => ({ replies: [...replies, event] }));
        break;
      case 'settled':
        change(event.requestIndex, () => ({ settled: event }));
        break;
      case 'finished':
        finished = event;
        break;
    }
  }
  return { ...state, opened, finished, requests: [...requests.values()], strays };
}
