import { describe, expect, it } from 'vitest';
import type { Branches } from '../../../contract/path.ts';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom, unit } from '../../base/random.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { type BranchesRequest, enumerateBranches } from './branches.ts';
import { createScriptedTransport, type ScriptedAnswer, settled } from './test-scripted-transport.ts';

const DESTINATION = '198.51.100.1';
const REQUEST: BranchesRequest = {
  destination: DESTINATION,
  maxHops: 30,
  payloadBytes: 56,
  trafficClass: 0,
  timeout: seconds(2),
};
const REPLY: ScriptedAnswer = { kind: 'echo-reply', responder: DESTINATION };

/** Which router a flow meets at a hop limit; null where none answers, 'end' at the destination. */
type Topology = (hopLimit: number, flow: number, nth: number) => string | null;

async function enumerate(topology: Topology, request: Partial<BranchesRequest> = {}) {
  const clock = new VirtualClock();
  const transport = createScriptedTransport(clock, ({ hopLimit, flow }, nth) => {
    const router = topology(hopLimit, flow ?? Number.NaN, nth);
    if (router === null) return null;
    return router === 'end' ? REPLY : { kind: 'time-exceeded', responder: router };
  });
  const searching = enumerateBranches(
    { clock, transport, pacer: new ProbePacer({ clock }) },
    { ...REQUEST, ...request },
    new AbortController().signal,
  );
  return { branches: await settled(clock, searching), transport, elapsed: clock.now() };
}

/** Responders by hop, in alphabetical order. */
function addresses({ hops }: Branches): Array<Array<string | null>> {
  return hops.map(({ responders }) => responders.map(({ address }) => address).sort());
}

describe('enumerateBranches', () => {
  it('tries six flows at every hop of a path without branches', async () => {
    const { branches, elapsed } = await enumerate((hop) => (hop < 4 ? `r${hop}` : 'end'));
    expect(branches).toEqual({
      destination: DESTINATION,
      hops: ['r1', 'r2', 'r3', DESTINATION].map((address, index) => ({
        hopLimit: index + 1,
        responders: [{ address, flows: [0, 1, 2, 3, 4, 5] }],
        probes: 6,
        isComplete: true,
      })),
      links: [
        { hopLimit: 1, from: 'r1', to: 'r2' },
        { hopLimit: 2, from: 'r2', to: 'r3' },
        { hopLimit: 3, from: 'r3', to: DESTINATION },
      ],
    });
    // All hops at once: two waves of one round trip each, not one a hop.
    expect(elapsed).toBeLessThan(50);
  });

  it('sends every probe with a flow and the payload that a flow needs', async () => {
    const { transport } = await enumerate((hop) => (hop < 2 ? 'r1' : 'end'), { payloadBytes: 0 });
    expect(transport.sent.every(({ flow, payloadBytes }) => flow !== undefined && payloadBytes === 10)).toBe(true);
  });

  it('finds both ways of a diamond and how they are joined', async () => {
    const { branches } = await enumerate(
      (hop, flow) => ['', 'r1', `a${flow % 2}`, `b${flow % 2}`, 'r4', 'end'][Math.min(hop, 5)] ?? null,
    );
    expect(addresses(branches)).toEqual([['r1'], ['a0', 'a1'], ['b0', 'b1'], ['r4'], [DESTINATION]]);
    expect(branches.hops.every(({ isComplete }) => isComplete)).toBe(true);
    expect(branches.links).toEqual(
      expect.arrayContaining([
        { hopLimit: 1, from: 'r1', to: 'a0' },
        { hopLimit: 1, from: 'r1', to: 'a1' },
        { hopLimit: 2, from: 'a0', to: 'b0' },
        { hopLimit: 2, from: 'a1', to: 'b1' },
        { hopLimit: 3, from: 'b0', to: 'r4' },
        { hopLimit: 3, from: 'b1', to: 'r4' },
        { hopLimit: 4, from: 'r4', to: DESTINATION },
      ]),
    );
    expect(branches.links).toHaveLength(7);
    // Eleven flows rule out a third router; six through each of the two rule out a second one behind it.
    expect(branches.hops[1]?.probes).toBeGreaterThanOrEqual(12);
    expect(branches.hops[3]?.probes).toBeLessThanOrEqual(20);
  });

  it('finds a rare branch behind one of two routers by steering flows through that router', async () => {
    // Behind a1 there are three; of all flows only a sixth comes by each of them.
    const { branches } = await enumerate((hop, flow) => {
      if (hop === 1) return 'r1';
      if (hop === 2) return `a${flow % 2}`;
      if (hop === 3) return flow % 2 === 0 ? 'b0' : `c${Math.floor(flow / 2) % 3}`;
      return 'end';
    });
    expect(addresses(branches)[2]).toEqual(['b0', 'c0', 'c1', 'c2']);
    // 16 flows by way of a1 rule out a fourth behind it; of the 16 that would do for the hop as a whole only half go there.
    const byWayOfA1 = branches.hops[2]?.responders.filter(({ address }) => address?.startsWith('c')) ?? [];
    expect(byWayOfA1.flatMap(({ flows }) => flows).length).toBeGreaterThanOrEqual(16);
    expect(branches.hops[2]?.isComplete).toBe(true);
  });

  it('misses a branch of eight in no more than one of twenty runs', async () => {
    let missed = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const random = new SeededRandom(seed);
      const ways = Array.from({ length: 64 }, () => Math.floor(8 * unit(random)));
      const { branches } = await enumerate((hop, flow) => (hop === 1 ? `w${ways[flow]}` : 'end'));
      if (addresses(branches)[0]?.length !== 8) missed += 1;
    }
    expect(missed).toBeLessThanOrEqual(5);
  });

  it('gives a silent hop up after six flows and goes on behind it', async () => {
    const { branches, transport, elapsed } = await enumerate(
      (hop) => [null, 'r1', null, 'r3', 'end'][Math.min(hop, 4)] ?? null,
    );
    expect(branches.hops[1]).toEqual({
      hopLimit: 2,
      responders: [{ address: null, flows: [0, 1, 2, 3, 4, 5] }],
      probes: 6,
      isComplete: false,
    });
    expect(addresses(branches)).toEqual([['r1'], [null], ['r3'], [DESTINATION]]);
    expect(branches.links).toEqual([{ hopLimit: 3, from: 'r3', to: DESTINATION }]);
    expect(transport.sent.filter(({ hopLimit }) => hopLimit === 2)).toHaveLength(6);
    // The silence of the first flow, then that of five more together.
    expect(elapsed).toBeLessThan(4_100);
  });

  it('repeats what a router with a rate limit did not answer', async () => {
    // Every third probe to the second hop is answered.
    let asked = 0;
    const { branches } = await enumerate((hop) => {
      if (hop === 1) return 'r1';
      if (hop > 2) return 'end';
      asked += 1;
      return asked % 3 === 0 ? 'r2' : null;
    });
    expect(addresses(branches)[1]).toContain('r2');
    expect(branches.hops[1]?.responders[0]?.flows.length).toBeGreaterThanOrEqual(6);
    expect(branches.hops[1]?.isComplete).toBe(true);
    expect(branches.hops).toHaveLength(3);
  });

  it('stays within 64 flows a hop and says that the rule was not met', async () => {
    const { branches } = await enumerate((hop, flow) => (hop === 1 ? `w${flow}` : 'end'));
    expect(branches.hops[0]?.responders).toHaveLength(64);
    expect(branches.hops[0]?.isComplete).toBe(false);
    expect(branches.hops.every(({ probes }) => probes <= 64)).toBe(true);
  });

  it('follows the longer of two ways to its own end', async () => {
    const { branches } = await enumerate((hop, flow) => {
      if (hop === 1) return 'r1';
      if (flow % 2 === 0) return hop === 2 ? 'short' : 'end';
      return hop < 5 ? `long${hop}` : 'end';
    });
    expect(addresses(branches)).toEqual([['r1'], ['long2', 'short'], [DESTINATION, 'long3'], ['long4'], [DESTINATION]]);
  });

  it('looks no further than five silent hops behind the last answer', async () => {
    const { branches } = await enumerate((hop) => (hop < 3 ? `r${hop}` : null));
    expect(addresses(branches)).toEqual([['r1'], ['r2'], [null], [null], [null], [null], [null]]);
  });

  it('stops where a router says that it cannot reach the destination', async () => {
    const clock = new VirtualClock();
    const transport = createScriptedTransport(clock, ({ hopLimit }) =>
      hopLimit === 1
        ? { kind: 'time-exceeded', responder: 'r1' }
        : { kind: 'destination-unreachable', responder: 'r2' },
    );
    const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
    const branches = await settled(clock, enumerateBranches(deps, REQUEST, new AbortController().signal));
    expect(addresses(branches)).toEqual([['r1'], ['r2']]);
  });

  it('keeps to the budget of the pacer', async () => {
    const clock = new VirtualClock();
    const sentAt: number[] = [];
    const transport = createScriptedTransport(clock, ({ hopLimit }) => {
      sentAt.push(clock.now());
      return hopLimit < 30 ? { kind: 'time-exceeded', responder: `r${hopLimit}` } : REPLY;
    });
    const deps = { clock, transport, pacer: new ProbePacer({ clock }, 100) };
    await settled(clock, enumerateBranches(deps, REQUEST, new AbortController().signal));
    // 180 probes at 100 a second, of which the first hundred may go together.
    expect(sentAt).toHaveLength(180);
    expect(sentAt.at(-1)).toBeGreaterThan(700);
  });

  it('ends with the reason of an abort and sends no more', async () => {
    const clock = new VirtualClock();
    const transport = createScriptedTransport(clock, () => null);
    const abort = new AbortController();
    const reason = new Error('the monitor was removed');
    clock.after(milliseconds(500), () => abort.abort(reason));
    const deps = { clock, transport, pacer: new ProbePacer({ clock }, 10) };
    await expect(settled(clock, enumerateBranches(deps, REQUEST, abort.signal))).rejects.toBe(reason);
    const before = transport.sent.length;
    clock.advance(seconds(60));
    expect(transport.sent).toHaveLength(before);
    await expect(enumerateBranches(deps, REQUEST, abort.signal)).rejects.toBe(reason);
  });
});
