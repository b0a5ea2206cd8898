import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { hopLimit, milliseconds } from '../../src/contract/units.ts';
import type { ProbeResult, RepeatedAnswer } from '../../src/main/icmp/probe-transport.ts';
import { CHAIN_LENGTH, chainAddresses } from '../lab/addresses.ts';
import { type CapturedPacket, capture } from '../lab/capture.ts';
import { chainPlace, makeChain } from '../lab/chain.ts';
import { inject } from '../lab/inject.ts';
import { runUnprivileged, withFirewall } from '../lab/lab.ts';
import { icmp4, icmp6, icmpMessage } from './icmp-packets.ts';
import { fateOf, fatesOfRound, openProbes, reported } from './probe-rounds.ts';

const { client, routers, target } = chainAddresses;
const HOPS = CHAIN_LENGTH + 1;
/** One of the routers, which says nothing while this holds. */
const SILENT_HOP = 5;
const SILENCE = `chain output { type filter hook output priority 0; icmp type time-exceeded drop; icmpv6 type time-exceeded drop; }`;

beforeAll(async () => void (await makeChain()));

/** The ICMP message in a packet of the lab, which has no options nor extension headers. */
const messageIn = ({ bytes }: CapturedPacket) => bytes.subarray((bytes[0] as number) >> 4 === 4 ? 20 : 40);
const isRequest = (packet: CapturedPacket) => [8, 128].includes(messageIn(packet)[0] as number);

/** What crossed the client's link while `body` ran, echo requests only. */
async function requestsDuring(body: () => Promise<unknown>): Promise<readonly CapturedPacket[]> {
  await using link = await capture(null, client.interfaceName, 'icmp or icmp6');
  await body();
  return (await link.stop()).filter(isRequest);
}

function expectWholeChain(fates: readonly ProbeResult[], version: 'v4' | 'v6', quotedHopLimit: number | null): void {
  expect(fates).toEqual([
    ...routers.map((router, index) =>
      expect.objectContaining({
        kind: 'time-exceeded',
        responder: router[version],
        // A Linux router starts with 64, and each one on the way back takes one.
        replyHopLimit: 64 - index,
        quotedHopLimit,
        isQuoteAltered: false,
        extensions: null,
        fromThisMachine: false,
      }),
    ),
    expect.objectContaining({ kind: 'echo-reply', responder: target[version], replyHopLimit: 64 - CHAIN_LENGTH }),
  ]);
}

describe.each([
  { family: 4, version: 'v4', choice: 'privileged' },
  { family: 4, version: 'v4', choice: 'unprivileged' },
  { family: 6, version: 'v6', choice: 'privileged' },
  { family: 6, version: 'v6', choice: 'unprivileged' },
] as const)('a chain of ten routers, IP$version, $choice', ({ family, version, choice }) => {
  it('answers all hop limits sent at once, each router in its place and the target behind them', async () => {
    using transport = await openProbes(family, choice);
    const fates = await fatesOfRound(transport, target[version], HOPS, { flow: 0 });
    expectWholeChain(fates, version, choice === 'privileged' ? 1 : null);
    expect(transport.counters()).toEqual({ localDrops: 0, unmatched: 0, malformed: 0, forged: 0 });
  });

  it('sees one identifier and one checksum of all probes of a flow, and another checksum of another flow', async () => {
    using transport = await openProbes(family, choice);
    const checksums: number[][] = [];
    const identifiers = new Set<number>();
    for (const flow of [0, 1, 65_534]) {
      const requests = await requestsDuring(async () => {
        for (let round = 0; round < 3; round++) await fatesOfRound(transport, target[version], HOPS, { flow });
      });
      expect(requests).toHaveLength(3 * HOPS);
      const messages = requests.map(messageIn);
      expect(new Set(messages.map((message) => message.readUInt16BE(6))).size).toBe(3 * HOPS);
      for (const message of messages) identifiers.add(message.readUInt16BE(4));
      checksums.push([...new Set(messages.map((message) => message.readUInt16BE(2)))]);
    }
    expect(checksums.map((each) => each.length)).toEqual([1, 1, 1]);
    expect([new Set(checksums.flat()).size, identifiers.size]).toEqual([3, 1]);
  });

  it('loses nothing but the word of a silent router', async () => {
    using transport = await openProbes(family, choice);
    const timeout = milliseconds(300);
    const fates = await withFirewall(chainPlace(SILENT_HOP), SILENCE, () =>
      fatesOfRound(transport, target[version], HOPS, { timeout }),
    );
    expect(fates[SILENT_HOP - 1]).toMatchObject({ kind: 'timed-out' });
    expect(fates.filter(({ kind }) => kind === 'time-exceeded')).toHaveLength(CHAIN_LENGTH - 1);
    expect(fates.at(-1)).toMatchObject({ kind: 'echo-reply' });
  });

  it('hears a router that answers after the timeout, as late and no reply', async () => {
    using transport = await openProbes(family, choice);
    const results: ProbeResult[] = [];
    const { promise: repeated, resolve } = Promise.withResolvers<RepeatedAnswer>();
    const router = routers[SILENT_HOP - 1]?.[version] ?? '';
    await withFirewall(chainPlace(SILENT_HOP), SILENCE, async () => {
      const requests = await requestsDuring(async () => {
        const { promise, resolve: onResult } = Promise.withResolvers<void>();
        transport.send(
          {
            destination: target[version],
            hopLimit: hopLimit(SILENT_HOP),
            payloadBytes: 56,
            trafficClass: 0,
            timeout: milliseconds(100),
          },
          (result) => {
            results.push(result);
            onResult();
          },
          resolve,
        );
        await promise;
      });
      // Without the right quote no transport could know what it answers.
      expect(requests).toHaveLength(1);
      const quote = (requests[0] as CapturedPacket).bytes;
      inject(
        family === 4
          ? icmp4(router, client.v4, icmpMessage(11, 0, 0, 0, quote))
          : icmp6(router, client.v6, icmpMessage(3, 0, 0, 0, quote)),
      );
    });
    expect(await reported(transport, repeated)).toMatchObject({ kind: 'late', isEchoReply: false, responder: router });
    await setImmediate();
    expect(results.map(({ kind }) => kind)).toEqual(['timed-out']);
  });
});

it.each(['v4', 'v6'] as const)('a chain of ten routers answers a process without any right, IP%s', async (version) => {
  const { code, stdout, stderr } = await runUnprivileged('e2e/kernel/trace-chain.ts', target[version], String(HOPS));
  expect([code, stderr]).toEqual([0, '']);
  expectWholeChain(JSON.parse(stdout), version, null);
});

it('a round to a chain of ten routers waits for no answer: all requests leave though none ever comes', async () => {
  using transport = await openProbes(4, 'unprivileged');
  const silence = `chain input { type filter hook input priority 0; iifname ${client.interfaceName} drop; }`;
  const timeout = milliseconds(500);
  await fateOf(transport, target.v4); // so that the first router's link-layer address is known
  const requests = await requestsDuring(async () => {
    const fates = await withFirewall(null, silence, () => fatesOfRound(transport, target.v4, HOPS, { timeout }));
    expect(new Set(fates.map(({ kind }) => kind))).toEqual(new Set(['timed-out']));
  });
  expect(requests.map(({ bytes }) => bytes[8])).toEqual(Array.from({ length: HOPS }, (_, index) => index + 1));
  const first = requests[0]?.atEpochNs ?? 0n;
  const last = requests.at(-1)?.atEpochNs ?? 0n;
  expect(Number(last - first) / 1e6).toBeLessThan(timeout);
});
