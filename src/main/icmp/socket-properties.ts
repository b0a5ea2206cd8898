import { lackingOn } from '../../contract/abilities.ts';
import { backendPlatform } from './backend-platform.ts';
import type { NativeSocketOptions, NativeSocketProperties } from './native-addon.ts';
import type { TimestampSource, TransportProperties } from './probe-transport.ts';

/** What a transport over a native socket is and can do. */
export function transportPropertiesOf(
  options: NativeSocketOptions,
  opened: NativeSocketProperties,
): TransportProperties {
  return {
    kind: options.kind,
    family: options.family,
    timestampSource: timestampSourceOf(options.kind, opened),
    reportsErrors: true,
    localAddress: opened.localAddress,
    lacks: lackingOn(backendPlatform()),
  };
}

/** The most exact source that a socket of this kind has for its round trips. */
function timestampSourceOf(kind: NativeSocketOptions['kind'], opened: NativeSocketProperties): TimestampSource {
  if (kind === 'echo-api') return 'performance-counter';
  if (opened.kernelTransmitTimestamps) return 'kernel-transmit';
  return opened.kernelReceiveTimestamps ? 'kernel' : 'user';
}
