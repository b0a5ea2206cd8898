import type { LookUp } from './resolve-target.ts';

/** Which family of a name with both is taken; `either` leaves it to the lookup, which takes IPv4 first. */
export type PreferredFamily = 'either' | 'ipv4' | 'ipv6';

/**
 * A lookup that, when asked for any family, asks for the preferred one first, and for any only when the name has no
 * address of that. Who asks for a family gets that one. The preference is read at each lookup.
 */
export function preferFamily(lookUp: LookUp, preferred: () => PreferredFamily): LookUp {
  return async (name, { family, signal }) => {
    const preference = preferred();
    if (family !== 0 || preference === 'either') return lookUp(name, { family, signal });
    try {
      return await lookUp(name, { family: preference === 'ipv6' ? 6 : 4, signal });
    } catch {
      signal.throwIfAborted();
      return lookUp(name, { family: 0, signal });
    }
  };
}
