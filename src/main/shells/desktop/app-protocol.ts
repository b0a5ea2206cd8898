import type { CustomScheme, Protocol } from 'electron';
import type { RendererAssets } from '../renderer-assets.ts';

/** The scheme of the app's own page. Unlike `file:` it has an origin of its own and carries headers, so a policy as well. */

const SCHEME = 'app';
const HOST = 'bundle';

/** What the window shows. */
export const APP_URL = `${SCHEME}://${HOST}/`;

/** To be registered before Electron is ready. It may neither bypass the content policy nor be fetched by other origins. */
export const APP_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/**
 * Whether an address is the app's own. Protocol and host are compared by themselves: Node's `URL` calls the origin
 * of every scheme it does not know `null`.
 */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === HOST;
}

/** Serves the built renderer under the scheme, to the windows of the session that the protocol belongs to. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, assets: RendererAssets): void {
  protocol.handle(SCHEME, (request) => {
    if (!isAppUrl(request.url)) return new Response(null, { status: 404 });
    // The page speaks through the preload alone, so it may connect to nothing.
    const answer = assets.respond(request.method, new URL(request.url).pathname, "'none'");
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  });
}
