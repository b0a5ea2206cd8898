import type { AddressRanges } from '../../../contract/address-ranges.ts';
import type { HopLimit, Milliseconds } from '../../../contract/units.ts';

/** What to sweep and how. */
export interface SweepRequest {
  readonly ranges: AddressRanges;
  /** Places of the ranges that have no address to ask, because a name there was not resolved. */
  readonly unresolved: ReadonlySet<number>;
  /** Number of the first address to probe. */
  readonly fromIndex: number;
  /** Requests a second, or null for as many as this machine sends and reads without loss of its own. */
  readonly ratePerSecond: number | null;
  /** Further requests to an address that has not answered, each after the timeout of the one before. */
  readonly retries: number;
  readonly timeout: Milliseconds;
  readonly payloadBytes: number;
  readonly hopLimit: HopLimit;
  readonly trafficClass: number;
}
