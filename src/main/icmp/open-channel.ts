import { constants } from 'node:os';
import { abilityOn } from '../../contract/abilities.ts';
import { parseIpAddress } from '../../contract/ip-address.ts';
import type { Platform } from '../../contract/system.ts';
import { backendPlatform } from './backend-platform.ts';
import { EchoChannel } from './echo-channel.ts';
import { ICMPSocketError, SocketAddressError, SocketPermissionError } from './errors.ts';
import { QUEUE_BYTES, RECEIVE_BUFFER_BYTES } from './open-transport.ts';
import { readPingGroupRange } from './rights.ts';
import { NAME_NOT_KNOWN, thrownSystemError, WRONG_ADDRESS_FAMILY } from './system-error.ts';

/** How a socket of this library is opened. */
export interface ChannelOptions {
  readonly family: 4 | 6;
  readonly address: string | null;
  readonly privileged: boolean;
  readonly interfaceName: string | null;
  readonly dontFragment: boolean | null;
}

/** Whether a socket of this library is a raw one: if so it was asked for, and where the system has raw sockets for it. */
export function isRawOn(platform: Platform, privileged: boolean): boolean {
  return privileged && abilityOn(platform, 'raw-sockets').extent !== 'none';
}

/**
 * Opens the native socket behind a socket class. After a failure nothing stays open.
 * @throws {SocketAddressError} when `address` cannot be the socket's own; a name is refused without looking it up.
 * @throws {SocketPermissionError} when the process may not open such a socket.
 * @throws {ICMPSocketError} for every other failure, and on a platform without native sockets.
 */
export function openChannel(options: ChannelOptions): EchoChannel {
  const { family, address, privileged, interfaceName, dontFragment } = options;
  const { extent, sentence } = abilityOn(backendPlatform(), 'library-sockets');
  if (extent === 'none') {
    throw new ICMPSocketError(`ICMP sockets are not available on this platform (${process.platform}): ${sentence}`, {
      errno: constants.errno.ENOTSUP,
      code: 'ENOTSUP',
      syscall: null,
    });
  }
  if (address !== null) {
    const parsed = parseIpAddress(address);
    if (parsed === null) throw new SocketAddressError(address, NAME_NOT_KNOWN);
    if (parsed.family !== family) throw new SocketAddressError(address, WRONG_ADDRESS_FAMILY);
  }
  try {
    return new EchoChannel({
      family,
      kind: privileged ? 'raw' : 'dgram',
      address,
      interfaceName,
      receiveBufferBytes: RECEIVE_BUFFER_BYTES,
      queueBytes: QUEUE_BYTES,
      transmitTimestamps: false,
      dontFragment: dontFragment === null ? 'default' : dontFragment ? 'set' : 'clear',
      onlyIdentifier: null,
    });
  } catch (error) {
    throw openError(error, options);
  }
}

/** The library's error for what opening threw; a fault of the program is given back as it is. */
function openError(thrown: unknown, { address, privileged }: ChannelOptions): unknown {
  const details = thrownSystemError(thrown);
  if (details === null) return thrown;
  switch (details.code) {
    case 'EPERM':
    case 'EACCES':
      return new SocketPermissionError(privileged, privileged ? null : readPingGroupRange(), details);
    case 'EADDRNOTAVAIL':
      return address === null ? new ICMPSocketError(details) : new SocketAddressError(address, details);
    case 'EINVAL':
    case 'ENODEV':
      // bind(2) refuses a link-local address without its zone, or with the zone of another link, in these words.
      return address !== null && details.syscall === 'bind'
        ? new SocketAddressError(address, details)
        : new ICMPSocketError(details);
    default:
      return new ICMPSocketError(details);
  }
}
