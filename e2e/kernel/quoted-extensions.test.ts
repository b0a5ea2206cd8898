import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/contract/units.ts';
import type { ProbeRequest, ProbeResult } from '../../src/main/icmp/probe-transport.ts';
import { addresses } from '../lab/addresses.ts';
import { capture } from '../lab/capture.ts';
import { inject } from '../lab/inject.ts';
import { checksumOf, icmp4, icmp6, icmpMessage } from './icmp-packets.ts';
import { fateOf, openProbes } from './probe-rounds.ts';

const { client, silent, secondRouter, target, targetLinkMtu } = addresses;
/** Longer than making an answer by hand takes. */
const TIMEOUT = milliseconds(10_000);

/** Label 24001 with traffic class 5 and TTL 1, label 16 with TTL 255 at the bottom; the incoming interface 538 "ge-0/1". */
const OBJECTS = '000c0101 05dc1a01 000101ff 0010020a 0000021a 0867652d302f3100';
const EXPECTED = {
  mpls: [
    { label: 24_001, trafficClass: 5, isBottom: false, ttl: 1 },
    { label: 16, trafficClass: 0, isBottom: true, ttl: 255 },
  ],
  interfaces: [{ role: 'incoming', index: 538, address: null, name: 'ge-0/1', mtu: null }],
  others: [],
};

function extensions(): Buffer {
  const bytes = Buffer.from(`20000000${OBJECTS}`.replaceAll(' ', ''), 'hex');
  bytes.writeUInt16BE(checksumOf(bytes), 2);
  return bytes;
}

/** The answer to a probe of which this is made: time exceeded, of which the test says what it quotes. */
async function answerTo(
  family: 4 | 6,
  choice: 'privileged' | 'unprivileged',
  change: Partial<ProbeRequest>,
  quoteOf: (packet: Buffer) => { readonly quote: Buffer; readonly toldBytes: number },
): Promise<ProbeResult> {
  const version = family === 4 ? 'v4' : 'v6';
  using transport = await openProbes(family, choice);
  await using link = await capture(null, client.interfaceName, 'icmp[0] = 8 or (icmp6 and ip6[40] = 128)');
  const fate = fateOf(transport, silent[version], { timeout: TIMEOUT, ...change });
  await Promise.resolve();
  const packets = await link.stop();
  expect(packets).toHaveLength(1);
  const { quote, toldBytes } = quoteOf(Buffer.from(packets[0]?.bytes ?? []));
  const router = secondRouter[version];
  // The length of the quote stands in the second word, in words of 4 bytes in ICMPv4 and of 8 in ICMPv6 (RFC 4884).
  inject(
    family === 4
      ? icmp4(router, client.v4, icmpMessage(11, 0, toldBytes / 4, 0, quote))
      : icmp6(router, client.v6, icmpMessage(3, 0, (toldBytes / 8) << 8, 0, quote)),
  );
  // Awaited here, or the transport would be disposed of first.
  return await fate;
}

describe.each([
  { family: 4, choice: 'privileged' },
  { family: 4, choice: 'unprivileged' },
  { family: 6, choice: 'privileged' },
  { family: 6, choice: 'unprivileged' },
] as const)('an ICMPv$family error to a $choice socket', ({ family, choice }) => {
  const padded = (packet: Buffer) => Buffer.concat([packet, Buffer.alloc(128 - packet.length)]);

  it.each([
    { payloadBytes: 56, toldBytes: 128, quote: 'whose length is told' },
    { payloadBytes: 0, toldBytes: 128, quote: 'whose length is told' },
    { payloadBytes: 56, toldBytes: 0, quote: 'by an old router that tells no length' },
    { payloadBytes: 5, toldBytes: 0, quote: 'by an old router that tells no length' },
  ])(
    'gives labels and interface behind a quote of 128 bytes $quote, of a probe with $payloadBytes bytes of payload',
    async ({ payloadBytes, toldBytes }) => {
      const answer = await answerTo(family, choice, { payloadBytes }, (packet) => ({
        quote: Buffer.concat([padded(packet), extensions()]),
        toldBytes,
      }));
      expect(answer).toMatchObject({ kind: 'time-exceeded', extensions: EXPECTED, isQuoteAltered: false });
    },
  );

  it('with a wrong sum of its extensions gives the answer without them', async () => {
    const answer = await answerTo(family, choice, {}, (packet) => {
      const spoilt = extensions();
      spoilt.writeUInt16BE(spoilt.readUInt16BE(2) ^ 1, 2);
      return { quote: Buffer.concat([padded(packet), spoilt]), toldBytes: 128 };
    });
    expect(answer).toMatchObject({ kind: 'time-exceeded', extensions: null });
  });

  it('that quotes another checksum than was sent tells that the quote is altered', async () => {
    const checksumAt = (family === 4 ? 20 : 40) + 2;
    const answer = await answerTo(family, choice, { flow: 1 }, (packet) => {
      packet.writeUInt16BE(packet.readUInt16BE(checksumAt) ^ 0x0101, checksumAt);
      return { quote: packet, toldBytes: 0 };
    });
    expect(answer).toMatchObject({ kind: 'time-exceeded', isQuoteAltered: true });
  });

  it('that quotes another source tells that, where the kernel hands the quoted header over', async () => {
    const sourceAt = family === 4 ? 12 : 8;
    const answer = await answerTo(family, choice, {}, (packet) => {
      packet[sourceAt + 3] = (packet[sourceAt + 3] as number) ^ 1;
      return { quote: packet, toldBytes: 0 };
    });
    expect(answer).toMatchObject({ kind: 'time-exceeded', isQuoteAltered: choice === 'privileged' });
  });
});

describe.each([
  { family: 4, version: 'v4', headerBytes: 28 },
  { family: 6, version: 'v6', headerBytes: 48 },
] as const)('a transport that never fragments, IP$version', ({ family, version, headerBytes }) => {
  it.each(['privileged', 'unprivileged'] as const)(
    'has the router with the smaller link tell its MTU each time, whatever the system has learned (%s)',
    async (choice) => {
      using transport = await openProbes(family, choice, true);
      const fits = targetLinkMtu - headerBytes;
      for (let count = 0; count < 2; count++) {
        expect(await fateOf(transport, target[version], { payloadBytes: fits + 1 })).toMatchObject({
          kind: 'packet-too-big',
          mtu: targetLinkMtu,
          responder: secondRouter[version],
        });
      }
      expect(await fateOf(transport, target[version], { payloadBytes: fits })).toMatchObject({ kind: 'echo-reply' });
      expect(await fateOf(transport, target[version], { payloadBytes: 1_500 })).toMatchObject({
        kind: 'send-failed',
        reason: 'too-big',
      });
    },
  );
});
