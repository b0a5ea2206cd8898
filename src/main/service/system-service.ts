import { succeed } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Handlers } from '../../contract/serve.ts';
import type { DoctorReport, Platform, TransportReport } from '../../contract/system.ts';

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
  /** Read anew for each report, so that a cure can be tried without starting again. */
  readonly readRights: () => Rights;
  readonly reportTransports: () => Promise<readonly TransportReport[]>;
}

/** Answers the contract's `system`: what this is, and the doctor. */
export function createSystemService({
  facts,
  readRights,
  reportTransports,
}: SystemServiceDeps): Handlers<HopscopeContract>['system'] {
  return {
    about: () => succeed({ version: facts.version, platform: facts.platform }),
    doctor: async () => {
      const { isRoot, hasNetRaw, pingGroupRange } = readRights();
      return succeed({ ...facts, isRoot, hasNetRaw, pingGroupRange, transports: [...(await reportTransports())] });
    },
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
