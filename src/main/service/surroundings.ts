import type { Simulation } from '../../contract/path.ts';
import type { TransportReport } from '../../contract/system.ts';
import type { AskAsn } from '../names/asn.ts';
import type { LookUp } from '../names/resolve-target.ts';
import type { AskName } from '../names/reverse-dns.ts';
import type { ReadGateways } from './default-gateways.ts';
import type { ReadMachineNetwork } from './machine/machine-network.ts';
import type { SelfTestDeps } from './self-test.ts';
import type { OpenTransport } from './transport-pool.ts';

/** The network that a Hopscope is in, and all it can ask of it: this machine's, or a simulated one. */
export interface Surroundings {
  /** Null in the network. */
  readonly simulated: Simulation | null;
  readonly openTransport: OpenTransport;
  readonly lookUp: LookUp;
  readonly askName: AskName;
  readonly askAsn: AskAsn;
  readonly readGateways: ReadGateways;
  /** Null where the machine is no part of the network, and so nothing changes around it. */
  readonly readMachineNetwork: ReadMachineNetwork | null;
  readonly selfTest: Omit<SelfTestDeps, 'pool'>;
  readonly reportTransports: () => Promise<readonly TransportReport[]>;
}
