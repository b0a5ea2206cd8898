import { describeSystemError, type SystemErrorDetails } from './system-error.ts';

/** Every error of this library. */
export class ICMPLibError extends Error {
  override name = 'ICMPLibError';
}

/** A name that the resolver could not turn into an address. */
export class NameLookupError extends ICMPLibError {
  override name = 'NameLookupError';
  /** The name that was asked for. */
  readonly hostname: string;
  /** The resolver's own code, e.g. ENOTFOUND or EAI_AGAIN; null when it was not asked. */
  readonly code: string | null;

  constructor(hostname: string, options: ErrorOptions & { readonly code?: string } = {}) {
    super(`The name '${hostname}' cannot be resolved`, options);
    this.hostname = hostname;
    this.code = options.code ?? null;
  }
}

/**
 * A fault of a socket. One that the operating system reported has the message `[Errno 101] Network is unreachable`
 * and, unlike in the seed, carries its `errno`, `code` and `syscall`, so that nobody need read the message.
 */
export class ICMPSocketError extends ICMPLibError {
  override name = 'ICMPSocketError';
  /** Number of the system error, e.g. 101; null when no system error is behind this. */
  readonly errno: number | null;
  /** Name of the system error, e.g. ENETUNREACH; null when no system error is behind this. */
  readonly code: string | null;
  /** The system call that failed, e.g. `sendmsg` of a send that the system refused; null when none was made. */
  readonly syscall: string | null;

  /** @param message the sentence, or the system error to make it from */
  constructor(message: string | SystemErrorDetails, details: SystemErrorDetails | null = null) {
    super(typeof message === 'string' ? message : describeSystemError(message));
    const system = typeof message === 'string' ? details : message;
    this.errno = system?.errno ?? null;
    this.code = system?.code ?? null;
    this.syscall = system?.syscall ?? null;
  }
}

/**
 * The address asked for cannot be the socket's own: not of this machine, of the other family or, unlike in the seed,
 * not a numeric address at all.
 */
export class SocketAddressError extends ICMPSocketError {
  override name = 'SocketAddressError';
  /** The address that was asked for. */
  readonly address: string;

  constructor(address: string, details: SystemErrorDetails | null = null) {
    super(`The requested address (${address}) cannot be assigned to the socket`, details);
    this.address = address;
  }
}

/** Allows every group of the machine to open unprivileged ICMP sockets, of both families, until the next boot. */
const OPEN_GROUP_RANGE = 'sysctl -w net.ipv4.ping_group_range="0 2147483647"';

/** The process may not open this kind of socket. */
export class SocketPermissionError extends ICMPSocketError {
  override name = 'SocketPermissionError';
  /** The group ids that may open unprivileged sockets, as the kernel writes them (`1 0` means nobody); null when not known. */
  readonly groupRange: string | null;
  /** The command that lifts the restriction, or null where being privileged is the only way. */
  readonly remedy: string | null;

  /**
   * @param privileged whether the socket was to be a privileged one
   * @param groupRange for an unprivileged one, the value of net.ipv4.ping_group_range
   */
  constructor(privileged: boolean, groupRange: string | null = null, details: SystemErrorDetails | null = null) {
    super(permissionSentence(privileged, groupRange), details);
    this.groupRange = privileged ? null : groupRange;
    this.remedy = privileged ? null : OPEN_GROUP_RANGE;
  }
}

function permissionSentence(privileged: boolean, groupRange: string | null): string {
  if (privileged) return 'Root privileges are required to create the socket';
  const range = groupRange === null ? '' : ` The groups allowed now are "${groupRange}".`;
  return (
    'A prior configuration of your OS is required to use ICMP sockets without root privileges.' +
    `${range} Allow every group with: ${OPEN_GROUP_RANGE}`
  );
}

/** The socket, or its asynchronous wrapper, was closed or detached. */
export class SocketUnavailableError extends ICMPSocketError {
  override name = 'SocketUnavailableError';

  constructor() {
    super('The socket can no longer be used after its closure');
  }
}

/**
 * A broadcast address was used while the socket's `broadcast` is off. Unlike in the seed a firewall or a route that
 * forbids a packet is not reported as this, but as an `ICMPSocketError` with its code.
 */
export class SocketBroadcastError extends ICMPSocketError {
  override name = 'SocketBroadcastError';

  constructor(details: SystemErrorDetails | null = null) {
    super("Broadcast is not allowed: please use the 'broadcast' property to allow it", details);
  }
}

/** No answer came in time. */
export class TimeoutExceeded extends ICMPSocketError {
  override name = 'TimeoutExceeded';
  /** The time that was waited, in seconds. */
  readonly timeout: number;

  constructor(timeout: number) {
    super(`The timeout has been reached (${timeout}s)`);
    this.timeout = timeout;
  }
}
