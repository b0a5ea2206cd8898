/**
 * The cases of the Windows backend that wine can show, run by Windows' own Node under wine inside the lab. Each says
 * what must come of one request, or of several, over the transport that the app itself uses.
 * `scripts/cross/run-under-wine.mjs` starts it.
 */
import { setTimeout } from 'node:timers/promises';
import { hopLimit, milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { SystemRandom } from '../../src/main/base/random.ts';
import { nativeAddon } from '../../src/main/icmp/native-addon.ts';
import { type OpenTransportOptions, openTransport } from '../../src/main/icmp/open-transport.ts';
import type { ProbeRequest, ProbeResult } from '../../src/main/icmp/probe-transport.ts';
import { addresses } from '../lab/addresses.ts';

const TIMEOUT = milliseconds(1_500);

const AS_USUAL: OpenTransportOptions = {
  family: 4,
  choice: 'auto',
  source: null,
  interfaceName: null,
  transmitTimestamps: false,
};

/** Whether a value has at least these properties with these values. */
function hasAll(value: object, expected: object): boolean {
  const actual = new Map(Object.entries(value));
  return Object.entries(expected).every(([key, wanted]) => actual.get(key) === wanted);
}

async function open(change: Partial<OpenTransportOptions> = {}) {
  return openTransport({ clock: new SystemClock(), random: new SystemRandom() }, { ...AS_USUAL, ...change });
}

/** Results of requests that leave together, each once; one that is told twice comes twice. */
async function resultsOf(
  requests: ReadonlyArray<Partial<ProbeRequest> & { readonly destination: string }>,
  change: Partial<OpenTransportOptions> = {},
): Promise<ProbeResult[]> {
  const opened = await open(change);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const transport = opened.value;
  const results: ProbeResult[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const request of requests) {
    transport.send(
      { hopLimit: hopLimit(64), payloadBytes: 56, trafficClass: 0, timeout: TIMEOUT, ...request },
      (result) => {
        results.push(result);
        if (results.length === requests.length) resolve();
      },
    );
  }
  await promise;
  // Not `using`: the Node that wine can run does not know it.
  transport[Symbol.dispose]();
  return results;
}

async function resultOf(
  destination: string,
  request: Partial<ProbeRequest> = {},
  change: Partial<OpenTransportOptions> = {},
): Promise<ProbeResult> {
  const [result] = await resultsOf([{ destination, ...request }], change);
  if (result === undefined) throw new Error('no result');
  return result;
}

/** A case: its name as a sentence, and whether it holds, with what was seen. */
type Case = readonly [sentence: string, run: () => Promise<{ readonly holds: boolean; readonly seen: unknown }>];

function expecting(expected: object, result: () => Promise<ProbeResult>) {
  return async () => {
    const seen = await result();
    return { holds: hasAll(seen, expected), seen };
  };
}

/** Whether the round trip is possible, and as fine as its source. (A call takes wine longer than loopback does.) */
function isTimedAsItSays(result: ProbeResult): boolean {
  if (result.kind !== 'echo-reply' || result.rtt <= 0 || result.rtt >= TIMEOUT) return false;
  return result.timestampSource === (Number.isInteger(result.rtt) ? 'milliseconds' : 'performance-counter');
}

const { target, firstRouter, secondRouter, silent, absentNeighbour, noRouteAtFirstRouter } = addresses;

const CASES: readonly Case[] = [
  [
    'loads in a program of this name and knows its system',
    async () => ({ holds: nativeAddon.platform === 'win32', seen: `${process.execPath}: ${nativeAddon.platform}` }),
  ],
  [
    'gets echo replies from loopback, each timed by the performance counter or, woken late, in whole milliseconds',
    async () => {
      const seen: ProbeResult[] = [];
      while (seen.length < 10) seen.push(await resultOf('127.0.0.1'));
      const isReply = (result: ProbeResult) =>
        hasAll(result, { kind: 'echo-reply', responder: '127.0.0.1', bytesReceived: 64 });
      return { holds: seen.every((result) => isReply(result) && isTimedAsItSays(result)), seen };
    },
  ],
  [
    'gets an echo reply from behind two routers, with the hop limit that is left',
    expecting({ kind: 'echo-reply', responder: target.v4, bytesReceived: 64, replyHopLimit: 62 }, () =>
      resultOf(target.v4),
    ),
  ],
  [
    'carries a payload of nothing and one of 1,200 bytes',
    async () => {
      const seen = await resultsOf([0, 1_200].map((payloadBytes) => ({ destination: target.v4, payloadBytes })));
      const sizes = seen.map((result) => (result.kind === 'echo-reply' ? result.bytesReceived : -1));
      return { holds: sizes.toSorted((a, b) => a - b).join() === '8,1208', seen: sizes };
    },
  ],
  [
    'gives each of 300 requests sent at once its own reply',
    async () => {
      const seen = await resultsOf(
        Array.from({ length: 300 }, () => ({ destination: firstRouter.v4, timeout: milliseconds(20_000) })),
      );
      const replies = seen.filter(({ kind }) => kind === 'echo-reply').length;
      return { holds: replies === 300 && seen.length === 300, seen: `${replies} replies of ${seen.length} results` };
    },
  ],
  [
    'gets time exceeded from the first router at hop limit 1',
    expecting(
      { kind: 'time-exceeded', responder: firstRouter.v4, icmpType: 11, icmpCode: 0, fromThisMachine: false },
      () => resultOf(target.v4, { hopLimit: hopLimit(1) }),
    ),
  ],
  [
    'gets time exceeded from the second router at hop limit 2',
    expecting({ kind: 'time-exceeded', responder: secondRouter.v4, icmpType: 11, icmpCode: 0 }, () =>
      resultOf(target.v4, { hopLimit: hopLimit(2) }),
    ),
  ],
  [
    'says that a neighbour which nobody is cannot be reached',
    expecting({ icmpType: 3, icmpCode: 1, kind: 'destination-unreachable' }, () =>
      resultOf(absentNeighbour.v4, { timeout: milliseconds(8_000) }),
    ),
  ],
  [
    'gets too big from the second router for a packet that must not be cut, without an MTU that nobody told',
    expecting({ kind: 'packet-too-big', responder: secondRouter.v4, icmpType: 3, icmpCode: 4, mtu: null }, () =>
      resultOf(target.v4, { payloadBytes: 1_400 }, { dontFragment: true }),
    ),
  ],
  [
    'lets a packet of that size be cut otherwise',
    expecting({ kind: 'echo-reply', bytesReceived: 1_408 }, () => resultOf(target.v4, { payloadBytes: 1_400 })),
  ],
  [
    'says timed-out at its own deadline when nobody answers',
    async () => {
      const started = performance.now();
      const { kind } = await resultOf(silent.v4, { timeout: milliseconds(300) });
      const waitedMs = performance.now() - started;
      // The echo interface itself waits for a second longer.
      return { holds: kind === 'timed-out' && waitedMs >= 299 && waitedMs < 1_300, seen: `${kind}` };
    },
  ],
  [
    'sends from an address that is its own, and refuses another',
    async () => {
      const own = await resultOf(target.v4, {}, { source: addresses.client.v4 });
      const other = await open({ source: '192.0.2.1' });
      const code = other.ok ? 'opened' : other.failure.code;
      return { holds: own.kind === 'echo-reply' && code === 'address-not-local', seen: [own.kind, code] };
    },
  ],
  [
    'refuses what Windows cannot do, by the table of abilities',
    async () => {
      const seen = await Promise.all([open({ interfaceName: 'c0' }), open({ choice: 'privileged' })]);
      const told = seen.map((each) =>
        each.ok || each.failure.code !== 'ability-missing' ? 'opened' : each.failure.ability,
      );
      const { kind } = await resultOf(target.v4, { trafficClass: 184 });
      return { holds: told.join() === 'interface,raw-sockets' && kind === 'send-failed', seen: [...told, kind] };
    },
  ],
  [
    'calls nobody after it was closed with a request under way, and stays sound',
    async () => {
      const opened = await open();
      if (!opened.ok) throw new Error(opened.failure.code);
      let calls = 0;
      opened.value.send(
        {
          destination: silent.v4,
          hopLimit: hopLimit(64),
          payloadBytes: 56,
          trafficClass: 0,
          timeout: milliseconds(100),
        },
        () => calls++,
      );
      await setTimeout(20);
      opened.value[Symbol.dispose]();
      await setTimeout(1_500);
      const { kind } = await resultOf('127.0.0.1');
      return { holds: calls === 0 && kind === 'echo-reply', seen: `${calls} calls, then ${kind}` };
    },
  ],
  [
    'says what this system says of a network that the first router has no way to',
    async () => {
      const seen = await resultOf(noRouteAtFirstRouter.v4);
      // wine 8 gives a timeout here, and Windows "net unreachable", which leaves the code open.
      const isTold = hasAll(seen, { kind: 'destination-unreachable', icmpType: 3, icmpCode: null });
      return { holds: isTold || seen.kind === 'timed-out', seen };
    },
  ],
  [
    'has no IPv6 where the system has none, and says so',
    async () => {
      const opened = await open({ family: 6 });
      return {
        holds: !opened.ok && opened.failure.code === 'family-not-supported',
        seen: opened.ok ? 'opened' : opened.failure,
      };
    },
  ],
];

let failures = 0;
for (const [sentence, run] of CASES) {
  const { holds, seen } = await run().catch((error: unknown) => ({ holds: false, seen: String(error) }));
  if (!holds) failures++;
  console.log(`${holds ? 'held  ' : 'FAILED'} ${sentence}${holds ? '' : `\n       seen: ${JSON.stringify(seen)}`}`);
}
console.log(`${CASES.length - failures} of ${CASES.length} cases held`);
process.exit(failures === 0 ? 0 : 1);
