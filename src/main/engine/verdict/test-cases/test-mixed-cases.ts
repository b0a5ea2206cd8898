import { homePath, hopEvent, routers } from './test-home-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const NORMAL = { rounds: 300 } as const;

/** Faults that come together, hide behind silent hops or come for a part of the time only. */
export const MIXED_CASES: readonly JudgedCase[] = [
  {
    name: 'loss at two places',
    scenario: homePath(401, { 3: { lossRatio: 0.02 }, 7: { lossRatio: 0.12 } }),
    plan: { rounds: 600 },
    expected: [
      { id: 'loss-to-destination', hopLimit: 3 },
      { id: 'loss-to-destination', hopLimit: 7 },
    ],
  },
  {
    name: 'trouble at the gateway and loss in transit',
    scenario: homePath(402, { 1: { lossRatio: 0.05 }, 6: { lossRatio: 0.15 } }),
    plan: { rounds: 600 },
    expected: [
      { id: 'gateway-trouble', hopLimit: 1 },
      { id: 'loss-to-destination', hopLimit: 6 },
    ],
  },
  {
    name: 'loss on the way into a silent hop, which the next one shows',
    scenario: homePath(403, { 5: { isSilent: true, lossRatio: 0.07 } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'loss and jitter of one link',
    scenario: homePath(404, { 6: { lossRatio: 0.08, jitter: { kind: 'exponential', meanMs: 35 } } }),
    plan: NORMAL,
    expected: [
      { id: 'loss-to-destination', hopLimit: 6 },
      { id: 'jitter', hopLimit: 6 },
    ],
  },
  {
    name: 'Wi-Fi with rare but very late answers',
    scenario: homePath(405, {
      1: {
        jitter: { kind: 'pareto', scaleMs: 12, shape: 1.3, maxMs: 300 },
        lossBursts: { meanGoodS: 10, meanBadS: 1.2 },
      },
    }),
    plan: { rounds: 120 },
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'short uploads that fill the buffer within seconds',
    scenario: homePath(
      406,
      {},
      {
        events: [
          {
            on: 'hop',
            hop: 2,
            atS: 20,
            everyS: 60,
            forS: 20,
            set: { queue: { peakMs: 350, riseS: 6, holdS: 6, fallS: 2 } },
          },
        ],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'bufferbloat', hopLimit: 2 }],
  },
  {
    name: 'a routing loop that comes in the middle of the period',
    scenario: homePath(
      407,
      {},
      {
        otherPaths: { loop: { hops: routers().slice(0, 6), loopsBackTo: 5 } },
        events: [{ on: 'destination', atS: 150, set: { path: 'loop' } }],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'routing-loop', hopLimit: 5 }],
  },
  {
    name: 'a router that had no way for forty seconds',
    scenario: homePath(408, {}, { events: [hopEvent(5, 100, 40, { unreachable: { icmpCode: 0 } })] }),
    plan: NORMAL,
    expected: [{ id: 'unreachable', hopLimit: 5 }],
  },
  {
    name: 'an outage within an hour',
    scenario: homePath(409, {}, { events: [hopEvent(6, 1_000, 40, { lossRatio: 1 })] }),
    plan: { rounds: 3_600 },
    expected: [{ id: 'outage', hopLimit: 6 }],
  },
  {
    name: 'one percent lost within an hour',
    scenario: homePath(410, { 6: { lossRatio: 0.01 } }),
    plan: { rounds: 3_600 },
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'a machine that finds no neighbour',
    scenario: homePath(411, {}, { events: [{ on: 'machine', atS: 0, set: { unreachable: { icmpCode: 1 } } }] }),
    plan: { rounds: 60 },
    expected: [{ id: 'unreachable', hopLimit: 1 }],
  },
  {
    name: 'a flow that is kept on the lossy one of two branches, enumerated',
    scenario: homePath(412, {
      5: {
        address: undefined,
        delayMs: undefined,
        answerJitter: undefined,
        branches: [[{ address: '192.0.2.17', delayMs: 1 }], [{ address: '192.0.2.18', delayMs: 1, lossRatio: 0.12 }]],
      },
    }),
    plan: { rounds: 300, withBranches: true },
    expected: [{ id: 'lossy-branch', hopLimit: 5 }],
  },
];
