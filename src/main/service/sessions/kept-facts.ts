import type { NamedAddress, PathFacts } from './keeper-calls.ts';

/** What is known of a session beside its rounds, as it is kept. */
export interface KeptFacts extends PathFacts {
  readonly names: readonly NamedAddress[];
}

const NO_FACTS: KeptFacts = {
  simulated: null,
  destinationHopLimit: null,
  localDrops: 0,
  gateways: [],
  pathMtu: null,
  branches: null,
  names: [],
};

/** What a row tells, of this program's version or an older one. */
export function factsOfText(text: string): KeptFacts {
  return { ...NO_FACTS, ...(JSON.parse(text) as Partial<KeptFacts>) };
}
