import type { MachineChange } from '../../../contract/machine-change.ts';
import type { DefaultWayOut, MachineInterface, MachineNetwork } from './machine-network.ts';

/** Everything that can change by itself, under a key of its own; what is absent is not there. */
export type MachineFacts = ReadonlyMap<string, MachineFact>;

export type MachineFact =
  | { readonly kind: 'interface'; readonly value: MachineInterface }
  | { readonly kind: 'default-route'; readonly value: DefaultWayOut }
  | { readonly kind: 'name-servers'; readonly value: readonly string[] };

/** The facts of a network, interfaces first: what is told last is what follows from the others. */
export function factsOf({ interfaces, defaultRoutes, nameServers }: MachineNetwork): MachineFacts {
  const facts: [string, MachineFact][] = [
    ...interfaces.map((value): [string, MachineFact] => [
      `interface ${value.interfaceName}`,
      { kind: 'interface', value },
    ]),
    ...(defaultRoutes ?? []).map((value): [string, MachineFact] => [
      `default-route ${value.family}`,
      { kind: 'default-route', value },
    ]),
    ['name-servers', { kind: 'name-servers', value: nameServers ?? [] }],
  ];
  return new Map(facts);
}

/** The later one, and of the earlier one what the later one could not read. */
export function withKnown(before: MachineNetwork, after: MachineNetwork): MachineNetwork {
  return {
    ...after,
    defaultRoutes: after.defaultRoutes ?? before.defaultRoutes,
    nameServers: after.nameServers ?? before.nameServers,
  };
}

const ORDER: readonly MachineFact['kind'][] = ['interface', 'default-route', 'name-servers'];

/** Keys, each once: interfaces, then ways out, then servers. */
export function inOrder(keys: Iterable<string>): readonly string[] {
  const each = [...new Set(keys)];
  return ORDER.flatMap((kind) => each.filter((key) => key.startsWith(kind)));
}

/** How one fact became the other; null when they say the same. Both are of the same key. */
export function changeOf(before: MachineFact | null, after: MachineFact | null): MachineChange | null {
  const kind = (after ?? before)?.kind;
  switch (kind) {
    case undefined:
      return null;
    case 'interface':
      return interfaceChange(interfaceOf(before), interfaceOf(after));
    case 'default-route':
      return routeChange(routeOf(before), routeOf(after));
    case 'name-servers': {
      const [was, is] = [serversOf(before), serversOf(after)];
      return isSame(was, is) ? null : { kind: 'name-servers', before: [...was], after: [...is] };
    }
  }
}

function interfaceOf(fact: MachineFact | null): MachineInterface | null {
  return fact?.kind === 'interface' ? fact.value : null;
}

function routeOf(fact: MachineFact | null): DefaultWayOut | null {
  return fact?.kind === 'default-route' ? fact.value : null;
}

function serversOf(fact: MachineFact | null): readonly string[] {
  return fact?.kind === 'name-servers' ? fact.value : [];
}

function interfaceChange(before: MachineInterface | null, after: MachineInterface | null): MachineChange | null {
  if (before === null && after === null) return null;
  if (before === null) return { kind: 'interface-up', ...copied(after as MachineInterface) };
  if (after === null) return { kind: 'interface-down', ...copied(before) };
  if (isSame(before.addresses, after.addresses)) return null;
  const { interfaceName, tunnel } = after;
  return {
    kind: 'addresses',
    interfaceName,
    tunnel,
    before: [...before.addresses],
    after: [...after.addresses],
  };
}

function copied({ interfaceName, tunnel, addresses }: MachineInterface) {
  return { interfaceName, tunnel, addresses: [...addresses] };
}

function routeChange(before: DefaultWayOut | null, after: DefaultWayOut | null): MachineChange | null {
  const family = (after ?? before)?.family;
  if (family === undefined) return null;
  if (before?.gateway === after?.gateway && before?.interfaceName === after?.interfaceName) return null;
  return { kind: 'default-route', family, before: wayOf(before), after: wayOf(after) };
}

function wayOf(route: DefaultWayOut | null) {
  if (route === null) return null;
  const { gateway, interfaceName, tunnel } = route;
  return { gateway, interfaceName, tunnel };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
