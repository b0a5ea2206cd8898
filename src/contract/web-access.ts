/** How a page in a browser reaches the engine and proves that whoever opened it has the printed URL. */

/**
 * Where the page opens its WebSocket. A plain GET there with the token as bearer (RFC 6750) is answered with 204, or
 * with 403 when the token is not the right one, since a page is not told why its WebSocket was refused.
 */
export const LINK_PATH = '/link';

/** The WebSocket subprotocol that a page offers first; the token is the second one, and the host answers with this. */
export const LINK_PROTOCOL = 'hopscope';

/** The name under which the fragment of the printed URL has the token: `#token=…`. A browser sends no fragment anywhere. */
export const TOKEN_PARAMETER = 'token';
