import * as v from 'valibot';
import { failureSchema } from './failure.ts';

/** Counted up by the client from 1. */
const idSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What travels over a link. `id` is the client's and names one call or one open stream. */
export const messageSchema = v.variant('type', [
  v.object({ type: v.literal('call'), id: idSchema, method: v.string(), args: v.unknown() }),
  v.object({ type: v.literal('result'), id: idSchema, value: v.unknown() }),
  v.object({ type: v.literal('open'), id: idSchema, method: v.string(), args: v.unknown() }),
  v.object({ type: v.literal('event'), id: idSchema, value: v.unknown() }),
  /** Client to server: the stream is no longer wanted. */
  v.object({ type: v.literal('cancel'), id: idSchema }),
  /** Server to client: a call failed, or a stream is over (`failure` null when it came to its natural end). */
  v.object({ type: v.literal('end'), id: idSchema, failure: v.nullable(failureSchema) }),
]);

export type Message = v.InferOutput<typeof messageSchema>;

/** Two ends that exchange messages in order: IPC, a WebSocket, or two objects in one process. */
export interface Link {
  /** Hands one message over; after the link has closed it is dropped. */
  send(message: Message): void;
  /** Called with whatever arrives, unchecked. There is one receiver a link. */
  onMessage(receive: (message: unknown) => void): Disposable;
  /** Called once when the link is gone; at once if it is already. */
  onClose(closed: () => void): Disposable;
  /** Whether so much waits to be handed over that streams should leave frames out. */
  isCongested(): boolean;
}

/** Two joined ends in one process, for the terminal and for tests. Messages are copied by value and arrive in a later microtask. */
export function createLocalLinks(): { readonly client: Link; readonly server: Link; close(): void } {
  const closers = new Set<() => void>();
  let open = true;
  const end = () => {
    let receiver: ((message: unknown) => void) | null = null;
    return {
      deliver: (message: Message) => {
        const copy: unknown = structuredCloneOf(message);
        void Promise.resolve().then(() => {
          if (open) receiver?.(copy);
        });
      },
      listen: (receive: (message: unknown) => void): Disposable => {
        receiver = receive;
        return {
          [Symbol.dispose]() {
            receiver = null;
          },
        };
      },
    };
  };
  const atClient = end();
  const atServer = end();
  const onClose = (closed: () => void): Disposable => {
    if (!open) closed();
    else closers.add(closed);
    return { [Symbol.dispose]: () => void closers.delete(closed) };
  };
  const link = (own: ReturnType<typeof end>, other: ReturnType<typeof end>): Link => ({
    send: (message) => {
      if (open) other.deliver(message);
    },
    onMessage: own.listen,
    onClose,
    isCongested: () => false,
  });
  return {
    client: link(atClient, atServer),
    server: link(atServer, atClient),
    close() {
      if (!open) return;
      open = false;
      for (const closed of closers) closed();
      closers.clear();
    },
  };
}

/** A copy by value of what JSON can carry, as every real link would make it. */
function structuredCloneOf(message: Message): unknown {
  return JSON.parse(JSON.stringify(message));
}
