import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import type { NativeSocketOptions } from './native-addon.ts';
import type { ProbeResult } from './probe-transport.ts';
import { SocketTransport } from './socket-transport.ts';

/** This machine's interfaces: of each its index and addresses. */
const machine = vi.hoisted(() => ({
  interfaces: new Map<string, { index: number; addresses: readonly string[] }>(),
}));

vi.mock('node:os', async (importActual) => {
  const networkInterfaces = () =>
    Object.fromEntries(
      [...machine.interfaces].map(([name, { addresses }]) => [
        name,
        addresses.map((address) => ({
          address,
          family: address.includes(':') ? 'IPv6' : 'IPv4',
          netmask: '255.255.255.0',
        })),
      ]),
    );
  return { ...(await importActual<typeof import('node:os')>()), networkInterfaces };
});
vi.mock('./native-addon.ts', async () => {
  const { fakeNativeAddon } = await import('./fake-native-addon.ts');
  const interfaceIndex = (name: string) => machine.interfaces.get(name)?.index ?? 0;
  return { nativeAddon: { ...fakeNativeAddon, interfaceIndex } };
});

const ENODEV = 19;
const ENETUNREACH = 101;
const PLUGGED_IN = { index: 7, addresses: ['192.0.2.9', '2001:db8::9'] };

beforeEach(() => {
  machine.interfaces.clear();
  machine.interfaces.set('lo', { index: 1, addresses: ['127.0.0.1', '::1'] });
  machine.interfaces.set('eth7', PLUGGED_IN);
});

/** A transport, and what becomes of a probe that it sends when the kernel answers so. */
function open(options: Pick<NativeSocketOptions, 'family'> & Partial<NativeSocketOptions>) {
  const clock = new VirtualClock();
  const transport = new SocketTransport(
    { clock, random: new SeededRandom(1) },
    {
      kind: 'dgram',
      address: null,
      interfaceName: null,
      receiveBufferBytes: 1,
      queueBytes: 1,
      transmitTimestamps: false,
      dontFragment: 'default',
      onlyIdentifier: null,
      ...options,
    },
  );
  const native = FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
  const send = async (errno = 0): Promise<string> => {
    // Longer than what is known of the addresses may be old.
    clock.advance(milliseconds(25));
    if (errno !== 0) native.sendErrnos.push(errno);
    let fate: ProbeResult | null = null;
    const before = native.sends.length;
    const destination = options.family === 4 ? '198.51.100.1' : '2001:db8:1::1';
    const timeout = milliseconds(1_000);
    transport.send({ destination, hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout }, (result) => {
      fate = result;
    });
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const told = fate as ProbeResult | null;
    if (told?.kind === 'send-failed') return `${told.reason} ${told.code}`;
    return native.sends.length > before ? 'sent' : 'nothing';
  };
  return { send };
}

describe('a send that fails on a socket bound to an interface', () => {
  it.each([
    [4, ENODEV, 'interface-gone ENODEV'],
    [6, ENETUNREACH, 'interface-gone ENETUNREACH'],
  ] as const)('of IPv%i says that the interface has gone, whatever the errno', async (family, errno, expected) => {
    const { send } = open({ family, interfaceName: 'eth7' });
    machine.interfaces.delete('eth7');
    expect(await send(errno)).toBe(expected);
    // Another of the same name is not the one that the socket knows.
    machine.interfaces.set('eth7', { ...PLUGGED_IN, index: 8 });
    expect(await send(errno)).toBe(expected);
  });

  it('says what the errno says while the interface is there, be it down', async () => {
    const { send } = open({ family: 6, interfaceName: 'eth7' });
    expect(await send(ENETUNREACH)).toBe('no-route ENETUNREACH');
  });
});

describe('a socket bound to an address that has gone', () => {
  it('of IPv6 sends nothing, since the kernel would send from it all the same, and goes on when it is back', async () => {
    const { send } = open({ family: 6, address: '2001:db8::9' });
    expect(await send()).toBe('sent');
    machine.interfaces.set('eth7', { index: 7, addresses: ['192.0.2.9'] });
    expect(await send()).toBe('interface-gone EADDRNOTAVAIL');
    machine.interfaces.set('eth7', PLUGGED_IN);
    expect(await send()).toBe('sent');
  });

  it('of IPv4 leaves it to the kernel to refuse, and says why it did', async () => {
    const { send } = open({ family: 4, address: '192.0.2.9' });
    machine.interfaces.delete('eth7');
    expect(await send(ENETUNREACH)).toBe('interface-gone ENETUNREACH');
  });

  it('is not taken for gone when no interface had it: an address that is local by a route, or any', async () => {
    for (const address of ['2001:db8:77::1', '::']) {
      expect(await open({ family: 6, address }).send()).toBe('sent');
    }
    expect(await open({ family: 4, address: '127.0.0.2' }).send(ENETUNREACH)).toBe('no-route ENETUNREACH');
  });
});

it('a send that fails on a socket bound to nothing is about the way there', async () => {
  machine.interfaces.clear();
  expect(await open({ family: 6 }).send()).toBe('sent');
  expect(await open({ family: 4 }).send(ENETUNREACH)).toBe('no-route ENETUNREACH');
});
