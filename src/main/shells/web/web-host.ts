import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { contract, type HopscopeContract } from '../../../contract/index.ts';
import { type Handlers, serve } from '../../../contract/serve.ts';
import { milliseconds } from '../../../contract/units.ts';
import { LINK_PATH, LINK_PROTOCOL, TOKEN_PARAMETER } from '../../../contract/web-access.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { createBugNotice } from '../bug-notice.ts';
import { loadRendererAssets } from '../renderer-assets.ts';
import { createAccessToken, isLoopback, isOwnHost, isOwnOrigin, offersToken, urlHost } from './access.ts';
import { answerRequest, type Refusal, refuse } from './pages.ts';
import { listenFailure, type WebHostFailure } from './web-host-failure.ts';
import { webSocketLink } from './web-socket-link.ts';

export interface WebHostDeps {
  readonly handlers: Handlers<HopscopeContract>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
}

export interface WebHostOptions {
  /** An address or name of this machine; a loopback address keeps everybody else out. */
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** Takes any free port when the one asked for is in use. */
  readonly isPortNegotiable?: boolean;
  /** Where the built renderer is. */
  readonly rendererDirectory: string;
  /** The secret in the URL, fit for one as it is; a new one unless given. */
  readonly token?: string;
}

/** A running browser host. */
export interface WebHost {
  /** What to open in a browser, the token included. */
  readonly url: string;
  readonly port: number;
  /** Whether only this machine can reach it. */
  readonly isLoopback: boolean;
  /** Ends every connection and frees the port; resolves when that is done. */
  close(): Promise<void>;
}

export type WebHostResult =
  | { readonly ok: true; readonly value: WebHost }
  | { readonly ok: false; readonly failure: WebHostFailure };

/** Longest message taken from a page. The longest lawful one names a thousand targets of 255 characters. */
const MESSAGE_LIMIT_BYTES = 512 * 1024;

/** Most pages served at a time: a person's windows and tabs, not a crowd. */
const CLIENT_LIMIT = 16;

/** Most connections at a time: six a browser, and the pages' sockets. */
const CONNECTION_LIMIT = 128;

/** How long a page may take to say goodbye when the host ends. */
const GOODBYE_TIME = milliseconds(500);

/** Close code of RFC 6455 §7.4.1 for a server that goes away. */
const GOING_AWAY = 1001;

/** Serves the app to browsers: the page and its files over HTTP, the contract over a WebSocket. */
export async function startWebHost(deps: WebHostDeps, options: WebHostOptions): Promise<WebHostResult> {
  const assets = loadRendererAssets(deps, options.rendererDirectory);
  if (assets === null) {
    return { ok: false, failure: { kind: 'renderer-not-built', directory: options.rendererDirectory } };
  }
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000, headersTimeout: 10_000 });
  server.maxConnections = CONNECTION_LIMIT;
  const connections = followConnections(server);

  let failure = await listen(server, options.host, options.port);
  if (failure?.kind === 'port-in-use' && options.isPortNegotiable === true)
    failure = await listen(server, options.host, 0);
  if (failure !== null) return { ok: false, failure };

  const address = server.address() as AddressInfo;
  const token = options.token ?? createAccessToken(deps.random);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    perMessageDeflate: false,
    // Never the other one that is offered: the token.
    handleProtocols: () => LINK_PROTOCOL,
  });
  const onBug = createBugNotice(deps);

  /** Why a request may not even be looked at, or null. */
  const refusal = (request: IncomingMessage): Refusal | null =>
    isOwnHost(request.headers.host, request.socket.localAddress ?? '', options.host, address.port)
      ? null
      : 'foreign-host';

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const refused = refusal(request);
    if (refused !== null) refuse(response, refused);
    else answerRequest(assets, token, request, response);
  });

  const mayJoin = (request: IncomingMessage): Refusal | null => {
    const refused = refusal(request);
    if (refused !== null) return refused;
    if (request.url !== LINK_PATH) return 'not-found';
    if (!isOwnOrigin(request.headers.origin, request.headers.host ?? '')) return 'foreign-origin';
    if (!offersToken(request.headers['sec-websocket-protocol'], token)) return 'no-token';
    return sockets.clients.size >= CLIENT_LIMIT ? 'too-many-pages' : null;
  };

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy()); // the other side went away in the middle of the handshake
    const refused = mayJoin(request);
    if (refused !== null) {
      refuse(stream, refused);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket: WebSocket) => {
      serve({ onBug }, contract, deps.handlers, webSocketLink(deps, socket));
    });
  });
  // A connection that could not be accepted (no descriptor left) is that connection's end, not ours.
  server.on('error', (error) => deps.logger.error('a connection was not accepted', { error: String(error) }));
  server.on('clientError', (_error, stream) => stream.destroy());

  const host = isWildcard(address.address) ? (address.family === 'IPv6' ? '::1' : '127.0.0.1') : address.address;
  return {
    ok: true,
    value: {
      url: `http://${urlHost(host)}:${address.port}/#${TOKEN_PARAMETER}=${token}`,
      port: address.port,
      isLoopback: isLoopback(address.address),
      close: () => close(deps.clock, server, sockets, connections),
    },
  };
}

/** Null when the server listens. */
function listen(server: Server, host: string, port: number): Promise<WebHostFailure | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(listenFailure(error, host, port));
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve(null);
    });
  });
}

function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** The connections that are open now, those that left HTTP for a WebSocket included: Node forgets them. */
function followConnections(server: Server): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return connections;
}

async function close(
  clock: Clock,
  server: Server,
  sockets: WebSocketServer,
  connections: ReadonlySet<Socket>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  for (const socket of sockets.clients) socket.close(GOING_AWAY);
  using _impatience = clock.after(GOODBYE_TIME, () => {
    for (const connection of connections) connection.destroy();
  });
  server.closeAllConnections();
  await closed;
}
