import { lookup, type Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Hosts } from './hosts-file.ts';
import type { LookUp } from './resolve-target.ts';

type Found = Awaited<ReturnType<LookUp>>;

export interface LookUpDeps {
  /** What the hosts file says now. */
  readonly readHosts: () => Promise<Hosts>;
  /** A resolver of its own for each name, so that cancelling it ends this name's questions and no other's. */
  readonly createResolver: () => Pick<Resolver, 'resolve4' | 'resolve6' | 'cancel'>;
  /** The system's own lookup: it knows search domains, mDNS and NSS, but nothing can interrupt it. */
  readonly askSystem: (name: string, options: { readonly family: 0 | 4 | 6 }) => Promise<Found>;
}

/** How long a name server may take for its first answer; a second try waits twice as long (c-ares). */
export const NAME_SERVER_TIMEOUT_MS = 2_000;

/** Questions to each name server before a name counts as unanswered: one packet may be lost. */
export const NAME_SERVER_TRIES = 2;

/** {@link LookUpDeps.askSystem} of this machine. */
export const askSystem: LookUpDeps['askSystem'] = (name, { family }) => lookup(name, { family, order: 'ipv4first' });

/**
 * Looks names up so that one which hangs does not hold up another: first in the hosts file, then by name servers
 * (c-ares, which waits for any number of answers at once), and only a name that they do not know by the system's
 * lookup, because that takes a thread of the few that Node has for as long as it hangs. One name at a time may do so.
 *
 * Without a family, IPv4 comes before IPv6 at each of these places: what has both is reached over IPv4 unless asked
 * otherwise. Aborting the signal ends the questions to name servers at once.
 */
export function createLookUp(deps: LookUpDeps): LookUp {
  let systemIsFree: Promise<unknown> = Promise.resolve();
  const askSystemInTurn = (name: string, family: 0 | 4 | 6, signal: AbortSignal): Promise<Found> => {
    const answer = systemIsFree.then(() => {
      signal.throwIfAborted();
      return deps.askSystem(name, { family });
    });
    systemIsFree = answer.catch(() => {});
    return answer;
  };
  return async (name, { family, signal }) => {
    const known = (await deps.readHosts()).get(name.toLowerCase().replace(/\.$/, '')) ?? [];
    for (const wanted of familiesInOrder(family)) {
      const address = known.find((each) => isIP(each) === wanted);
      if (address !== undefined) return { address, family: wanted };
    }
    try {
      return await askNameServers(deps.createResolver(), name, family, signal);
    } catch (error) {
      if (!mayBeKnownElsewhere(error)) throw error;
      return await askSystemInTurn(name, family, signal);
    }
  };
}

function familiesInOrder(family: 0 | 4 | 6): readonly (4 | 6)[] {
  return family === 0 ? [4, 6] : [family];
}

async function askNameServers(
  resolver: ReturnType<LookUpDeps['createResolver']>,
  name: string,
  family: 0 | 4 | 6,
  signal: AbortSignal,
): Promise<Found> {
  signal.throwIfAborted();
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const ask = async (wanted: 4 | 6): Promise<Found> => {
    const [address] = await (wanted === 4 ? resolver.resolve4(name) : resolver.resolve6(name));
    if (address === undefined) throw Object.assign(new Error('an empty answer'), { code: 'ENODATA' });
    return { address, family: wanted };
  };
  // All questions leave at once; the answers count in the order of preference.
  const answers = familiesInOrder(family).map(ask);
  for (const answer of answers) answer.catch(() => {});
  try {
    return await firstOf(answers);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel(); // a question that no longer matters must not keep the process
  }
}

/** The first that succeeds, in their order; when all fail, a reason that says more than "not known", if one does. */
async function firstOf(answers: readonly Promise<Found>[]): Promise<Found> {
  const reasons: unknown[] = [];
  for (const answer of answers) {
    try {
      return await answer;
    } catch (error) {
      reasons.push(error);
    }
  }
  throw reasons.find((reason) => !mayBeKnownElsewhere(reason)) ?? reasons[0];
}

/** Whether name servers do not know the name, cannot be asked for it, or are none at all. Their codes are an open set. */
function mayBeKnownElsewhere(error: unknown): boolean {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOTFOUND':
    case 'ENODATA':
    case 'EBADNAME':
    // No name server: c-ares then asks this machine, where nothing listens.
    case 'ECONNREFUSED':
      return true;
    default:
      return false;
  }
}
