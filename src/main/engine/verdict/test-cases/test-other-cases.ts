import { milliseconds } from '../../../../contract/units.ts';
import { homePath, hopEvent, routers } from './test-home-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const NORMAL = { rounds: 300 } as const;

const branch = (address: string, set: object = {}) => [{ address, delayMs: 1, ...set }];
const fork = (branches: object[][]) => ({
  address: undefined,
  delayMs: undefined,
  answerJitter: undefined,
  balance: 'per-packet',
  branches,
});
const slowWay = [
  ...routers().slice(0, 4),
  { address: '192.0.2.201', delayMs: 16 },
  { address: '192.0.2.205', delayMs: 18 },
  ...routers().slice(6),
];

/** Latency, jitter, routes, branches and what is wrong with this machine. */
export const OTHER_CASES: readonly JudgedCase[] = [
  {
    name: 'latency added in transit in the middle of the period',
    scenario: homePath(201, {}, { events: [hopEvent(6, 150, null, { delayMs: 43 })] }),
    plan: NORMAL,
    expected: [{ id: 'latency-step', hopLimit: 6 }],
  },
  {
    name: 'latency added at the provider for two minutes of ten',
    scenario: homePath(202, {}, { events: [hopEvent(3, 200, 120, { delayMs: 21 })] }),
    plan: { rounds: 600 },
    expected: [{ id: 'latency-step', hopLimit: 3 }],
  },
  {
    name: 'jitter in transit',
    scenario: homePath(203, { 5: { jitter: { kind: 'exponential', meanMs: 30 } } }),
    plan: NORMAL,
    expected: [{ id: 'jitter', hopLimit: 5 }],
  },
  {
    name: 'jitter on the way back, with a slow router before it',
    scenario: homePath(204, {
      6: { returnJitter: { kind: 'gamma', shape: 2, scaleMs: 18 } },
      4: { answerJitter: { kind: 'exponential', meanMs: 120 } },
    }),
    plan: NORMAL,
    expected: [{ id: 'jitter', hopLimit: 6 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 4 }],
  },
  {
    name: 'a buffer at home that fills under uploads and drains',
    scenario: homePath(
      205,
      {},
      {
        events: [
          {
            on: 'hop',
            hop: 2,
            atS: 20,
            everyS: 90,
            forS: 60,
            set: { queue: { peakMs: 240, riseS: 25, holdS: 10, fallS: 15, wobbleMs: 20 } },
          },
        ],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'bufferbloat', hopLimit: 2 }],
  },
  {
    name: 'one evening buffer in transit that loses at its top',
    scenario: homePath(
      206,
      {},
      {
        events: [
          {
            on: 'hop',
            hop: 6,
            atS: 100,
            forS: 320,
            set: { queue: { peakMs: 90, riseS: 120, holdS: 60, fallS: 120, wobbleMs: 15, fullLossRatio: 0.15 } },
          },
        ],
      },
    ),
    plan: { rounds: 600 },
    expected: [{ id: 'bufferbloat', hopLimit: 6 }],
  },
  {
    name: 'a change of the route that makes it slower',
    scenario: homePath(
      207,
      {},
      { otherPaths: { slow: { hops: slowWay } }, events: [{ on: 'destination', atS: 120, set: { path: 'slow' } }] },
    ),
    plan: NORMAL,
    expected: [{ id: 'route-change', hopLimit: 5 }],
  },
  {
    name: 'a route that flaps',
    scenario: homePath(
      208,
      {},
      {
        otherPaths: { slow: { hops: slowWay } },
        events: [{ on: 'destination', atS: 40, everyS: 60, forS: 30, set: { path: 'slow' } }],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'route-flapping', hopLimit: 5 }],
  },
  {
    name: 'one of two branches that loses',
    scenario: homePath(209, { 5: fork([branch('192.0.2.17'), branch('192.0.2.18', { lossRatio: 0.35 })]) }),
    plan: { rounds: 600 },
    expected: [{ id: 'lossy-branch', hopLimit: 5 }],
  },
  {
    name: 'one of four branches that loses nearly everything',
    scenario: homePath(210, {
      6: fork([
        branch('192.0.2.41'),
        branch('192.0.2.42'),
        branch('192.0.2.43', { lossRatio: 0.8 }),
        branch('192.0.2.44'),
      ]),
    }),
    plan: { rounds: 600 },
    expected: [{ id: 'lossy-branch', hopLimit: 6 }],
  },
  {
    name: 'an MTU black hole',
    scenario: homePath(211, { 6: { mtuBytes: 1_400, isMtuBlackHole: true } }),
    plan: { rounds: 60, withPathMtu: true },
    expected: [{ id: 'mtu-black-hole', hopLimit: 6 }],
  },
  {
    name: 'a smaller MTU that is told, which is no black hole',
    scenario: homePath(212, { 3: { mtuBytes: 1_492 } }),
    plan: { rounds: 60, withPathMtu: true },
    expected: [{ id: 'clean' }],
  },
  {
    name: 'answers dropped by this machine itself',
    scenario: homePath(
      213,
      {},
      { machine: { address: '192.168.1.23', gateways: ['192.168.1.1'], localDropRatio: 0.08 } },
    ),
    plan: NORMAL,
    expected: [{ id: 'local-drops' }],
  },
  {
    name: 'an interface that goes away',
    scenario: homePath(
      214,
      {},
      { events: [{ on: 'machine', atS: 60, untilS: 90, set: { sendFailure: { reason: 'interface-gone' } } }] },
    ),
    plan: { rounds: 150 },
    expected: [{ id: 'send-failures' }],
  },
  {
    name: 'nothing to send through for a while, and not a single probe that failed',
    scenario: homePath(215, {}),
    plan: { rounds: 125, withoutTransport: { fromS: 60, forS: 15 } },
    expected: [{ id: 'send-failures' }],
  },
  {
    name: 'a highest hop limit that the destination lies beyond',
    scenario: homePath(216, {}),
    plan: { rounds: 35, maxHops: 3 },
    expected: [{ id: 'hop-limit-too-low', hopLimit: 3 }],
  },
  {
    name: 'the same where the last router probed seldom answers',
    scenario: homePath(217, { 4: { answerLossRatio: 0.7 } }),
    plan: { rounds: 60, maxHops: 4 },
    expected: [{ id: 'hop-limit-too-low', hopLimit: 4 }],
  },
  {
    name: 'a timeout that nearly every answer comes after',
    scenario: homePath(218, {}),
    plan: { rounds: 60, timeout: milliseconds(5) },
    expected: [],
    remarks: [{ id: 'too-few-samples' }],
  },
];
