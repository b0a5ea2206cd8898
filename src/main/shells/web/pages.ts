import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { COMMON_HEADERS, EMPTY_PAGE_POLICY, type RendererAssets } from '../renderer-assets.ts';
import { hasCookie, isSameSecret } from './access.ts';

/** Why a request is turned away. */
export type Refusal =
  | 'foreign-host'
  | 'foreign-origin'
  | 'no-token'
  | 'not-allowed'
  | 'not-found'
  | 'malformed'
  | 'too-many-pages';

/** What opens the door: the token of the URL, and the cookie that stands for it afterwards. */
export interface Access {
  readonly token: string;
  readonly cookieName: string;
  readonly cookieValue: string;
}

const REFUSALS: Readonly<Record<Refusal, { readonly status: number; readonly sentence: string }>> = {
  'foreign-host': {
    status: 421,
    sentence: 'This address does not belong to Hopscope: open the URL printed in the terminal.',
  },
  'foreign-origin': { status: 403, sentence: 'Only a page that Hopscope served may connect here.' },
  'no-token': { status: 403, sentence: 'This page needs its token: open the URL printed in the terminal.' },
  'not-allowed': { status: 405, sentence: 'Only GET and HEAD are answered here.' },
  'not-found': { status: 404, sentence: 'There is no such file here.' },
  malformed: { status: 400, sentence: 'This request cannot be read.' },
  'too-many-pages': { status: 503, sentence: 'Too many pages are open: close one and load this one again.' },
};

/** Turns a request away with one sentence; a stream is one that asked for a WebSocket. */
export function refuse(target: ServerResponse | Duplex, refusal: Refusal): void {
  const { status, sentence } = REFUSALS[refusal];
  const body = page(`<p>${sentence}</p>`);
  const headers: Record<string, string> = {
    ...COMMON_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Security-Policy': EMPTY_PAGE_POLICY,
    'Content-Type': 'text/html; charset=utf-8',
    Connection: 'close',
  };
  if (status === 405) headers.Allow = 'GET, HEAD';
  if (target instanceof ServerResponse) {
    target.writeHead(status, headers).end(body);
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // Our end alone would leave the connection half open for as long as the other side likes: Node's time limits no longer
  // hold for a stream that asked for an upgrade.
  target.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () =>
    target.destroy(),
  );
}

/** Answers a request whose `Host` is our own: the first visit with its token, then the page and its files. */
export function answerRequest(
  assets: RendererAssets,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = '', url = '', headers } = request;
  const [pathname = '', query] = url.split('?', 2);
  const token = query === undefined ? null : new URLSearchParams(query).get('token');
  if (method !== 'GET' && method !== 'HEAD') {
    refuse(response, 'not-allowed');
  } else if (!url.startsWith('/')) {
    refuse(response, 'malformed');
  } else if (pathname === '/' && token !== null) {
    if (isSameSecret(token, access.token)) welcome(access, request, response);
    else refuse(response, 'no-token');
  } else if (!hasCookie(headers.cookie, access.cookieName, access.cookieValue)) {
    refuse(response, 'no-token');
  } else {
    // Browsers differ in whether 'self' covers ws:, so the page's own WebSocket address is named as well.
    const answer = assets.respond(method, pathname, `'self' ws://${headers.host}`);
    if (answer.status === 404) refuse(response, 'not-found');
    else response.writeHead(answer.status, answer.headers).end(answer.body ?? undefined);
  }
}

/**
 * Exchanges the token for the cookie and moves on to the address without it, so that it stays out of the address bar.
 * A visit that another site started (a terminal inside a web page) goes on from a page of our own: a redirect would
 * still count as that site's request, and a strict cookie is not sent with it (RFC 6265bis §5.2.1).
 */
function welcome(access: Access, request: IncomingMessage, response: ServerResponse): void {
  const startedElsewhere = ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site']));
  const body = page('<meta http-equiv="refresh" content="0; url=/"><p><a href="/">Open Hopscope</a></p>');
  const headers = {
    ...COMMON_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': EMPTY_PAGE_POLICY,
    'Content-Type': 'text/html; charset=utf-8',
    'Set-Cookie': `${access.cookieName}=${access.cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
  };
  if (startedElsewhere) response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
  else response.writeHead(303, { ...headers, Location: '/' }).end();
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hopscope</title></head><body>${content}</body></html>\n`;
}
