import { expect, it, vi } from 'vitest';
import { hopLimit, milliseconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import { FakeNativeSocket } from './fake-native-addon.ts';
import { SocketTransport } from './socket-transport.ts';

vi.mock('./native-addon.ts', async () => ({ nativeAddon: (await import('./fake-native-addon.ts')).fakeNativeAddon }));

/** The issue asks for a million; half of them are random bytes, half are true answers with a few bytes changed. */
const DATAGRAMS = 1_000_000;
const TARGET = '192.0.2.7';

/** An IPv4 packet with the ICMP message inside, header checksum left zero: the kernel has checked it before a raw socket sees it. */
function packet(icmp: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(20 + icmp.length);
  bytes.set([0x45, 0, bytes.length >> 8, bytes.length & 0xff, 0, 0, 0, 0, 64, 1, 0, 0, 192, 0, 2, 7, 192, 0, 2, 1]);
  bytes.set(icmp, 20);
  return bytes;
}

/** Sets the checksum the slow and obvious way: add every 16-bit word, fold, complement. */
function withChecksum(icmp: Uint8Array): Uint8Array {
  icmp[2] = 0;
  icmp[3] = 0;
  icmp.set([~onesSum(icmp) >> 8, ~onesSum(icmp)], 2);
  return icmp;
}

function onesSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] as number) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  return sum;
}

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/**
 * Written apart from the decoder, as the rules read: is this datagram an answer to `request` of 192.0.2.7?
 * A reply must be whole and bear identifier, sequence and token; an error must quote the request's head and destination.
 */
function isTrueAnswer(datagram: Uint8Array, request: Uint8Array): boolean {
  if (datagram.length < 20 || ((datagram[0] as number) & 0xf0) !== 0x40) return false;
  const header = ((datagram[0] as number) & 15) * 4;
  const total = (datagram[2] as number) * 256 + (datagram[3] as number);
  if (header < 20 || total > datagram.length || total < header + 8 || datagram[9] !== 1) return false;
  const icmp = datagram.slice(header, total);
  if (onesSum(icmp) !== 0xffff) return false;
  const bearsToken = (message: Uint8Array) => {
    const length = Math.min(message.length, 16);
    return equal(message.slice(4, length), request.slice(4, length));
  };
  if (icmp[0] === 0) return bearsToken(icmp);
  if (![3, 4, 5, 11, 12].includes(icmp[0] as number)) return false;
  const quote = icmp.slice(8);
  if (quote.length < 20 || ((quote[0] as number) & 0xf0) !== 0x40 || quote[9] !== 1) return false;
  const quotedHeader = ((quote[0] as number) & 15) * 4;
  if (quotedHeader < 20 || quote.length < quotedHeader + 8) return false;
  if (((quote[6] as number) & 0x1f) !== 0 || quote[7] !== 0) return false;
  const quoted = quote.slice(quotedHeader);
  return (
    equal(quote.slice(16, 20), Uint8Array.of(192, 0, 2, 7)) && quoted[0] === 8 && quoted[1] === 0 && bearsToken(quoted)
  );
}

it('survives a million hostile datagrams without a throw, and takes as an answer exactly what is one', async () => {
  const clock = new VirtualClock();
  const transport = new SocketTransport(
    { clock, random: new SeededRandom(11) },
    {
      family: 4,
      kind: 'raw',
      address: null,
      interfaceName: null,
      receiveBufferBytes: 1,
      queueBytes: 1,
      transmitTimestamps: false,
      dontFragment: 'default',
      onlyIdentifier: null,
    },
  );
  const socket = FakeNativeSocket.opened.at(-1) as FakeNativeSocket;
  let answers = 0;
  transport.send(
    { destination: TARGET, hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout: milliseconds(60_000) },
    () => answers++,
    () => answers++,
  );
  await Promise.resolve();
  const request = socket.sends[0]?.icmp as Uint8Array;
  const reply = withChecksum(request.with(0, 0));
  const quote = packet(request);
  quote.set([192, 0, 2, 1, 192, 0, 2, 7], 12);
  const exceeded = withChecksum(Uint8Array.of(11, 0, 0, 0, 0, 0, 0, 0, ...quote));
  const random = new SeededRandom(12);
  const random8 = () => random.uint32() & 0xff;

  let expected = 0;
  for (let count = 0; count < DATAGRAMS; count++) {
    let datagram: Uint8Array;
    if (count % 2 === 0) {
      datagram = Uint8Array.from({ length: random.uint32() % 96 }, random8);
      // Give every second one a believable header, or nearly all would end at the first byte.
      if (count % 4 === 0 && datagram.length >= 20)
        datagram.set([0x45 + (random8() & 3), 0, 0, datagram.length, 0, 0, 0, 0, 64, 1]);
    } else {
      const icmp = (count % 4 === 1 ? reply : exceeded).slice(0);
      for (let change = random.uint32() % 3; change > 0; change--) icmp[random.uint32() % icmp.length] = random8();
      // A liar can sum as well as we can: half of the changed ones get a valid checksum.
      const summed = random8() < 128 ? withChecksum(icmp) : icmp;
      datagram = packet(random8() < 32 ? summed.slice(0, random.uint32() % summed.length) : summed);
    }
    if (isTrueAnswer(datagram, request)) expected++;
    socket.inject({ source: TARGET, data: datagram });
    if (count % 256 === 255) socket.wake();
  }
  socket.wake();
  const { unmatched, malformed, forged } = transport.counters();
  expect(answers).toBe(expected);
  expect(answers + unmatched + malformed + forged).toBe(DATAGRAMS);
  // The mixture must reach every branch, or the test would prove little.
  expect(Math.min(answers, unmatched, malformed, forged)).toBeGreaterThan(10_000);
}, 120_000);
