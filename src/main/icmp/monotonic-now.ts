import { nativeAddon } from './native-addon.ts';

const clocks = new Float64Array(3);

/** The monotonic clock in ms, the very one that the stamps of packets are read from. It never steps. */
export function monotonicNow(): number {
  nativeAddon.readClocks(clocks);
  return clocks[2] as number;
}
