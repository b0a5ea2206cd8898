import { describe, expect, test } from 'vitest';
import { hopLimit, type Milliseconds, milliseconds } from '../../contract/units.ts';
import {
  FLOW_PAYLOAD_BYTES,
  type ProbeRequest,
  type ProbeResult,
  type ProbeTransport,
  type RepeatedAnswer,
} from './probe-transport.ts';

/** A transport in a network in which each of these destinations behaves as its name says. */
export interface TransportFixture {
  open(): Promise<ProbeTransport>;
  /** Lets this much time pass, on whatever clock the transport lives by. */
  pass(duration: Milliseconds): Promise<void>;
  readonly answering: string;
  readonly silent: string;
  /** This machine has no route to it; null where the network cannot show that. */
  readonly unroutable: string | null;
  /** Two routers or more away; a hop limit of 1 ends at `firstRouter`. */
  readonly distant: string;
  readonly firstRouter: string;
  /** A router says that it cannot be reached. */
  readonly unreachable: {
    readonly address: string;
    readonly responder: string;
    readonly icmpType: number;
    readonly icmpCode: number;
  };
}

/** Long enough for any answer in a test network, short enough to wait for. */
const TIMEOUT = milliseconds(300);

/**
 * What every transport owes to the engine: run it against each. Where real time has to pass, let the tests wait all at
 * once: each has a transport of its own.
 */
export function describeTransport(
  name: string,
  fixture: () => TransportFixture,
  order: 'one-by-one' | 'all-at-once' = 'one-by-one',
): void {
  const it = order === 'all-at-once' ? test.concurrent : test;
  describe(`the ${name} transport`, () => {
    const probe = (destination: string, change: Partial<ProbeRequest> = {}): ProbeRequest => ({
      destination,
      hopLimit: hopLimit(64),
      payloadBytes: 56,
      trafficClass: 0,
      timeout: TIMEOUT,
      ...change,
    });

    /** Sends the probes in one task and gives every result and repeat that came until well after the timeout. */
    const resultsOf = async (probes: readonly ProbeRequest[]) => {
      using transport = await fixture().open();
      const results = probes.map((): ProbeResult[] => []);
      const repeats: RepeatedAnswer[] = [];
      let sending = true;
      let calledWithinSend = false;
      for (const [index, request] of probes.entries()) {
        transport.send(
          request,
          (result) => {
            calledWithinSend ||= sending;
            results[index]?.push(result);
          },
          (repeat) => repeats.push(repeat),
        );
      }
      sending = false;
      await fixture().pass(milliseconds(TIMEOUT * 1.4));
      return { results, repeats, calledWithinSend, transport };
    };

    const resultOf = async (request: ProbeRequest) => {
      const { results } = await resultsOf([request]);
      expect(results[0]).toHaveLength(1);
      return results[0]?.[0] as ProbeResult;
    };

    it('gives the echo reply, once, with who answered, how much and how fast', async () => {
      const { results, repeats, calledWithinSend } = await resultsOf([probe(fixture().answering)]);
      expect(results).toEqual([
        [expect.objectContaining({ kind: 'echo-reply', responder: fixture().answering, bytesReceived: 64 })],
      ]);
      expect([repeats, calledWithinSend]).toEqual([[], false]);
      const reply = results[0]?.[0] as Extract<ProbeResult, { kind: 'echo-reply' }>;
      expect(reply.rtt).toBeGreaterThan(0);
      expect(reply.rtt).toBeLessThan(TIMEOUT);
    });

    it('carries a payload of nothing and one of 1,200 bytes', async () => {
      const { results } = await resultsOf(
        [0, 1_200].map((payloadBytes) => probe(fixture().answering, { payloadBytes })),
      );
      expect(results.flat()).toMatchObject([
        { kind: 'echo-reply', bytesReceived: 8 },
        { kind: 'echo-reply', bytesReceived: 1_208 },
      ]);
    });

    it('gives each of 300 probes sent at once its own reply', async () => {
      const { results, repeats } = await resultsOf(Array.from({ length: 300 }, () => probe(fixture().answering)));
      expect(results.map((own) => own.map(({ kind }) => kind))).toEqual(
        Array.from({ length: 300 }, () => ['echo-reply']),
      );
      expect(repeats).toEqual([]);
    });

    it('says timed-out, once, when nobody answers', async () => {
      expect(await resultOf(probe(fixture().silent))).toMatchObject({ kind: 'timed-out' });
    });

    it('gives the answer of the router at which the hop limit runs out', async () => {
      const answer = await resultOf(probe(fixture().distant, { hopLimit: hopLimit(1) }));
      expect(answer).toMatchObject({ kind: 'time-exceeded', responder: fixture().firstRouter, fromThisMachine: false });
    });

    it('keeps the hop limits of probes sent at once apart', async () => {
      const { results } = await resultsOf(
        [64, 1, 64, 1].map((limit) => probe(fixture().distant, { hopLimit: hopLimit(limit) })),
      );
      expect(results.flat().map(({ kind }) => kind)).toEqual([
        'echo-reply',
        'time-exceeded',
        'echo-reply',
        'time-exceeded',
      ]);
    });

    it('gives a destination-unreachable with its type, code and who said it', async () => {
      const { address, ...expected } = fixture().unreachable;
      expect(await resultOf(probe(address))).toMatchObject({ kind: 'destination-unreachable', ...expected });
    });

    it('does not let an error of one probe fail the sends after it', async () => {
      const { results } = await resultsOf(
        Array.from({ length: 40 }, (_, index) =>
          index % 2 === 0 ? probe(fixture().distant, { hopLimit: hopLimit(1) }) : probe(fixture().answering),
        ),
      );
      const kinds = results.flat().map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'send-failed')).toEqual([]);
      expect(kinds.filter((kind) => kind === 'echo-reply')).toHaveLength(20);
    });

    it('says send-failed, and why, when this machine has no route', async () => {
      const { unroutable } = fixture();
      if (unroutable === null) return; // said by the fixture: such a network has only destinations with routes
      expect(await resultOf(probe(unroutable))).toMatchObject({ kind: 'send-failed', reason: 'no-route' });
    });

    it('says send-failed for a destination that is no address of its family', async () => {
      const otherFamily = fixture().answering.includes(':') ? '127.0.0.1' : '::1';
      const { results } = await resultsOf(['example.org', '', '999.1.1.1', otherFamily].map((wrong) => probe(wrong)));
      const expected = [expect.objectContaining({ kind: 'send-failed', reason: 'invalid-destination' })];
      expect(results).toEqual([expected, expected, expected, expected]);
    });

    it('answers probes with a flow as any others', async () => {
      const { results } = await resultsOf(
        [0, 1, 65_534].flatMap((flow) => [
          probe(fixture().answering, { flow, payloadBytes: FLOW_PAYLOAD_BYTES }),
          probe(fixture().distant, { flow, hopLimit: hopLimit(1) }),
        ]),
      );
      const pair = ['echo-reply', 'time-exceeded'];
      expect(results.flat().map(({ kind }) => kind)).toEqual([...pair, ...pair, ...pair]);
    });

    it('says send-failed for a flow that the payload has no room for', async () => {
      const payloadBytes = FLOW_PAYLOAD_BYTES - 1;
      expect(await resultOf(probe(fixture().answering, { flow: 0, payloadBytes }))).toMatchObject({
        kind: 'send-failed',
        code: 'EINVAL',
      });
    });

    it('calls nobody after dispose', async () => {
      const transport = await fixture().open();
      const results: ProbeResult[] = [];
      transport.send(probe(fixture().answering), (result) => results.push(result));
      transport[Symbol.dispose]();
      transport[Symbol.dispose]();
      await fixture().pass(milliseconds(TIMEOUT * 1.4));
      expect(results).toEqual([]);
    });
  });
}
