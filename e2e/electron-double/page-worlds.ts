import { type Codec, createCodec } from './codec.ts';

/**
 * What runs inside a page: the preload in an isolated world, where Electron's own `contextBridge` and `ipcRenderer`
 * are remade, and the receiving end of the bridge in the page's own world. The functions are sent as text.
 */

/** Names that both ends must know; made new for every window, so that a page cannot guess them. */
export interface WorldNames {
  /** DOM events reach every world of a page, and text is all they can carry between them. */
  readonly toPage: string;
  readonly toPreload: string;
  /** The function by which the preload's world calls this program, and the one by which it is called. */
  readonly send: string;
  readonly receive: string;
}

/** The scripts of a window, in the order they must run. */
export function pageScripts(names: WorldNames, preload: string): { readonly page: string; readonly preload: string } {
  const given = JSON.stringify(names);
  const start = `const codec = (${createCodec})(); const names = ${given}; const bridge = ${bridgeEnd};`;
  return {
    page: `(() => { if (window !== window.top) return; ${start}
      (${pageWorld})(names, bridge(names.toPage, names.toPreload, codec), codec); })();`,
    preload: `(() => { if (window !== window.top) return; ${start}
      const { require, process } = (${preloadWorld})(names, bridge(names.toPreload, names.toPage, codec), codec);
      const module = { exports: {} };
      (function (exports, require, module, process) {${preload}
      })(module.exports, require, module, process); })();\n//# sourceURL=preload`,
  };
}

interface BridgeEnd {
  encode(value: unknown): unknown;
  decode(encoded: unknown): unknown;
  post(message: object): void;
  // biome-ignore lint/suspicious/noExplicitAny: messages of this file's own making
  onMessage(receive: (message: any) => void): void;
}

/** One end of the bridge between two worlds: values are copied, functions and promises are stood in for. */
function bridgeEnd(own: string, other: string, codec: Codec): BridgeEnd {
  type Exported = (...args: unknown[]) => unknown;
  const exported = new Map<number, Exported>();
  const ids = new WeakMap<Exported, number>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let nextId = 1;
  // biome-ignore lint/suspicious/noExplicitAny: messages of this file's own making
  let reply: any = null;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  let receiver: (message: any) => void = () => {};

  const post = (message: object) =>
    void document.dispatchEvent(new CustomEvent(other, { detail: JSON.stringify(message) }));
  const encode = (value: unknown): unknown =>
    codec.encode(value, (part) => {
      if (typeof part === 'function') {
        const id = ids.get(part as Exported) ?? nextId++;
        ids.set(part as Exported, id);
        exported.set(id, part as Exported);
        return { $: 'function', id };
      }
      if (!(part instanceof Promise)) return undefined;
      const id = nextId++;
      part.then(
        (settled) => post({ kind: 'settled', id, value: encode(settled) }),
        (error) => post({ kind: 'failed', id, error: encode(error) }),
      );
      return { $: 'promise', id };
    });
  const decode = (encoded: unknown): unknown =>
    codec.decode(encoded, (tag) => {
      const id = tag.id as number;
      if (tag.$ === 'promise') return new Promise((resolve, reject) => void promises.set(id, { resolve, reject }));
      return (...args: unknown[]) => {
        // Events are dispatched synchronously, so the answer is there when the dispatch returns.
        post({ kind: 'call', id, args: encode(args) });
        const answer = reply;
        if (answer.kind === 'thrown') throw decode(answer.error);
        return decode(answer.value);
      };
    });
  document.addEventListener(own, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail);
    switch (message.kind) {
      case 'call':
        try {
          const value = encode(exported.get(message.id)?.(...(decode(message.args) as unknown[])));
          post({ kind: 'returned', value });
        } catch (error) {
          post({ kind: 'thrown', error: encode(error) });
        }
        return;
      case 'returned':
      case 'thrown':
        reply = message;
        return;
      case 'settled':
      case 'failed': {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        if (message.kind === 'settled') promise?.resolve(decode(message.value));
        else promise?.reject(decode(message.error));
        return;
      }
      default:
        receiver(message);
    }
  });
  return {
    encode,
    decode,
    post,
    onMessage: (receive) => {
      receiver = receive;
    },
  };
}

/**
 * The page's own world: takes what the preload exposes. A window that the page asks for is never opened, as if the
 * app had denied it: Chromium would stop this page's thread until every debugger had let the new page go.
 */
function pageWorld(_names: WorldNames, bridge: BridgeEnd): void {
  const freeze = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object')
      for (const part of Object.values(Object.freeze(value))) freeze(part);
    return value;
  };
  window.open = (url = '') => {
    bridge.post({ kind: 'open-window', wanted: new URL(url, location.href).href });
    return null;
  };
  bridge.onMessage((message) => {
    const value = freeze(bridge.decode(message.api));
    Object.defineProperty(globalThis, message.name, { value, enumerable: true, writable: false, configurable: false });
  });
}

/** The preload's world: Electron's modules for sandboxed preloads, and nothing else of Node. */
function preloadWorld(names: WorldNames, bridge: BridgeEnd, codec: Codec): { require: unknown; process: unknown } {
  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  const invocations = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let nextInvocation = 1;
  const strict = <T extends object>(what: string, target: T): T =>
    new Proxy(target, {
      get: (from, key) => {
        if (typeof key === 'symbol' || key in from || key === 'then' || key === '__esModule')
          return Reflect.get(from, key);
        throw new Error(`${what}.${key} is not covered by the stand-in for Electron`);
      },
    });
  const toNode = Reflect.get(globalThis, names.send) as (text: string) => void;
  const send = (message: object) => toNode(JSON.stringify({ ...message, url: location.href }));
  Reflect.set(globalThis, names.receive, (text: string) => {
    const message = JSON.parse(text);
    if (message.kind === 'send') {
      const args = codec.decode(message.args) as unknown[];
      for (const listener of [...(listeners.get(message.channel) ?? [])])
        listener({ sender: ipcRenderer, ports: [] }, ...args);
      return;
    }
    const waiting = invocations.get(message.id);
    invocations.delete(message.id);
    if (message.kind === 'returned') waiting?.resolve(codec.decode(message.value));
    else waiting?.reject(codec.decode(message.error));
  });
  bridge.onMessage((message) => send(message));
  const ipcRenderer: object = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) =>
      send({ kind: 'send', channel, args: codec.encode(args.map((part) => structuredClone(part))) }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextInvocation++;
        invocations.set(id, { resolve, reject });
        send({ kind: 'invoke', id, channel, args: codec.encode(args.map((part) => structuredClone(part))) });
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  });
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (name: string, api: unknown) => bridge.post({ kind: 'expose', name, api: bridge.encode(api) }),
  });
  const electron = strict('electron', { contextBridge, ipcRenderer });
  const require = (id: string) => {
    if (id === 'electron') return electron;
    throw new Error(`module not found: ${id}`); // as a sandboxed preload hears it
  };
  return { require, process: strict('process', { type: 'renderer', sandboxed: true, contextIsolated: true }) };
}
