/** The path that most cases start from: a home, its provider, a transit network, a data centre. */

/** The address of the target of every path here. */
export const DESTINATION = '203.0.113.80';

const ROUTERS = [
  { address: '192.168.1.1', delayMs: 0.4, jitter: { kind: 'exponential', meanMs: 0.2 }, initialHopLimit: 64 },
  { address: '100.64.0.1', delayMs: 3.4, jitter: { kind: 'gamma', shape: 2, scaleMs: 0.4 } },
  { address: '198.51.100.9', delayMs: 0.7, answerJitter: { kind: 'exponential', meanMs: 0.4 } },
  { address: '198.51.100.33', delayMs: 1.2, answerJitter: { kind: 'exponential', meanMs: 0.3 } },
  { address: '192.0.2.17', delayMs: 0.9, answerJitter: { kind: 'exponential', meanMs: 0.6 } },
  { address: '192.0.2.41', delayMs: 2.8, answerJitter: { kind: 'exponential', meanMs: 0.3 } },
  { address: '192.0.2.90', delayMs: 1.9, answerJitter: { kind: 'exponential', meanMs: 0.5 } },
  { address: '203.0.113.1', delayMs: 0.6, answerJitter: { kind: 'exponential', meanMs: 0.4 } },
] as const;

/** Hop limit at which the destination answers. */
export const DESTINATION_HOP = ROUTERS.length + 1;

/** What a place of the path has besides, by hop limit. */
export type Changes = Readonly<Record<number, object>>;

/** The routers, each with its changes; one with `isSilent` says nothing. */
export function routers(changes: Changes = {}): object[] {
  return ROUTERS.map((router, index) => ({ ...router, ...changes[index + 1] }));
}

/** A scenario of the whole path. `destination` and whatever else a scenario has go in `others`. */
export function homePath(seed: number, changes: Changes = {}, others: object = {}): object {
  return {
    seed,
    machine: { address: '192.168.1.23', gateways: ['192.168.1.1'] },
    hops: routers(changes),
    targets: [{ address: DESTINATION, name: 'shop.example' }],
    ...others,
  };
}

/** Something different at a hop for a while. */
export function hopEvent(hop: number, atS: number, forS: number | null, set: object): object {
  return { on: 'hop', hop, atS, ...(forS === null ? {} : { untilS: atS + forS }), set };
}
