import type { WebSocket } from 'ws';
import type { Link } from '../../../contract/link.ts';
import { seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { onDispose } from '../../base/disposables.ts';

/** Waiting bytes above which streams leave frames out: more than a burst of frames, less than a second of a slow line. */
const CONGESTED_BYTES = 256 * 1024;

/** Waiting bytes at which a client that reads nothing is cut off, so that it cannot fill this machine's memory. */
const ABANDONED_BYTES = 16 * 1024 * 1024;

/** How often a client is asked whether it is still there; one that missed the last question is gone. */
const KEEPALIVE_INTERVAL = seconds(30);

/** Close codes of RFC 6455 §7.4.1. */
const UNSUPPORTED_DATA = 1003;
const INVALID_DATA = 1007;

/** The server's end of a WebSocket that carries one JSON message per text frame. Anything else closes it. */
export function webSocketLink(deps: { readonly clock: Clock }, socket: WebSocket): Link {
  const closers = new Set<() => void>();
  let receiver: ((message: unknown) => void) | null = null;
  let isAnswered = true;

  const askWhetherThere = () => {
    if (!isAnswered) return socket.terminate();
    isAnswered = false;
    socket.ping();
    keepalive = deps.clock.after(KEEPALIVE_INTERVAL, askWhetherThere);
  };
  let keepalive = deps.clock.after(KEEPALIVE_INTERVAL, askWhetherThere);

  socket.on('pong', () => {
    isAnswered = true;
  });
  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) return socket.close(UNSUPPORTED_DATA);
    let message: unknown;
    try {
      message = JSON.parse(data.toString());
    } catch {
      return socket.close(INVALID_DATA);
    }
    receiver?.(message);
  });
  // A frame that is too long or broken: the library closes the socket with the right code and reports it here.
  socket.on('error', () => {});
  socket.once('close', () => {
    keepalive[Symbol.dispose]();
    for (const closed of [...closers]) closed();
    closers.clear();
  });

  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(message));
      if (socket.bufferedAmount > ABANDONED_BYTES) socket.terminate();
    },
    onMessage: (receive) => {
      receiver = receive;
      return onDispose(() => {
        receiver = null;
      });
    },
    onClose: (closed) => {
      if (socket.readyState === socket.CLOSED) closed();
      else closers.add(closed);
      return onDispose(() => void closers.delete(closed));
    },
    isCongested: () => socket.bufferedAmount > CONGESTED_BYTES,
  };
}
