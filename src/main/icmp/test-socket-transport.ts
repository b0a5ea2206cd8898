import { beforeEach } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import type { ProbeRequest } from './probe-transport.ts';
import { SocketTransport } from './socket-transport.ts';

/** What the tests of the transport share. A test file must itself put `fake-native-addon.ts` in place of the addon. */

export const TARGET = '192.0.2.7';
export const clock = { current: new VirtualClock() };
export const events: unknown[] = [];

beforeEach(() => {
  clock.current = new VirtualClock();
  events.length = 0;
  FakeNativeSocket.opened.length = 0;
});

export function open(kind: 'dgram' | 'raw' | 'echo-api' = 'dgram', transmitTimestamps = false) {
  const transport = new SocketTransport(
    { clock: clock.current, random: new SeededRandom(1) },
    {
      family: 4,
      kind,
      address: null,
      interfaceName: null,
      receiveBufferBytes: 1,
      queueBytes: 1,
      transmitTimestamps,
      dontFragment: 'default',
      onlyIdentifier: null,
    },
  );
  return { transport, socket: FakeNativeSocket.opened.at(-1) as FakeNativeSocket };
}

export function probe(change: Partial<ProbeRequest> = {}): ProbeRequest {
  return {
    destination: TARGET,
    hopLimit: hopLimit(64),
    payloadBytes: 56,
    trafficClass: 0,
    timeout: milliseconds(1_000),
    ...change,
  };
}

/** Sends one probe and waits for the batch to leave; what becomes of it is written down under its name. */
export async function send(
  transport: SocketTransport,
  change: Partial<ProbeRequest> = {},
  name = 'probe',
): Promise<void> {
  transport.send(
    probe(change),
    ({ sentAt: _, ...result }) => events.push([name, result]),
    (repeat) => events.push([name, repeat]),
  );
  await Promise.resolve();
  await Promise.resolve();
}

/** The ICMP message that was sent; −1 is the last. */
export function requestOf(socket: FakeNativeSocket, index = 0): Uint8Array {
  const sent = socket.sends.at(index);
  if (sent === undefined) throw new Error('nothing was sent');
  return sent.icmp;
}

/** The echo reply to what was sent as a dgram socket gets it: type 0, all else as it was. */
export function replyTo(icmp: Uint8Array): Uint8Array {
  const reply = icmp.slice();
  reply[0] = 0;
  return reply;
}
