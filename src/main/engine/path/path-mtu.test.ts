import { describe, expect, it } from 'vitest';
import { seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { type Random, SeededRandom, unit } from '../../base/random.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { type PathMtuRequest, searchPathMtu } from './path-mtu.ts';
import { createScriptedTransport, type ScriptedAnswer, settled } from './test-scripted-transport.ts';

const DESTINATION = '198.51.100.1';
const REQUEST: PathMtuRequest = {
  destination: DESTINATION,
  family: 4,
  maxHops: 30,
  trafficClass: 0,
  flow: 7,
  timeout: seconds(2),
};

/** One hop and the link that leads to it. */
interface Link {
  /** Of the link before the hop; 1,500 unless told. */
  readonly mtu?: number;
  /** What the router before the link says of packets that are too big: its MTU, no number, or nothing at all. */
  readonly word?: 'mtu' | 'no-mtu' | 'none';
  /** Largest packet that it answers to itself; 0 for a silent one. */
  readonly answersUpTo?: number;
}

interface Path {
  readonly links: readonly Link[];
  /** Chance that a probe or its answer is lost. */
  readonly loss?: number;
  /** Largest packet that this machine sends. */
  readonly interfaceMtu?: number;
  readonly headerBytes?: number;
}

function routerAt(hop: number, { links }: Path): string {
  return hop === links.length ? DESTINATION : `r${hop}`;
}

/** What becomes of a packet of so many bytes with a hop limit. */
function answerOf(bytes: number, hopLimit: number, path: Path, random: Random): ScriptedAnswer | null {
  if (bytes > (path.interfaceMtu ?? 1_500)) return { kind: 'too-big-to-send', responder: '' };
  if (unit(random) < (path.loss ?? 0)) return null;
  for (const [index, link] of path.links.entries()) {
    const mtu = link.mtu ?? 1_500;
    if (bytes > mtu) {
      if (link.word === 'none') return null;
      const told = link.word === 'no-mtu' ? {} : { mtu };
      return { kind: 'packet-too-big', responder: routerAt(index, path), ...told };
    }
    const hop = index + 1;
    const isDestination = hop === path.links.length;
    if (hop < hopLimit && !isDestination) continue;
    if (bytes > (link.answersUpTo ?? Number.POSITIVE_INFINITY)) return null;
    return { kind: isDestination ? 'echo-reply' : 'time-exceeded', responder: routerAt(hop, path) };
  }
  return null;
}

async function search(path: Path, request: Partial<PathMtuRequest> = {}, seed = 1) {
  const clock = new VirtualClock();
  const random = new SeededRandom(seed);
  const transport = createScriptedTransport(clock, ({ payloadBytes, hopLimit }) =>
    answerOf(payloadBytes + (path.headerBytes ?? 28), hopLimit, path, random),
  );
  const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
  const searching = searchPathMtu(deps, { ...REQUEST, ...request }, new AbortController().signal);
  return { found: await settled(clock, searching), transport, elapsed: clock.now() };
}

const four = (changes: Readonly<Record<number, Link>> = {}): Link[] =>
  Array.from({ length: 4 }, (_, index) => changes[index + 1] ?? {});

describe('searchPathMtu', () => {
  it('is done with one large packet a hop when nothing is in the way', async () => {
    const { found, transport, elapsed } = await search({ links: four() });
    expect(found).toEqual({
      destination: DESTINATION,
      pathMtuBytes: 1_500,
      isBlackHole: false,
      hops: ['r1', 'r2', 'r3', DESTINATION].map((address, index) => ({
        hopLimit: index + 1,
        address,
        largestBytes: 1_500,
        toldMtuBytes: null,
      })),
    });
    // 30 to learn the hops, one end to end, one to each router; the payload is what the two headers leave.
    expect(transport.sent.map(({ payloadBytes }) => payloadBytes).filter((bytes) => bytes === 1_472)).toHaveLength(4);
    expect(elapsed).toBeLessThan(100);
  });

  it('believes a router that names the MTU once packets of that size come through', async () => {
    const { found, elapsed } = await search({ links: four({ 3: { mtu: 1_400, word: 'mtu' } }) });
    expect(found.pathMtuBytes).toBe(1_400);
    expect(found.isBlackHole).toBe(false);
    expect(found.hops).toEqual([
      { hopLimit: 1, address: 'r1', largestBytes: 1_500, toldMtuBytes: null },
      { hopLimit: 2, address: 'r2', largestBytes: 1_500, toldMtuBytes: 1_400 },
      { hopLimit: 3, address: 'r3', largestBytes: 1_400, toldMtuBytes: null },
      { hopLimit: 4, address: DESTINATION, largestBytes: 1_400, toldMtuBytes: null },
    ]);
    // Nobody was silent, so nobody was waited for.
    expect(elapsed).toBeLessThan(500);
  });

  it('does not believe a router that names far too little', async () => {
    const lie = four({ 3: { mtu: 1_400, word: 'mtu' } });
    const clock = new VirtualClock();
    const random = new SeededRandom(1);
    const transport = createScriptedTransport(clock, ({ payloadBytes, hopLimit }) => {
      const answer = answerOf(payloadBytes + 28, hopLimit, { links: lie }, random);
      return answer?.kind === 'packet-too-big' ? { ...answer, mtu: 600 } : answer;
    });
    const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
    const found = await settled(clock, searchPathMtu(deps, REQUEST, new AbortController().signal));
    expect(found.pathMtuBytes).toBe(1_400);
  });

  it('searches where a router says too big but not how much', async () => {
    const { found } = await search({ links: four({ 2: { mtu: 1_006, word: 'no-mtu' } }) });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_006, false]);
  });

  it('finds two narrow links one after the other', async () => {
    const links = four({ 2: { mtu: 1_400, word: 'mtu' }, 4: { mtu: 1_280, word: 'mtu' } });
    const { found } = await search({ links });
    expect(found.pathMtuBytes).toBe(1_280);
    expect(found.hops.map(({ largestBytes, toldMtuBytes }) => [largestBytes, toldMtuBytes])).toEqual([
      [1_500, 1_400],
      [1_400, null],
      [1_400, 1_280],
      [1_280, null],
    ]);
  });

  it.each([1, 2, 3, 4])('finds a black hole before hop %d', async (hop) => {
    const { found, elapsed } = await search({ links: four({ [hop]: { mtu: 1_392, word: 'none' } }) });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_392, true]);
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual(
      [1, 2, 3, 4].map((hopLimit) => (hopLimit < hop ? 1_500 : 1_392)),
    );
    // Some twenty silences, none waited for longer than a second since the path is known to be quick.
    expect(elapsed).toBeLessThan(30_000);
  });

  it('finds a black hole below the least IPv6 MTU too', async () => {
    const links = four({ 3: { mtu: 1_000, word: 'none' } });
    const { found } = await search({ links, headerBytes: 48 }, { family: 6 });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_000, true]);
  });

  it('tells a black hole from a tunnel whose router speaks behind it', async () => {
    const links = four({ 2: { mtu: 1_450, word: 'mtu' }, 3: { mtu: 1_390, word: 'none' } });
    const { found } = await search({ links });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_390, true]);
    expect(found.hops.map(({ largestBytes, toldMtuBytes }) => [largestBytes, toldMtuBytes])).toEqual([
      [1_500, 1_450],
      [1_450, null],
      [1_390, null],
      [1_390, null],
    ]);
  });

  it('does not call a lossy path a black hole, whatever the loss', async () => {
    for (const loss of [0.05, 0.3, 0.5, 0.7]) {
      for (let seed = 0; seed < 25; seed += 1) {
        const { found } = await search({ links: four(), loss }, {}, seed);
        expect({ loss, seed, isBlackHole: found.isBlackHole }).toEqual({ loss, seed, isBlackHole: false });
        if (loss <= 0.3) expect({ loss, seed, pathMtu: found.pathMtuBytes }).toEqual({ loss, seed, pathMtu: 1_500 });
      }
    }
  });

  it('finds a black hole on a lossy path, at its true size', async () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const { found } = await search({ links: four({ 3: { mtu: 1_392, word: 'none' } }), loss: 0.1 }, {}, seed);
      expect([seed, found.pathMtuBytes, found.isBlackHole]).toEqual([seed, 1_392, true]);
    }
  });

  it('takes a router that does not answer to big packets for what it is, not for a narrow link', async () => {
    const { found } = await search({ links: four({ 2: { answersUpTo: 600 } }) });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_500, false]);
    // What came to the hop beyond it came past it too.
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, 1_500, 1_500, 1_500]);
  });

  it('takes a router that answers to small packets only no further than the packets that came past it', async () => {
    const { found } = await search({ links: four({ 2: { answersUpTo: 600 }, 3: { mtu: 1_400, word: 'none' } }) });
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, 1_400, 1_400, 1_400]);
  });

  it('keeps to its flow, so that a path of two branches is searched as one', async () => {
    for (const flow of [4, 5]) {
      const clock = new VirtualClock();
      const random = new SeededRandom(1);
      // Even flows go by a branch with a narrow link before hop 3; a probe without a flow goes anywhere.
      const branch = (of: number) => (of % 2 === 0 ? four({ 3: { mtu: 1_400, word: 'none' } }) : four());
      const transport = createScriptedTransport(clock, ({ payloadBytes, hopLimit, flow: own }) =>
        answerOf(payloadBytes + 28, hopLimit, { links: branch(own ?? random.uint32()) }, random),
      );
      const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
      const searching = searchPathMtu(deps, { ...REQUEST, flow }, new AbortController().signal);
      const found = await settled(clock, searching);
      expect(new Set(transport.sent.map((probe) => probe.flow))).toEqual(new Set([flow]));
      const narrow = flow === 4 ? 1_400 : 1_500;
      expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, 1_500, narrow, narrow]);
    }
  });

  it('leaves a silent hop without a number', async () => {
    const { found } = await search({ links: four({ 2: { answersUpTo: 0 }, 3: { mtu: 1_400, word: 'none' } }) });
    expect(found.pathMtuBytes).toBe(1_400);
    expect(found.hops[1]).toEqual({ hopLimit: 2, address: null, largestBytes: null, toldMtuBytes: null });
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, null, 1_400, 1_400]);
  });

  it('names the limit of this machine as the path MTU, and no black hole', async () => {
    const { found } = await search({ links: four(), interfaceMtu: 1_420 });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_420, false]);
    expect(found.hops.every(({ largestBytes }) => largestBytes === 1_420)).toBe(true);
  });

  it('searches jumbo frames as far as the interface sends them', async () => {
    const wide = (mtu: number) => ({ mtu, word: 'none' }) as const;
    const links = [wide(9_000), wide(9_000), wide(4_352), wide(9_000)];
    const { found } = await search({ links, interfaceMtu: 9_000 }, { largestBytes: 9_000 });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([4_352, true]);
  });

  it('says what the hops answer to when the destination never does', async () => {
    const links = four({ 3: { mtu: 1_400, word: 'none' }, 4: { answersUpTo: 0 } });
    const { found } = await search({ links });
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([null, true]);
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, 1_500, 1_400]);
  });

  it('looks no further than the router that refuses to pass packets on', async () => {
    const clock = new VirtualClock();
    const transport = createScriptedTransport(clock, ({ hopLimit }) =>
      hopLimit === 1
        ? { kind: 'time-exceeded', responder: 'r1' }
        : { kind: 'destination-unreachable', responder: 'r2' },
    );
    const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
    const found = await settled(clock, searchPathMtu(deps, REQUEST, new AbortController().signal));
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([null, false]);
    expect(found.hops.map(({ address, largestBytes }) => [address, largestBytes])).toEqual([
      ['r1', 1_500],
      ['r2', 1_500],
    ]);
  });

  it('says nothing of a path on which nobody answers', async () => {
    const { found } = await search({ links: [{ answersUpTo: 0 }] });
    expect(found).toEqual({ destination: DESTINATION, pathMtuBytes: null, isBlackHole: false, hops: [] });
  });

  it('ends with the reason of an abort', async () => {
    const clock = new VirtualClock();
    const transport = createScriptedTransport(clock, () => null);
    const abort = new AbortController();
    const reason = new Error('the monitor was removed');
    clock.after(seconds(1), () => abort.abort(reason));
    const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
    await expect(settled(clock, searchPathMtu(deps, REQUEST, abort.signal))).rejects.toBe(reason);
  });
});
