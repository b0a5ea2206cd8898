import { lookup as lookUpAll } from 'node:dns';
import { type ClientRequest, request as requestPlainly } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type ActionOutcome, isWebhookUrl } from '../../../contract/alert-action.ts';
import { type Milliseconds, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { isPublicAddress } from '../../names/public-address.ts';

/** From the first look-up to the end of the answer. A service that takes longer holds up the alerts after this one. */
export const WEBHOOK_TIMEOUT = seconds(10);

/** Longest answer that is listened to; nothing of it is used but its status. */
const LONGEST_ANSWER_BYTES = 65_536;

/** Longest part of a redirect's destination that is told. */
const LONGEST_LOCATION = 200;

export interface PostWebhookDeps {
  readonly clock: Clock;
  /** Resolves a host's name. Absent: as the system does. */
  readonly lookUp?: typeof lookUpAll | undefined;
  readonly timeout?: Milliseconds;
}

export interface Webhook {
  readonly url: string;
  readonly allowPrivate: boolean;
}

/** Why a connection was not made: carried through the library's own errors. */
class PrivateAddress extends Error {
  readonly address: string;

  constructor(address: string) {
    super(`${address} is not public`);
    this.address = address;
  }
}

/**
 * Sends a POST with JSON. Unless it may go to private addresses, it goes to public ones only: the addresses that the name
 * has are looked at in the very look-up whose answer is connected to, and the address of the connection again before
 * anything is written, so that a name cannot answer one thing to be checked and another to be used. Redirects are not
 * followed. Never throws.
 */
export function postWebhook(
  deps: PostWebhookDeps,
  { url, allowPrivate }: Webhook,
  body: unknown,
): Promise<ActionOutcome> {
  const to = isWebhookUrl(url) ? URL.parse(url) : null;
  if (to === null) return Promise.resolve(failed(url, 'connection', 'ERR_INVALID_URL'));
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = (address: string) => allowPrivate || isPublicAddress(address);
  // A numeric host is not looked up.
  if (isIP(host) !== 0 && !isAllowed(host)) return Promise.resolve({ kind: 'address-private', host, address: host });
  return new Promise((resolve) => {
    const request = open(to, checkedLookUp(deps.lookUp ?? lookUpAll, isAllowed));
    let isDone = false;
    const finish = (outcome: ActionOutcome) => {
      if (isDone) return;
      isDone = true;
      timer[Symbol.dispose]();
      resolve(outcome);
      request.destroy();
    };
    const timer = deps.clock.after(deps.timeout ?? WEBHOOK_TIMEOUT, () => finish(failed(host, 'timed-out', null)));
    request.on('error', (error: NodeJS.ErrnoException) => finish(outcomeOfError(host, error)));
    const text = JSON.stringify(body);
    request.setHeader('content-type', 'application/json; charset=utf-8');
    request.setHeader('content-length', Buffer.byteLength(text));
    request.setHeader('user-agent', 'Hopscope');
    request.on('socket', (socket) => {
      const write = () => {
        const address = socket.remoteAddress ?? '';
        if (isAllowed(address)) request.end(text);
        else finish({ kind: 'address-private', host, address });
      };
      if (socket.connecting) socket.once('connect', write);
      // One that is closed already says why by its error.
      else if (!socket.destroyed) write();
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const location = response.headers.location?.slice(0, LONGEST_LOCATION) ?? null;
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > LONGEST_ANSWER_BYTES) finish(failed(host, 'answer-too-long', null));
      });
      response.on('error', (error: NodeJS.ErrnoException) => finish(outcomeOfError(host, error)));
      response.on('end', () => {
        const isTaken = status >= 200 && status < 300;
        finish(
          isTaken
            ? { kind: 'posted', status }
            : { kind: 'post-refused', status, location: isRedirect(status) ? location : null },
        );
      });
    });
  });
}

/** A connection of its own, closed after the answer; no proxy, no cookies. */
function open(to: URL, lookup: LookupFunction): ClientRequest {
  const options = { method: 'POST', agent: false, lookup } as const;
  return to.protocol === 'https:' ? requestEncrypted(to, options) : requestPlainly(to, options);
}

/** Gives only addresses that are allowed; fails with the first that is not when there are no others. */
function checkedLookUp(lookUp: typeof lookUpAll, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (first === undefined) callback(new PrivateAddress(addresses[0]?.address ?? hostname), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function outcomeOfError(host: string, error: NodeJS.ErrnoException): ActionOutcome {
  if (error instanceof PrivateAddress) return { kind: 'address-private', host, address: error.address };
  const isOfName = error.syscall === 'getaddrinfo' || error.code === 'ENOTFOUND';
  return failed(host, isOfName ? 'not-resolved' : 'connection', error.code ?? null);
}

function failed(
  host: string,
  reason: Extract<ActionOutcome, { kind: 'post-failed' }>['reason'],
  osCode: string | null,
): ActionOutcome {
  return { kind: 'post-failed', reason, host, osCode };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
