import { milliseconds } from '../../contract/units.ts';
import type { Clock } from '../base/clock.ts';
import { LocalAddresses } from './local-addresses.ts';
import { nativeAddon } from './native-addon.ts';

/**
 * How old what is known of this machine's addresses may be here. Short, because packets that leave from an address
 * that has gone are lost; asking the system takes about 0.1 ms.
 */
const REFRESH_INTERVAL = milliseconds(20);

/** The interface and the local address to which a socket was bound when it was opened, and whether they are still there. */
export class SocketBinding {
  readonly #interfaceName: string | null;
  readonly #interfaceIndex: number;
  readonly #address: string | null;
  readonly #isSilentWithoutAddress: boolean;
  readonly #local: LocalAddresses;

  /** Of a socket that was just opened: the interface asked for, and the address it got (as the kernel writes it). */
  constructor(
    clock: Clock,
    to: { readonly family: 4 | 6; readonly interfaceName: string | null; readonly localAddress: string | null },
  ) {
    this.#interfaceName = to.interfaceName;
    this.#interfaceIndex = to.interfaceName === null ? 0 : nativeAddon.interfaceIndex(to.interfaceName);
    this.#local = new LocalAddresses(clock, REFRESH_INTERVAL);
    // An address that no interface has although it could be bound to is local by a route (127.0.0.2, ::): it cannot go.
    const isOnInterface = to.localAddress !== null && this.#local.isOwn(to.localAddress);
    this.#address = isOnInterface ? to.localAddress : null;
    this.#isSilentWithoutAddress = to.family === 6;
  }

  /**
   * Whether it has gone: the interface was removed, if perhaps added again since, which a socket does not notice; or
   * the address is none of this machine's now. Linux has several errnos for that, which mean other things as well.
   */
  get isLost(): boolean {
    if (this.#interfaceName !== null && nativeAddon.interfaceIndex(this.#interfaceName) !== this.#interfaceIndex) {
      return true;
    }
    return this.#isAddressGone;
  }

  /** Whether the kernel would now send from an address that has gone, without an error: Linux does that in IPv6. */
  get wouldSendFromNowhere(): boolean {
    return this.#isSilentWithoutAddress && this.#isAddressGone;
  }

  get #isAddressGone(): boolean {
    return this.#address !== null && !this.#local.isOwn(this.#address);
  }
}
