import { expect, it } from 'vitest';
import { hopLimit, milliseconds } from '../../src/contract/units.ts';
import type { RepeatedAnswer } from '../../src/main/icmp/probe-transport.ts';
import { addresses } from '../lab/addresses.ts';
import { capture } from '../lab/capture.ts';
import { inject } from '../lab/inject.ts';
import { collectGarbage } from './collect-garbage.ts';
import { icmp4, icmp6, icmpMessage } from './icmp-packets.ts';
import { openProbes } from './probe-rounds.ts';

const { client, firstRouter, silent } = addresses;
/** Far beyond what a packet takes within this machine. Nothing but this timer may wait: it must not reach the transport. */
const LONGEST_WAIT_MS = 5_000;

/** Asks a host that never answers, hands over that no answer came, and waits for the late one with nothing but its promise. */
async function lateAnswer(family: 4 | 6, choice: 'privileged' | 'unprivileged', onTimeout: (fate: string) => void) {
  using transport = await openProbes(family, choice);
  const { promise, resolve } = Promise.withResolvers<RepeatedAnswer>();
  const probe = { hopLimit: hopLimit(9), payloadBytes: 56, trafficClass: 0, timeout: milliseconds(50) };
  const destination = family === 4 ? silent.v4 : silent.v6;
  transport.send({ destination, ...probe }, ({ kind }) => onTimeout(kind), resolve);
  return await promise;
}

it.each([
  { family: 4, version: 'v4', choice: 'privileged' },
  { family: 4, version: 'v4', choice: 'unprivileged' },
  { family: 6, version: 'v6', choice: 'privileged' },
  { family: 6, version: 'v6', choice: 'unprivileged' },
] as const)('a transport that only a late answer could wake is no garbage: IP$version, $choice', async (mode) => {
  const { family, version, choice } = mode;
  await using link = await capture(null, client.interfaceName, 'icmp or icmp6');
  const { promise: timedOut, resolve: onTimeout } = Promise.withResolvers<string>();
  const late = lateAnswer(family, choice, onTimeout);
  expect(await timedOut).toBe('timed-out');
  const packets = await link.stop();
  const requests = packets.filter(({ bytes }) => bytes[family === 4 ? 20 : 40] === (family === 4 ? 8 : 128));
  expect(requests).toHaveLength(1);
  await collectGarbage();
  const quote = requests[0]?.bytes ?? Buffer.alloc(0);
  inject(
    family === 4
      ? icmp4(firstRouter.v4, client.v4, icmpMessage(11, 0, 0, 0, quote))
      : icmp6(firstRouter.v6, client.v6, icmpMessage(3, 0, 0, 0, quote)),
  );
  const { promise: overdue, resolve: giveUp } = Promise.withResolvers<string>();
  const timer = setTimeout(giveUp, LONGEST_WAIT_MS, 'the answer was never heard');
  const heard = await Promise.race([late, overdue]);
  clearTimeout(timer);
  expect(heard).toMatchObject({ kind: 'late', isEchoReply: false, responder: firstRouter[version] });
});
