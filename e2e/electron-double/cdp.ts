import { EventEmitter } from 'node:events';

/** One session of the Chrome DevTools Protocol: the browser's own, or one of a page. */
export interface CdpSession {
  // biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of messages; this program uses a dozen.
  send(method: string, params?: object): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  on(event: string, listener: (params: any) => void): unknown;
}

export interface CdpConnection extends CdpSession {
  session(sessionId: string): CdpSession;
  /** Called once when the browser has gone. */
  onClose(closed: () => void): void;
}

interface Reply {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks to a browser over Node's own WebSocket; sessions are told apart by their id (the protocol's flat mode). */
export async function connectCdp(url: string): Promise<CdpConnection> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, Reply>();
  const emitters = new Map<string, EventEmitter>();
  const closers = new Set<() => void>();
  let nextId = 1;

  const emitterOf = (sessionId: string) => {
    const emitter = emitters.get(sessionId) ?? new EventEmitter();
    emitters.set(sessionId, emitter);
    return emitter;
  };
  const sessionOf = (sessionId: string): CdpSession => ({
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) }));
      }),
    on: (event, listener) => emitterOf(sessionId).on(event, listener),
  });

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.id === undefined) {
      emitterOf(message.sessionId ?? '').emit(message.method, message.params);
      return;
    }
    const reply = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) reply?.resolve(message.result);
    else reply?.reject(new Error(message.error.message));
  });
  socket.addEventListener('close', () => {
    for (const reply of waiting.values()) reply.reject(new Error('the browser has gone'));
    waiting.clear();
    for (const closed of closers) closed();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)));
  });
  return { ...sessionOf(''), session: sessionOf, onClose: (closed) => void closers.add(closed) };
}
