import type { Link } from '../../../contract/link.ts';
import { LINK_PATH, LINK_PROTOCOL } from '../../../contract/web-access.ts';
import type { AccessToken } from './access-token.ts';
import { openWebSocketLink, type SocketLike } from './web-socket-link.ts';

/** What the browser host answers to a token that is not its own (RFC 9110 §15.5.4). */
const FORBIDDEN = 403;

/** What a token must be of to be named in a WebSocket's handshake; those that a host prints are (RFC 4648 §5). */
const FIT_TOKEN = /^[\w-]+$/;

export interface BrowserLinkDeps {
  readonly token: AccessToken;
  /** Opens a WebSocket to `LINK_PATH` of this page's origin. */
  readonly openSocket: (protocols: string[]) => SocketLike;
  readonly fetch: typeof fetch;
}

/** A link to the browser host; `refused` without its token, null when the host cannot be reached. */
export async function openBrowserLink(deps: BrowserLinkDeps): Promise<Link | 'refused' | null> {
  const { token, openSocket, fetch } = deps;
  const secret = token.read();
  if (secret === null || !FIT_TOKEN.test(secret)) return 'refused';
  const link = await openWebSocketLink(openSocket([LINK_PROTOCOL, secret]));
  if (link !== null) return link;
  // Why a WebSocket did not open is told to no page, so it is asked for apart.
  const answer = await fetch(LINK_PATH, { headers: { Authorization: `Bearer ${secret}` } }).catch(() => null);
  if (answer?.status !== FORBIDDEN) return null;
  // Meanwhile another one may have been put into the address bar.
  return token.read() === secret ? 'refused' : openBrowserLink(deps);
}
