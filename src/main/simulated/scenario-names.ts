import type { Scenario } from '../../contract/scenario.ts';
import { familyOf } from '../../contract/scenario-consistency.ts';
import { canonical } from './topology.ts';

/** Finds the first address of a name; rejects as the resolver of Node does, with its code. */
export type ScenarioLookUp = (
  name: string,
  options: { readonly family: 0 | 4 | 6; readonly signal: AbortSignal },
) => Promise<{ address: string; family: number }>;

/** What name servers of the scenario say. */
export interface ScenarioNames {
  readonly lookUp: ScenarioLookUp;
  /** Name by numeric address. */
  readonly reverseNames: ReadonlyMap<string, string>;
  /** Autonomous system by numeric address. */
  readonly autonomousSystems: ReadonlyMap<string, { readonly number: number; readonly name: string | null }>;
}

/** Codes of c-ares. */
const CODES = { 'not-found': 'ENOTFOUND', 'resolver-unreachable': 'ECONNREFUSED' } as const;

export function createScenarioNames(scenario: Scenario): ScenarioNames {
  const addresses = new Map<string, string[]>();
  const failures = new Map<string, keyof typeof CODES>();
  const reverseNames = new Map<string, string>();
  const autonomousSystems = new Map<string, { number: number; name: string | null }>();
  const note = (name: string, address: string) => {
    const known = addresses.get(name.toLowerCase()) ?? [];
    addresses.set(name.toLowerCase(), [...known, address]);
    if (!reverseNames.has(canonical(address))) reverseNames.set(canonical(address), name);
  };
  const paths = [scenario, ...Object.values(scenario.otherPaths ?? {})];
  const hops = paths.flatMap((path) => path.hops.flatMap((hop) => hop.branches?.flat() ?? [hop]));
  for (const { name, address, asn } of [...scenario.targets, ...hops]) {
    if (address === undefined) continue;
    if (name !== undefined) note(name, address);
    if (asn !== undefined) autonomousSystems.set(canonical(address), { number: asn.number, name: asn.name ?? null });
  }
  for (const { name, addresses: own = [], failure } of scenario.names ?? []) {
    for (const address of own) note(name, address);
    if (failure !== undefined) failures.set(name.toLowerCase(), failure);
  }

  const lookUp: ScenarioLookUp = async (name, { family, signal }) => {
    signal.throwIfAborted();
    const asked = name.toLowerCase().replace(/\.$/, '');
    const failure = failures.get(asked);
    if (failure !== undefined) throw resolverError(CODES[failure], name);
    const known = addresses.get(asked);
    if (known === undefined) throw resolverError('ENOTFOUND', name);
    for (const wanted of family === 0 ? ([4, 6] as const) : [family]) {
      const address = known.find((each) => familyOf(each) === wanted);
      if (address !== undefined) return { address, family: wanted };
    }
    throw resolverError('ENODATA', name);
  };
  return { lookUp, reverseNames, autonomousSystems };
}

function resolverError(code: string, name: string): Error {
  return Object.assign(new Error(`queryA ${code} ${name}`), { code });
}
