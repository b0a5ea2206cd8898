import { describe, expect, it } from 'vitest';
import { ICMPRequest } from '../../src/main/icmp.ts';
import { addresses } from '../lab/addresses.ts';
import { type CapturedPacket, capture } from '../lab/capture.ts';
import {
  client,
  echo,
  firstRouter,
  ipv4Modes,
  ipv6Modes,
  modes,
  nextId,
  openSocket,
  pick,
  silent,
  thrownBy,
} from './icmp-modes.ts';
import { checksumOf, pseudoHeader } from './icmp-packets.ts';

const [rawIpv4] = ipv4Modes as [(typeof modes)[number]];

/** The ICMP message of a captured packet without IP options or extension headers. */
function icmpOf({ bytes }: CapturedPacket): Buffer {
  return bytes.subarray((bytes[0] ?? 0) >> 4 === 6 ? 40 : 20);
}

/** Sends requests to the neighbour and gives their ICMP messages as they passed the link. */
async function sentMessages(mode: (typeof modes)[number], requests: readonly ICMPRequest[]): Promise<Buffer[]> {
  const filter = mode.family === 4 ? 'icmp[icmptype] = icmp-echo' : 'icmp6 and ip6[40] = 128';
  await using link = await capture(null, client.interfaceName, filter);
  using socket = openSocket(mode);
  for (const request of requests) socket.send(request);
  return (await link.stop()).map(icmpOf);
}

describe.each(modes)('ICMPRequest on the wire ($name)', (mode) => {
  it('2. a payload of 3 bytes is sent exactly, whatever payloadSize says', async () => {
    const request = new ICMPRequest(pick(mode, firstRouter), nextId(), 1, {
      payload: Buffer.from('abc'),
      payloadSize: 500,
    });
    expect((await sentMessages(mode, [request])).map((message) => message.subarray(8).toString())).toEqual(['abc']);
  });

  it('3. the default payload is random and as long as payloadSize says', async () => {
    const requests = [1, 2].map(
      (sequence) => new ICMPRequest(pick(mode, firstRouter), nextId(), sequence, { payloadSize: 100 }),
    );
    const [first, second] = await sentMessages(mode, requests);
    expect([first?.length, second?.length]).toEqual([108, 108]);
    expect(first?.subarray(8)).not.toEqual(second?.subarray(8));
  });

  it('4. the payload of one request is stable: what is read is what is sent, each time', async () => {
    const request = new ICMPRequest(pick(mode, firstRouter), nextId(), 1);
    const messages = await sentMessages(mode, [request, request]);
    const payload = Buffer.from(request.payload);
    expect(messages.map((message) => message.subarray(8))).toEqual([payload, payload]);
  });

  it('5. payloadSize 0, and an empty payload too, send 8 bytes of ICMP and get 8 back', () => {
    using socket = openSocket(mode);
    for (const options of [{ payloadSize: 0 }, { payload: new Uint8Array() }]) {
      expect(echo(socket, mode.loopback, options).reply.bytesReceived).toBe(8);
    }
  });

  it('9. time is 0 before the send and the epoch seconds of the send after it', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    expect(request.time).toBe(0);
    socket.send(request);
    expect(request.time).toBeGreaterThan(1.6e9);
    expect(Math.abs(request.time - Date.now() / 1_000)).toBeLessThan(1);
  });

  it('10. sending the same request again updates its time', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(mode.loopback, nextId(), 1);
    socket.send(request);
    const first = request.time;
    socket.receive(request);
    socket.send(request);
    expect(request.time).toBeGreaterThan(first);
  });

  it('11. time stays 0 when the packet was not handed to the kernel', () => {
    using socket = openSocket(mode);
    const request = new ICMPRequest(pick(mode, addresses.noRoute), nextId(), 1);
    thrownBy(() => socket.send(request));
    expect(request.time).toBe(0);
  });

  it('16. odd payload lengths make the round trip', () => {
    using socket = openSocket(mode);
    const sizes = [1, 3, 55, 57];
    const received = sizes.map((payloadSize) => echo(socket, mode.loopback, { payloadSize }).reply.bytesReceived);
    expect(received).toEqual(sizes.map((size) => size + 8));
  });
});

it.each(ipv6Modes)('15. an ICMPv6 request has type 128, code 0 and a valid checksum ($name)', async (mode) => {
  const [message] = (await sentMessages(mode, [new ICMPRequest(firstRouter.v6, nextId(), 1)])) as [Buffer];
  expect([message[0], message[1]]).toEqual([128, 0]);
  expect(checksumOf(pseudoHeader(client.v6, firstRouter.v6, message.length), message)).toBe(0);
});

it('10. a send that fails leaves the time of the one before', () => {
  using socket = openSocket(rawIpv4);
  const request = new ICMPRequest(silent.v4, nextId(), 1);
  socket.send(request);
  const { time } = request;
  using wrongFamily = openSocket(ipv6Modes[0] as (typeof modes)[number]);
  thrownBy(() => wrongFamily.send(request));
  expect(request.time).toBe(time);
});
