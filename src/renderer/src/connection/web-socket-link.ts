import type { Link } from '../../../contract/link.ts';

/** Bytes waiting to be sent beyond which streams should leave frames out; a screen sends far less than that. */
const CONGESTED_BYTES = 1_048_576;

/** The part of a browser's WebSocket that a link needs. */
export type SocketLike = Pick<WebSocket, 'addEventListener' | 'send' | 'close' | 'readyState' | 'bufferedAmount'>;

const OPEN = 1;

/** A link over a socket, given once the socket is open; null when it closes before that. */
export function openWebSocketLink(socket: SocketLike): Promise<Link | null> {
  let receiver: ((message: unknown) => void) | null = null;
  const closers = new Set<() => void>();
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    for (const one of closers) one();
    closers.clear();
  };
  socket.addEventListener('message', (event) => {
    const message = parse((event as MessageEvent<unknown>).data);
    if (message !== undefined) receiver?.(message);
  });
  const link: Link = {
    send: (message) => {
      if (socket.readyState === OPEN) socket.send(JSON.stringify(message));
    },
    onMessage: (receive) => {
      receiver = receive;
      return {
        [Symbol.dispose]() {
          receiver = null;
        },
      };
    },
    onClose: (listener) => {
      if (closed) listener();
      else closers.add(listener);
      return { [Symbol.dispose]: () => void closers.delete(listener) };
    },
    isCongested: () => socket.bufferedAmount > CONGESTED_BYTES,
  };
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(link));
    socket.addEventListener('close', () => {
      close();
      resolve(null);
    });
  });
}

/** What is not JSON is no message; the client checks the rest. */
function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
