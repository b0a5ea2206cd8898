import { isIP } from 'node:net';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';

/** The address that a target means. */
export interface ResolvedTarget {
  /** Numeric, with `%zone` where the target had one. */
  readonly destination: string;
  readonly family: 4 | 6;
}

/**
 * Finds the first address of a name, of the family asked for or (0) of any. Rejects with the resolver's error, which
 * carries a `code`; also when the signal is aborted, after which nothing that can be ended goes on.
 */
export type LookUp = (
  name: string,
  options: { readonly family: 0 | 4 | 6; readonly signal: AbortSignal },
) => Promise<{ address: string; family: number }>;

type Reason = Extract<Failure, { code: 'name-not-resolved' }>['reason'];

/**
 * Finds the address of a target. A numeric address is taken as it is and never looked up; of a name the first address
 * counts. `family` null takes whatever comes first.
 *
 * When `signal` is aborted the promise settles at once, also where a lookup cannot be interrupted, with the failure
 * `name-not-resolved`, reason `other`, for which nobody waits any more.
 */
export async function resolveTarget(
  deps: { readonly lookUp: LookUp },
  target: string,
  family: 4 | 6 | null,
  signal: AbortSignal,
): Promise<Result<ResolvedTarget>> {
  const numeric = familyOfAddress(target);
  if (numeric !== null) {
    return family === null || family === numeric
      ? succeed({ destination: target, family: numeric })
      : fail({ code: 'address-family-mismatch', address: target, family });
  }
  const failure = (reason: Reason) => fail({ code: 'name-not-resolved', name: target, reason });
  const found = await untilAborted(lookUpName(deps, target, family, signal), signal);
  if (found === null) return failure('other');
  return typeof found === 'string' ? failure(found) : succeed(found);
}

/** The family of a numeric address, zone allowed; null for anything else. */
export function familyOfAddress(text: string): 4 | 6 | null {
  switch (isIP(text)) {
    case 4:
      return 4;
    case 6:
      return 6;
    default:
      return null;
  }
}

async function lookUpName(
  { lookUp }: { readonly lookUp: LookUp },
  name: string,
  family: 4 | 6 | null,
  signal: AbortSignal,
): Promise<ResolvedTarget | Reason> {
  try {
    return toTarget(await lookUp(name, { family: family ?? 0, signal }));
  } catch (error) {
    const reason = reasonOf(error);
    if (reason !== 'not-found' || family === null) return reason;
  }
  // Node tells "no such name" and "no address of this family" by the same code, so the other family is asked too.
  try {
    await lookUp(name, { family: 0, signal });
    return 'no-address-of-family';
  } catch {
    return 'not-found';
  }
}

function toTarget({ address, family }: { readonly address: string; readonly family: number }): ResolvedTarget | Reason {
  return family === 4 || family === 6 ? { destination: address, family } : 'other';
}

/** What the resolver's error means. Its codes are an open set: getaddrinfo's and c-ares' names as Node passes them on. */
function reasonOf(error: unknown): Reason {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOTFOUND':
    // A name that no DNS name can look like: too long a label, a forbidden character.
    case 'EINVAL':
    case 'ERR_INVALID_ARG_VALUE':
      return 'not-found';
    case 'EAI_ADDRFAMILY':
    case 'EAI_NODATA':
      return 'no-address-of-family';
    case 'EAI_AGAIN':
    case 'EAI_SYSTEM':
    case 'ETIMEOUT':
    case 'ESERVFAIL':
    case 'EREFUSED':
      return 'resolver-unreachable';
    default:
      return 'other';
  }
}

/** The promise's value, or null as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const abort = () => resolve(null);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
