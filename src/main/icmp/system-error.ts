import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { errnoName } from './errno-name.ts';

/** What the operating system, or the reading of an address, refused: the number, its name, and the call that failed. */
export interface SystemErrorDetails {
  /** Number as Linux gives it, positive; negative for the codes of getaddrinfo. */
  readonly errno: number;
  /** Name of the number, e.g. ENETUNREACH or EAI_NONAME. */
  readonly code: string;
  /** System call that failed, e.g. `bind`; null when none was made. */
  readonly syscall: string | null;
}

/** An address that is not numeric: getaddrinfo's answer to it, given without asking anybody (glibc's EAI_NONAME). */
export const NAME_NOT_KNOWN: SystemErrorDetails = { errno: -2, code: 'EAI_NONAME', syscall: null };
/** A numeric address of the other family (glibc's EAI_ADDRFAMILY). */
export const WRONG_ADDRESS_FAMILY: SystemErrorDetails = { errno: -9, code: 'EAI_ADDRFAMILY', syscall: null };
/** A packet too large for the protocol. */
export const MESSAGE_TOO_LONG: SystemErrorDetails = {
  errno: constants.errno.EMSGSIZE,
  code: 'EMSGSIZE',
  syscall: 'sendmsg',
};

/** The words of glibc's strerror and gai_strerror for what ICMP sockets meet; libuv's, which Node has, are other words. */
const TEXTS: Readonly<Record<string, string>> = {
  EAI_NONAME: 'Name or service not known',
  EAI_ADDRFAMILY: 'Address family for hostname not supported',
  EPERM: 'Operation not permitted',
  EBADF: 'Bad file descriptor',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  ENODEV: 'No such device',
  EINVAL: 'Invalid argument',
  ENFILE: 'Too many open files in system',
  EMFILE: 'Too many open files',
  EMSGSIZE: 'Message too long',
  EPROTONOSUPPORT: 'Protocol not supported',
  ENOTSUP: 'Operation not supported',
  EAFNOSUPPORT: 'Address family not supported by protocol',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ENOBUFS: 'No buffer space available',
  EHOSTDOWN: 'Host is down',
  EHOSTUNREACH: 'No route to host',
};

/** The sentence of a system error in the seed's form: `[Errno 101] Network is unreachable`. */
export function describeSystemError({ errno, code }: SystemErrorDetails): string {
  const text = TEXTS[code] ?? getSystemErrorMap().get(-errno)?.[1] ?? 'Unknown error';
  return `[Errno ${errno}] ${text}`;
}

/** Details of an errno that a send gave back. */
export function systemErrorOf(errno: number, syscall: string): SystemErrorDetails {
  return { errno, code: errnoName(errno), syscall };
}

/** Details of what the native addon threw; null when it is no system error but a fault of the program. */
export function thrownSystemError(thrown: unknown): SystemErrorDetails | null {
  if (!(thrown instanceof Error) || !('errno' in thrown) || !('code' in thrown)) return null;
  if (typeof thrown.errno !== 'number' || typeof thrown.code !== 'string') return null;
  const syscall = 'syscall' in thrown && typeof thrown.syscall === 'string' ? thrown.syscall : null;
  return { errno: Math.abs(thrown.errno), code: thrown.code, syscall };
}
