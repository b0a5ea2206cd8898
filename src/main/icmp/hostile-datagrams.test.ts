import { describe, expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { ICMPRequest, stateOfRequest } from './icmp-request.ts';
import { SocketCore } from './socket-core.ts';
import { SocketTransport } from './socket-transport.ts';
import { hostileDatagrams } from './test-hostile-datagrams.ts';
import { isTrueAnswer, PROTOCOLS } from './test-hostile-oracle.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** Of each kind of socket; four kinds make the million that is asked for. */
const DATAGRAMS = 250_000;

const TIMEOUT_MS = 120_000;

describe.each([
  { family: 4, kind: 'raw' },
  { family: 4, kind: 'dgram' },
  { family: 6, kind: 'raw' },
  { family: 6, kind: 'dgram' },
] as const)('250,000 hostile datagrams on a $kind IPv$family socket', ({ family, kind }) => {
  const { target } = PROTOCOLS[family];

  /** Delivers them all; says how many were true answers to `request`. */
  function deliver(request: Uint8Array, isTokenChecked: boolean): number {
    const socket = FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
    let answers = 0;
    let count = 0;
    for (const { arrival, record } of hostileDatagrams(family, kind, request, DATAGRAMS)) {
      if (isTrueAnswer(arrival, request, isTokenChecked)) answers++;
      socket.inject(record);
      if (++count % 256 === 0) socket.wake();
    }
    socket.wake();
    return answers;
  }

  const requestOf = () => FakeNativeSocket.opened.at(-1)?.sends[0]?.icmp ?? new Uint8Array();

  it(
    'leave the transport standing, and it takes as an answer exactly what is one',
    async () => {
      const transport = new SocketTransport(
        { clock: new VirtualClock(), random: new SeededRandom(11) },
        {
          family,
          kind,
          address: null,
          interfaceName: null,
          receiveBufferBytes: 1,
          queueBytes: 1,
          transmitTimestamps: false,
          dontFragment: 'default',
          onlyIdentifier: null,
        },
      );
      let answers = 0;
      const timeout = milliseconds(60_000);
      transport.send(
        { destination: target, hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout },
        () => answers++,
        () => answers++,
      );
      await Promise.resolve();
      const expected = deliver(requestOf(), true);
      const { unmatched, malformed, forged } = transport.counters();
      expect(answers).toBe(expected);
      expect(answers + unmatched + malformed + forged).toBe(DATAGRAMS);
      // The mixture must reach every branch, or the test would prove little.
      expect(Math.min(answers, unmatched, malformed, forged)).toBeGreaterThan(1_000);
    },
    TIMEOUT_MS,
  );

  it(
    'leave a socket of the library standing, and it takes as an answer exactly what is one, whatever the payload',
    () => {
      const core = new SocketCore({
        family,
        address: null,
        privileged: kind === 'raw',
        interfaceName: null,
        dontFragment: null,
      });
      // On a dgram socket the kernel would put its identifier into the request, which the fake does not.
      const request = new ICMPRequest(target, FakeNativeSocket.opened.at(-1)?.properties.identifier || 0x4d2a, 7);
      expect(core.trySend(request)).toBeNull();
      const state = stateOfRequest(request);
      const counts = { answers: 0, others: 0 };
      const offer = (datagram: Parameters<typeof core.isAnswer>[0]) => {
        counts[core.isAnswer(datagram, state) ? 'answers' : 'others']++;
        return true;
      };
      core.startReading({ offer: (entry) => offer(entry.datagram), onClose: () => {} }, () => core.collect());
      const expected = deliver(requestOf(), false);
      core.close();
      expect(counts.answers).toBe(expected);
      const malformed = DATAGRAMS - counts.answers - counts.others;
      expect(Math.min(counts.answers, counts.others, malformed)).toBeGreaterThan(1_000);
    },
    TIMEOUT_MS,
  );
});
