import { fail, succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import type { Handlers } from '../../contract/serve.ts';
import type { Settings } from '../../contract/settings.ts';
import type { DoctorReport, Platform, SimulatedInternet, TransportReport } from '../../contract/system.ts';
import { familyOfAddress } from '../names/resolve-target.ts';
import type { ReadGateways } from './default-gateways.ts';
import type { SelfTestOrder } from './self-test.ts';

type Rights = Pick<DoctorReport, 'isRoot' | 'hasNetRaw' | 'pingGroupRange'>;

/** What runs where; it does not change while the program runs. */
export interface SystemFacts {
  readonly version: string;
  readonly platform: Platform;
  /** The operating system's own name of its release. */
  readonly osRelease: string;
  readonly nodeVersion: string;
}

export interface SystemServiceDeps {
  readonly facts: SystemFacts;
  /** The simulated internet that everything here is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
  /** Read anew for each report, so that a cure can be tried without starting again. */
  readonly readRights: () => Rights;
  readonly reportTransports: () => Promise<readonly TransportReport[]>;
  readonly selfTest: (order: SelfTestOrder) => Promise<SelfTestReport>;
  /** Where the self-test sends when nothing else is said. */
  readonly settings: () => Pick<Settings, 'selfTestIpv4' | 'selfTestIpv6'>;
  readonly readGateways: ReadGateways;
}

/** Answers the contract's `system`: what this is, and the doctor. */
export function createSystemService({
  facts,
  simulated,
  readRights,
  reportTransports,
  selfTest,
  settings,
  readGateways,
}: SystemServiceDeps): Handlers<HopscopeContract>['system'] {
  return {
    about: () => succeed({ version: facts.version, platform: facts.platform, simulated }),
    doctor: async () => {
      const { isRoot, hasNetRaw, pingGroupRange } = readRights();
      return succeed({ ...facts, isRoot, hasNetRaw, pingGroupRange, transports: [...(await reportTransports())] });
    },
    selfTest: async ({ beyond, ipv4, ipv6 }) => {
      const { selfTestIpv4, selfTestIpv6 } = settings();
      const order = { ipv4: ipv4 ?? selfTestIpv4, ipv6: ipv6 ?? selfTestIpv6, isBeyondWanted: beyond };
      for (const [family, address] of [
        [4, order.ipv4],
        [6, order.ipv6],
      ] as const) {
        if (familyOfAddress(address) !== family) return fail({ code: 'address-family-mismatch', address, family });
      }
      return succeed(await selfTest(order));
    },
    gateways: async () => succeed({ addresses: [...(await readGateways())] }),
  };
}

/** The platform's name in the contract; Node's names are an open set. */
export function toPlatform(name: string): Platform {
  switch (name) {
    case 'linux':
    case 'darwin':
    case 'win32':
      return name;
    default:
      return 'other';
  }
}
