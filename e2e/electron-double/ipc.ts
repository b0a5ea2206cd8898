import { EventEmitter } from 'node:events';
import { createCodec } from './codec.ts';
import { strict } from './strict.ts';

type Listener = (event: object, ...args: unknown[]) => unknown;

/** Electron's main-process end of IPC, for the whole app (`ipcMain`) or for one page (`webContents.ipc`). */
export interface IpcMain extends EventEmitter {
  handle(channel: string, listener: Listener): void;
  removeHandler(channel: string): void;
}

const handlersOf = new WeakMap<IpcMain, Map<string, Listener>>();

export function createIpcMain(name: string): IpcMain {
  const handlers = new Map<string, Listener>();
  const ipc = strict(
    name,
    Object.assign(new EventEmitter(), {
      handle: (channel: string, listener: Listener) => {
        if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
        handlers.set(channel, listener);
      },
      removeHandler: (channel: string) => void handlers.delete(channel),
    }),
  );
  handlersOf.set(ipc, handlers);
  return ipc;
}

/** A message as the preload's world wrote it. */
export interface PageMessage {
  readonly kind: 'send' | 'invoke';
  readonly id?: number;
  readonly channel: string;
  readonly args: unknown;
  readonly url: string;
}

const codec = createCodec();

/** Gives a page's message to the app, the page's own listeners first; `reply` carries the answer of an invocation. */
export function deliver(
  ipcs: readonly IpcMain[],
  event: object,
  message: PageMessage,
  reply: (answer: object) => void,
): void {
  const args = codec.decode(message.args) as unknown[];
  if (message.kind === 'send') {
    for (const ipc of ipcs) ipc.emit(message.channel, event, ...args);
    return;
  }
  const handler = ipcs.map((ipc) => handlersOf.get(ipc)?.get(message.channel)).find((found) => found !== undefined);
  Promise.resolve()
    .then(() => {
      if (handler === undefined) throw new Error(`No handler registered for '${message.channel}'`);
      return handler(event, ...args);
    })
    .then(
      (value) => reply({ kind: 'returned', id: message.id, value: encode(value) }),
      (error) => reply({ kind: 'failed', id: message.id, error: codec.encode(error) }),
    );
}

/** A value as text; what structured cloning refuses is refused here as well. */
export function encode(value: unknown): unknown {
  return codec.encode(structuredClone(value));
}
