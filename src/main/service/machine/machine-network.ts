import type { Tunnel, WayOut } from '../../../contract/machine-change.ts';

/** An interface that is up and has an address of use. */
export interface MachineInterface {
  readonly interfaceName: string;
  readonly tunnel: Tunnel;
  /** IPv4 addresses with their prefix length, IPv6 as prefixes, each once, in the order of their text. */
  readonly addresses: readonly string[];
}

export interface DefaultWayOut extends WayOut {
  readonly family: 4 | 6;
}

/** How this machine is connected at a moment. */
export interface MachineNetwork {
  /** The loopback interface is none of them. */
  readonly interfaces: readonly MachineInterface[];
  /** The preferred way out of each family; null where the platform does not tell. */
  readonly defaultRoutes: readonly DefaultWayOut[] | null;
  /** Addresses of the servers that names are asked of, in the order of asking; null when they could not be read. */
  readonly nameServers: readonly string[] | null;
}

/** Reads it anew. */
export type ReadMachineNetwork = () => Promise<MachineNetwork>;
