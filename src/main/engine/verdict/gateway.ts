import type { PathEvidence } from './path-evidence.ts';
import type { Witness } from './witnesses.ts';

/** Whether a witness is the first router, by its place or because this machine knows it as its way out. */
export function isGateway({ gateways }: PathEvidence, { hopLimit, isDestination, address }: Witness): boolean {
  return !isDestination && (hopLimit === 1 || gateways.includes(address));
}
