import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

type Answer = (request: Request) => Response | Promise<Response>;

/**
 * Custom schemes. Chromium knows only its own, so `app://bundle/x` is served to it as
 * `http://bundle.app.localhost:PORT/x`: names below localhost lead to this machine, have an origin of their own, and
 * count as secure. Headers and bodies are those that the app's handler gave.
 */
export interface Protocols {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string; readonly privileges?: object }[]): void;
  handle(scheme: string, answer: Answer): void;
  isProtocolHandled(scheme: string): boolean;
  /** The address by which the page is loaded. */
  toPageUrl(url: string): string;
  /** The address as the app knows it. */
  toAppUrl(url: string): string;
}

export async function createProtocols(isReady: () => boolean): Promise<Protocols> {
  const privileged = new Set<string>();
  const handlers = new Map<string, Answer>();
  let isRegistered = false;

  const server = createServer(async (request, response) => {
    const url = toAppUrl(`http://${request.headers.host}${request.url}`);
    const answer = handlers.get(new URL(url).protocol.slice(0, -1));
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    const given = await answer(new Request(url, { method: request.method ?? 'GET' }));
    response.writeHead(given.status, Object.fromEntries(given.headers));
    if (given.body === null) response.end();
    else Readable.fromWeb(given.body as Parameters<typeof Readable.fromWeb>[0]).pipe(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;

  const toAppUrl = (text: string): string => {
    const url = URL.parse(text);
    const own = url?.port === String(port) ? /^(.+)\.([a-z]+)\.localhost$/.exec(url.hostname) : null;
    return url === null || own === null ? text : `${own[2]}://${own[1]}${url.pathname}${url.search}${url.hash}`;
  };
  return {
    registerSchemesAsPrivileged: (schemes) => {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      if (isRegistered) throw new Error('protocol.registerSchemesAsPrivileged may be called only once');
      isRegistered = true;
      for (const { scheme } of schemes) privileged.add(scheme);
    },
    handle: (scheme, answer) => {
      if (!isReady()) throw new Error('protocol.handle can only be used after app is ready');
      if (!privileged.has(scheme)) throw new Error(`the scheme ${scheme} was not registered as privileged`);
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, answer);
    },
    isProtocolHandled: (scheme) => handlers.has(scheme),
    toPageUrl: (text) => {
      const url = new URL(text);
      const scheme = url.protocol.slice(0, -1);
      if (!privileged.has(scheme)) return text;
      return `http://${url.host}.${scheme}.localhost:${port}${url.pathname || '/'}${url.search}${url.hash}`;
    },
    toAppUrl,
  };
}
