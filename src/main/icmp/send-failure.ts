import type { Platform } from '../../contract/system.ts';
import { backendPlatform } from './backend-platform.ts';
import type { LocalAddresses } from './local-addresses.ts';
import type { SendFailureReason } from './probe-transport.ts';

/**
 * What an error of sending to `destination` means on a system, where the same error means different things there.
 *
 * macOS refuses programs without the permission Local Network every address of its own links with EHOSTUNREACH, and has
 * no way to ask whether that is why; a neighbour that does not answer is EHOSTDOWN there.
 */
export function sendFailureReasonOn(
  osCode: string,
  destination: string,
  local: Pick<LocalAddresses, 'isBroadcast' | 'isOnLink'>,
  platform: Platform = backendPlatform(),
): SendFailureReason {
  if (platform === 'darwin' && osCode === 'EHOSTUNREACH' && local.isOnLink(destination)) return 'local-network-denied';
  if (platform === 'win32' && osCode === 'ENOTSUP') return 'not-on-this-system';
  return sendFailureReason(osCode, osCode === 'EACCES' && local.isBroadcast(destination));
}

/**
 * What an error of sendmsg means for a probe, by the operating system's name of it. The set is open: an unknown name
 * is `other` and keeps its name beside it. (Linux: a blackhole route and a missing zone both say EINVAL; a prohibit
 * route and a broadcast without the option both say EACCES.)
 */
export function sendFailureReason(osCode: string, isBroadcast: boolean): SendFailureReason {
  switch (osCode) {
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return 'no-route';
    case 'EACCES':
      return isBroadcast ? 'broadcast-not-enabled' : 'not-permitted';
    case 'EPERM':
      return 'not-permitted';
    case 'EMSGSIZE':
      return 'too-big';
    case 'ENOBUFS':
    case 'EAGAIN':
    case 'ENOMEM':
      return 'local-queue-full';
    case 'EINVAL':
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return 'invalid-destination';
    case 'ENODEV':
    case 'ENXIO':
    case 'ENETDOWN':
      return 'interface-gone';
    default:
      return 'other';
  }
}
