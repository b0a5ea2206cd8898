import { describe, expect, it } from 'vitest';
import { readScenario } from './scenario.ts';

const LEAST = {
  title: 'a',
  lesson: 'b',
  seed: 1,
  hops: [{ address: '192.0.2.1' }],
  targets: [{ address: '203.0.113.1' }],
};

/** What is said of a scenario with this changed. */
function issueOf(change: object): string | null {
  const read = readScenario(JSON.stringify({ ...LEAST, ...change }));
  if (read.ok) return null;
  return read.failure.code === 'invalid-arguments' ? read.failure.issue : read.failure.code;
}

describe('reading a scenario', () => {
  it('takes the least there can be as it is', () => {
    expect(readScenario(JSON.stringify(LEAST))).toEqual({ ok: true, value: LEAST });
  });

  it('says that a text is no JSON', () => {
    expect(readScenario('{')).toMatchObject({
      failure: { code: 'invalid-arguments', issue: expect.stringMatching(/^The scenario is not JSON: /) },
    });
  });

  it('says that a list is no scenario', () => {
    expect(readScenario(JSON.stringify([LEAST]))).toMatchObject({
      failure: { issue: 'In the scenario, the whole must be an object' },
    });
  });

  it('takes a file that begins with a byte order mark', () => {
    expect(readScenario(`\uFEFF${JSON.stringify(LEAST)}`)).toEqual({ ok: true, value: LEAST });
  });

  it.each([
    [{ machine: [] }, 'machine must be an object'],
    [{ hops: [{}, []] }, 'hops[1] must be an object'],
    [{ seed: 1.5 }, 'seed must be a whole number from 0 to 4294967295'],
    [{ hops: [{}, { lossRatio: 2 }] }, 'hops[1].lossRatio must be a number from 0 to 1'],
    [{ hops: [{ address: '1.2.3' }] }, 'hops[0].address must be an IPv4 or IPv6 address'],
    [
      { hops: [{ jitter: { kind: 'odd' } }] },
      'hops[0].jitter.kind must be uniform, normal, exponential, pareto or gamma',
    ],
    [{ hops: [{ jitter: { kind: 'gamma', shape: 1 } }] }, 'hops[0].jitter: "scaleMs" is missing'],
    [{ targets: [] }, 'targets must have a target at least'],
    [{ targets: undefined }, 'the whole: "targets" is missing'],
    [{ events: [{ atS: 1, set: {} }] }, 'events[0].on must be hop, destination or machine'],
    [
      { events: [{ on: 'machine', atS: 1, set: { delayMs: 1 } }] },
      /^events\[0\]\.set: "delayMs" is not known here; known are sendFailure, /,
    ],
    [{ hops: [{ adress: '192.0.2.1' }] }, /^hops\[0\]: "adress" is not known here; known are address, name, /],
  ])('names the place and what is allowed there: %j', (change, expected) => {
    const issue = issueOf(change);
    const said = /^In the scenario, (.*)$/.exec(issue ?? '')?.[1];
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it.each([
    [{ hops: [{ balance: 'per-flow' }] }, 'hops[0] has a balance, but no branches'],
    [
      { hops: [{ branches: [[{}], [{}]], delayMs: 1 }] },
      'hops[0] has branches, so delayMs belongs to the hops of a branch',
    ],
    [{ hops: Array(13).fill({ branches: [[{}], [{}]] }) }, 'hops has 8192 ways through its branches; 4096 is the most'],
    [{ loopsBackTo: 2 }, 'loopsBackTo must be from 1 to 1, its last hop'],
    [{ otherPaths: { main: { hops: [] } } }, 'otherPaths has "main", which is what the outermost hops are'],
    [
      { targets: [{ address: '203.0.113.1' }, { address: '203.0.113.1' }] },
      'targets[1].address 203.0.113.1 is there twice',
    ],
    [{ targets: [{ address: '203.0.113.1', path: 'north' }] }, 'targets[0].path: north is none of the paths main'],
    [
      { targets: [{ address: '2001:db8::1' }] },
      'targets[0].path: main leads over 192.0.2.1, but 2001:db8::1 is of IPv6',
    ],
    [{ events: [{ on: 'hop', atS: 1, set: {} }] }, 'events[0] must have either hop or id'],
    [{ events: [{ on: 'hop', hop: 2, atS: 1, set: {} }] }, 'events[0] is about hop 2, but the last hop of main is 1'],
    [{ events: [{ on: 'hop', id: 'x', atS: 1, set: {} }] }, 'events[0] is about the id x, which no hop has'],
    [
      { events: [{ on: 'hop', hop: 1, atS: 1, untilS: 1, set: {} }] },
      'events[0] begins at 1 s, so untilS must be more than that',
    ],
    [{ events: [{ on: 'hop', hop: 1, atS: 1, everyS: 9, set: {} }] }, 'events[0] has everyS, so it needs forS'],
    [
      { events: [{ on: 'hop', hop: 1, atS: 1, everyS: 9, forS: 9, set: {} }] },
      'events[0] lasts 9 s, so everyS must be more than that',
    ],
    [
      { events: [{ on: 'destination', target: '203.0.113.9', atS: 1, set: {} }] },
      'events[0] is about 203.0.113.9, which is none of the targets',
    ],
    [
      { events: [{ on: 'destination', atS: 1, set: { path: 'north' } }] },
      'events[0] sets path, but north is none of the paths main',
    ],
  ])('finds what does not fit together: %j', (change, expected) => {
    expect(issueOf(change)).toBe(`In the scenario, ${expected}`);
  });
});
