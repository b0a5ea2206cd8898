import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { LINK_PATH } from '../../../contract/web-access.ts';
import { COMMON_HEADERS, EMPTY_PAGE_POLICY, type RendererAssets } from '../renderer-assets.ts';
import { bearsToken } from './access.ts';

/** Why a request is turned away. */
export type Refusal =
  | 'foreign-host'
  | 'foreign-origin'
  | 'no-token'
  | 'not-allowed'
  | 'not-found'
  | 'malformed'
  | 'too-many-pages';

const REFUSALS: Readonly<Record<Refusal, { readonly status: number; readonly sentence: string }>> = {
  'foreign-host': {
    status: 421,
    sentence: 'This address does not belong to Hopscope: open the URL printed in the terminal.',
  },
  'foreign-origin': { status: 403, sentence: 'Only a page that Hopscope served may connect here.' },
  'no-token': {
    status: 403,
    sentence: 'Only a page with the token may connect here: open the URL printed in the terminal.',
  },
  'not-allowed': { status: 405, sentence: 'Only GET and HEAD are answered here.' },
  'not-found': { status: 404, sentence: 'There is no such file here.' },
  malformed: { status: 400, sentence: 'This request cannot be read.' },
  'too-many-pages': { status: 503, sentence: 'Too many pages are open: close one and load this one again.' },
};

const NOT_KEPT = { ...COMMON_HEADERS, 'Cache-Control': 'no-store', 'Content-Security-Policy': EMPTY_PAGE_POLICY };

/** Turns a request away with one sentence; a stream is one that asked for a WebSocket. */
export function refuse(target: ServerResponse | Duplex, refusal: Refusal): void {
  const { status, sentence } = REFUSALS[refusal];
  const body = page(`<p>${sentence}</p>`);
  const headers: Record<string, string> = {
    ...NOT_KEPT,
    'Content-Length': String(Buffer.byteLength(body)),
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

/**
 * Answers a request whose `Host` is our own: the page and its files, which are no secret, and whether a token is the
 * right one.
 */
export function answerRequest(
  assets: RendererAssets,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = '', url = '', headers } = request;
  const [pathname = ''] = url.split('?', 1);
  if (method !== 'GET' && method !== 'HEAD') {
    refuse(response, 'not-allowed');
  } else if (!url.startsWith('/')) {
    refuse(response, 'malformed');
  } else if (pathname === LINK_PATH) {
    if (bearsToken(headers.authorization, token)) response.writeHead(204, NOT_KEPT).end();
    else refuse(response, 'no-token');
  } else {
    // Browsers differ in whether 'self' covers ws:, so the page's own WebSocket address is named as well.
    const answer = assets.respond(method, pathname, `'self' ws://${headers.host}`);
    if (answer.status === 404) refuse(response, 'not-found');
    else response.writeHead(answer.status, answer.headers).end(answer.body ?? undefined);
  }
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hopscope</title></head><body>${content}</body></html>\n`;
}
