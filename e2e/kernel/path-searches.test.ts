import { beforeAll, describe, expect, it } from 'vitest';
import { milliseconds } from '../../src/contract/units.ts';
import { SystemClock } from '../../src/main/base/clock.ts';
import { enumerateBranches } from '../../src/main/engine/path/branches.ts';
import { searchPathMtu } from '../../src/main/engine/path/path-mtu.ts';
import { ProbePacer } from '../../src/main/engine/probe-pacer.ts';
import { diamondAddresses } from '../lab/addresses.ts';
import { BLACK_HOLE, makeDiamond, SPREADING } from '../lab/diamond.ts';
import { withFirewall } from '../lab/lab.ts';
import { openProbes } from './probe-rounds.ts';

const { fork, wayA, wayB, join, joinFromWayB, target, narrowLinkMtu } = diamondAddresses;

/** Several probes are waited for until their time is up, where a black hole is searched. */
const TIMEOUT = milliseconds(100);

const never = new AbortController().signal;

beforeAll(makeDiamond);

describe.each([
  { family: 4, version: 'v4', choice: 'privileged' },
  { family: 4, version: 'v4', choice: 'unprivileged' },
  { family: 6, version: 'v6', choice: 'privileged' },
  { family: 6, version: 'v6', choice: 'unprivileged' },
] as const)('a search over IP$version, $choice', ({ family, version, choice }) => {
  const request = { destination: target[version], maxHops: 30, payloadBytes: 56, trafficClass: 0, timeout: TIMEOUT };

  async function branches() {
    const clock = new SystemClock();
    using transport = await openProbes(family, choice);
    return await enumerateBranches({ clock, transport, pacer: new ProbePacer({ clock }) }, request, never);
  }

  async function pathMtu() {
    const clock = new SystemClock();
    using transport = await openProbes(family, choice, true);
    const deps = { clock, transport, pacer: new ProbePacer({ clock }) };
    return await searchPathMtu(deps, { ...request, family, flow: 7 }, never);
  }

  it('finds both ways of a router that spreads flows, which flow takes which, and where they meet', async () => {
    const { hops, links } = await withFirewall('fork', SPREADING, branches);
    const found = hops.map(({ responders }) => responders.map(({ address }) => address).toSorted());
    expect(found).toEqual([
      [fork[version]],
      [wayA[version], wayB[version]].toSorted(),
      family === 4 ? [join.v4] : [join.v6, joinFromWayB.v6],
      [target[version]],
    ]);
    expect(hops.every(({ isComplete }) => isComplete)).toBe(true);
    // Both links of the diamond on both of its sides were seen.
    expect(links.filter(({ hopLimit }) => hopLimit < 3)).toHaveLength(4);
    const [one, other] = hops[1]?.responders.map(({ flows }) => flows) ?? [];
    expect(one?.some((flow) => other?.includes(flow))).toBe(false);
  });

  it('finds one way where flows are not spread', async () => {
    const { hops } = await branches();
    expect(hops.map(({ responders }) => responders.map(({ address }) => address))).toEqual([
      [fork[version]],
      [wayA[version]],
      [join[version]],
      [target[version]],
    ]);
  });

  it('finds the link of 1,400 bytes by what its router says', async () => {
    expect(await pathMtu()).toMatchObject({
      pathMtuBytes: narrowLinkMtu,
      isBlackHole: false,
      hops: [
        { address: fork[version], largestBytes: 1_500 },
        { address: wayA[version], largestBytes: 1_500 },
        { address: join[version], largestBytes: narrowLinkMtu },
        { address: target[version], largestBytes: narrowLinkMtu },
      ],
    });
  });

  it('finds it to the byte where big packets vanish without a word, and calls it a black hole', async () => {
    expect(await withFirewall('way-a', BLACK_HOLE, pathMtu)).toMatchObject({
      pathMtuBytes: narrowLinkMtu,
      isBlackHole: true,
      hops: [
        { largestBytes: 1_500 },
        { address: wayA[version], largestBytes: 1_500 },
        { address: join[version], largestBytes: narrowLinkMtu },
        { address: target[version], largestBytes: narrowLinkMtu },
      ],
    });
  });
});
