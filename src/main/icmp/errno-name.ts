import { getSystemErrorName } from 'node:util';
import { nativeAddon } from './native-addon.ts';

/** The operating system's name of an errno that the native addon gave, e.g. ENETUNREACH. */
export function errnoName(errno: number): string {
  // Not Node's alone: on Windows its numbers are libuv's, and the addon's are the C library's.
  const name = nativeAddon.errorName(errno);
  return name === 'UNKNOWN' ? getSystemErrorName(-errno) : name;
}
