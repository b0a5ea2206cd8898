import type { SendFailureReason } from './probe-transport.ts';

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
