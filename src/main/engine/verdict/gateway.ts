import type { PathEvidence } from './path-evidence.ts';
import type { Witness } from './witnesses.ts';

/**
 * Whether a witness is the first router, by its place or because this machine knows it as its way out. A destination one hop
 * away may as well be a machine beside this one, so that its place alone says nothing.
 */
export function isGateway({ gateways }: PathEvidence, { hopLimit, isDestination, address }: Witness): boolean {
  return gateways.includes(address) || (hopLimit === 1 && !isDestination);
}
