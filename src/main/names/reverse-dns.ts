import type { Resolver } from 'node:dns/promises';
import { type Asked, askedOfError } from './background-answers.ts';

/** Longest name in the DNS (RFC 1035 §2.3.4); what is longer was not made by a name server that means well. */
const LONGEST_NAME = 253;

/** Asks for the name of an address; the answer is of kind `none` where there is no name. */
export type AskName = (address: string, signal: AbortSignal) => Promise<Asked<string>>;

/**
 * Names of addresses by reverse DNS (PTR, RFC 1035 §3.5), the hosts file included. Each question has a resolver of its
 * own, so that cancelling it ends no other's. A zone is left out; with several names the first counts.
 *
 * A name is whatever the owner of the address wrote: it is no more than a label, and who shows it escapes it.
 */
export function createAskName(deps: { readonly createResolver: () => Pick<Resolver, 'reverse' | 'cancel'> }): AskName {
  return async (address, signal) => {
    const resolver = deps.createResolver();
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const [name] = await resolver.reverse(address.split('%', 1)[0] ?? address);
      const text = name?.replace(/\.$/, '') ?? '';
      return text === '' || text.length > LONGEST_NAME ? { kind: 'none' } : { kind: 'found', value: text };
    } catch (error) {
      return askedOfError(error);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}
