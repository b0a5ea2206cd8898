import { type Ability, lackingOn } from '../../contract/abilities.ts';
import { type Failure, fail, type Result, succeed } from '../../contract/failure.ts';
import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import { backendPlatform } from './backend-platform.ts';
import { type NativeSocketOptions, nativeAddon } from './native-addon.ts';
import type { ProbeTransport } from './probe-transport.ts';
import { readPingGroupRange } from './rights.ts';
import { SocketTransport } from './socket-transport.ts';

/** Which transport is wanted. */
export interface OpenTransportOptions {
  readonly family: 4 | 6;
  /** `auto` climbs the ladder: without rights first (dgram), then raw. */
  readonly choice: 'auto' | 'privileged' | 'unprivileged';
  /** Numeric local address to send from, or null. */
  readonly source: string | null;
  readonly interfaceName: string | null;
  /**
   * Ask the kernel for the moment of departure of every packet: twice the error-queue traffic for a few microseconds.
   * False: only of packets that leave alone, for which it costs little.
   */
  readonly transmitTimestamps: boolean;
  /** No packet may be cut into fragments, here or on its way, and what the system knows of the path's MTU is not heeded. Default false: as the system does. */
  readonly dontFragment?: boolean;
}

/** What the transport's socket may hold before the program reads it: 4 MiB is about 5,000 replies (measured by truesize). */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** What the receive thread keeps while JavaScript is busy: at 160 bytes a reply, 100,000 of them. */
export const QUEUE_BYTES = 16 * 1024 * 1024;

type Attempt = Extract<Failure, { code: 'icmp-not-permitted' }>['attempts'][number];

/**
 * Opens the first transport of the ladder that works. When none does, the failure names every rung that was tried;
 * a fault that no other rung can mend (an address that is not local, say) is told at once.
 */
export async function openTransport(
  deps: { readonly clock: Clock; readonly random: Random },
  options: OpenTransportOptions,
): Promise<Result<ProbeTransport>> {
  if (nativeAddon.platform === 'unsupported')
    return fail({ code: 'platform-not-supported', platform: process.platform });
  const missing = missingAbility(options);
  if (missing !== null) return fail({ code: 'ability-missing', ability: missing });
  const attempts: Attempt[] = [];
  for (const kind of ladder(options.choice)) {
    const opened = openSocket(deps, kind, options);
    if (opened.ok) return opened;
    if (opened.failure.code !== 'icmp-not-permitted') return opened;
    attempts.push(...opened.failure.attempts);
  }
  return fail({ code: 'icmp-not-permitted', attempts });
}

/** The first thing asked for that this system cannot do, or null. */
function missingAbility({ choice, interfaceName, dontFragment }: OpenTransportOptions): Ability | null {
  const lacking = lackingOn(backendPlatform());
  const needed: ReadonlyArray<Ability | false> = [
    choice === 'privileged' && 'raw-sockets',
    interfaceName !== null && 'interface',
    dontFragment === true && 'dont-fragment',
  ];
  return needed.find((ability) => ability !== false && lacking.includes(ability)) || null;
}

/** The kinds of socket that this system has for a choice, in the order in which they are tried. */
export function ladder(choice: OpenTransportOptions['choice']): ReadonlyArray<NativeSocketOptions['kind']> {
  if (nativeAddon.platform === 'win32') return ['echo-api'];
  if (nativeAddon.platform === 'darwin') return ['dgram'];
  switch (choice) {
    case 'auto':
      return ['dgram', 'raw'];
    case 'privileged':
      return ['raw'];
    case 'unprivileged':
      return ['dgram'];
  }
}

/** Opens one rung. */
export function openSocket(
  deps: { readonly clock: Clock; readonly random: Random },
  kind: NativeSocketOptions['kind'],
  options: OpenTransportOptions,
): Result<SocketTransport> {
  const native: NativeSocketOptions = {
    family: options.family,
    kind,
    address: options.source,
    interfaceName: options.interfaceName,
    receiveBufferBytes: RECEIVE_BUFFER_BYTES,
    queueBytes: QUEUE_BYTES,
    transmitTimestamps: options.transmitTimestamps,
    dontFragment: options.dontFragment === true ? 'set' : 'default',
    onlyIdentifier: null,
  };
  try {
    return succeed(new SocketTransport(deps, native));
  } catch (error) {
    return fail(openFailure(error, kind, options));
  }
}

/** What an error of opening means. The set is open: the rest keeps its name and its system call. */
function openFailure(error: unknown, kind: NativeSocketOptions['kind'], options: OpenTransportOptions): Failure {
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (code === undefined || syscall === undefined) throw error; // not of the system: a bug
  switch (code) {
    case 'EPERM':
    case 'EACCES':
      if (syscall !== 'socket') return { code: 'system-error', osCode: code, syscall };
      return {
        code: 'icmp-not-permitted',
        attempts: [{ transport: kind, osCode: code, pingGroupRange: readPingGroupRange() }],
      };
    case 'EADDRNOTAVAIL':
    case 'EADDRINUSE':
      return { code: 'address-not-local', address: options.source ?? '' };
    case 'ENODEV':
    case 'ENXIO':
      return { code: 'interface-not-found', interfaceName: options.interfaceName ?? '' };
    case 'ENOTSUP':
      // Only this is asked for that a backend may have for one family alone.
      return options.dontFragment === true
        ? { code: 'ability-missing', ability: 'dont-fragment' }
        : { code: 'system-error', osCode: code, syscall };
    case 'EAFNOSUPPORT':
      return { code: 'family-not-supported', family: options.family };
    default:
      return { code: 'system-error', osCode: code, syscall };
  }
}
