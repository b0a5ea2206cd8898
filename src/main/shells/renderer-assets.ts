import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Random } from '../base/random.ts';

/** One answer to a request for a file of the built renderer, ready for any protocol. */
export interface AssetResponse {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for HEAD and where there is nothing to say. */
  readonly body: Uint8Array<ArrayBuffer> | null;
}

/** What the browser host and the desktop window both serve: the built renderer, and nothing else. */
export interface RendererAssets {
  /**
   * Answers from the list of built files that was made at the start: the path is looked up, never walked.
   * @param pathname the path of the URL as it came, not decoded; `/` is the page
   * @param connectSource what the page may connect to, as a CSP source list, e.g. `'self'`
   */
  respond(method: string, pathname: string, connectSource: string): AssetResponse;
}

interface Asset {
  readonly content: Buffer<ArrayBuffer>;
  readonly contentType: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const PAGE = '/index.html';

/** Headers of every answer, the refusals included: no sniffing, no referrer, no embedding, no sharing with other origins. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** The policy of an answer that needs nothing at all: a refusal, a redirect. */
export const EMPTY_PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Reads the built renderer into memory: it is a few files, and what is served can then not change underneath.
 * Null when there is no page in the directory, which means that the program was not built.
 */
export function loadRendererAssets(deps: { readonly random: Random }, directory: string): RendererAssets | null {
  const assets = readAssets(directory);
  if (!assets.has(PAGE)) return null;
  return {
    respond: (method, pathname, connectSource) => {
      if (method !== 'GET' && method !== 'HEAD') {
        return {
          status: 405,
          headers: { ...COMMON_HEADERS, Allow: 'GET, HEAD', 'Content-Security-Policy': EMPTY_PAGE_POLICY },
          body: null,
        };
      }
      const path = pathname === '/' ? PAGE : pathname;
      const asset = assets.get(path);
      if (asset === undefined) {
        return {
          status: 404,
          headers: { ...COMMON_HEADERS, 'Cache-Control': 'no-store', 'Content-Security-Policy': EMPTY_PAGE_POLICY },
          body: null,
        };
      }
      const nonce = createNonce(deps.random);
      const content = path === PAGE ? withStyleNonce(asset.content, nonce) : asset.content;
      return {
        status: 200,
        headers: {
          ...COMMON_HEADERS,
          // Names under assets/ carry a hash of their content, so they never go stale.
          'Cache-Control': path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
          'Content-Length': String(content.byteLength),
          'Content-Security-Policy': path === PAGE ? pagePolicy(nonce, connectSource) : EMPTY_PAGE_POLICY,
          'Content-Type': asset.contentType,
        },
        body: method === 'HEAD' ? null : content,
      };
    },
  };
}

/** Every regular file below the directory by its URL path; links are left out, since they could lead elsewhere. */
function readAssets(directory: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  const read = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) read(path, `${prefix}${entry.name}/`);
      if (!entry.isFile()) continue;
      const contentType = CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream';
      assets.set(`${prefix}${entry.name}`, { content: Buffer.from(readFileSync(path)), contentType });
    }
  };
  try {
    read(directory, '/');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return assets;
}

/**
 * The policy of the page: scripts only from our own files, styles from our own files and from elements that carry
 * the nonce (the UI kit makes such elements). Trusted types are left out: the UI kit fills them through innerHTML.
 */
function pagePolicy(nonce: string, connectSource: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connectSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Hands the nonce to the page as Vite's own convention does: `<meta property="csp-nonce" nonce="…">`. The page reads
 * it as the property `nonce` of that element; the browser hides the attribute itself from selectors.
 */
function withStyleNonce(page: Buffer<ArrayBuffer>, nonce: string): Buffer<ArrayBuffer> {
  return Buffer.from(
    page.toString('utf8').replace(/<head[^>]*>/i, (head) => `${head}<meta property="csp-nonce" nonce="${nonce}">`),
  );
}

/** 128 unpredictable bits, in the alphabet that CSP allows. */
function createNonce(random: Random): string {
  return Buffer.from(Uint32Array.from({ length: 4 }, () => random.uint32()).buffer).toString('base64');
}
