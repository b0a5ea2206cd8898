/** Whatever must live until it is disposed. */
const kept = new Set<object>();

/**
 * Keeps an object from being collected as garbage until `letGo`. A native socket does not keep its callback alive, so
 * one that only a packet to come could use again looks unreachable to the collector, together with all who wait for it.
 */
export function keepAlive(object: object): void {
  kept.add(object);
}

/** Lets the collector have it again; idempotent. */
export function letGo(object: object): void {
  kept.delete(object);
}
