import { homePath, hopEvent, routers } from './test-home-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const CLEAN = [{ id: 'clean' }] as const;
const NORMAL = { rounds: 300 } as const;

/** Sound paths, most of them with something that tempts to an alarm. */
export const CLEAN_CASES: readonly JudgedCase[] = [
  { name: 'a clean path', scenario: homePath(1), plan: NORMAL, expected: CLEAN, wrongRemarks: ['reluctant-router'] },
  { name: 'a clean path of one minute', scenario: homePath(2), plan: { rounds: 60 }, expected: CLEAN },
  {
    name: 'a router that limits its answers to one in two seconds',
    scenario: homePath(3, { 4: { rateLimit: { perSecond: 0.5, burst: 1 } } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 4 }],
  },
  {
    name: 'a router that keeps a fifth of its answers to itself',
    scenario: homePath(4, { 6: { answerLossRatio: 0.2 } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 6 }],
  },
  {
    name: 'three routers in a row that answer seldom, the last but one hop among them',
    scenario: homePath(5, { 6: { answerLossRatio: 0.3 }, 7: { answerLossRatio: 0.4 }, 8: { answerLossRatio: 0.35 } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [
      { id: 'reluctant-router', hopLimit: 6 },
      { id: 'reluctant-router', hopLimit: 7 },
      { id: 'reluctant-router', hopLimit: 8 },
    ],
  },
  {
    name: 'a gateway that limits its answers',
    scenario: homePath(6, { 1: { rateLimit: { perSecond: 0.7, burst: 1 } } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 1 }],
  },
  {
    name: 'silent hops',
    scenario: homePath(7, { 2: { isSilent: true }, 5: { isSilent: true }, 7: { isSilent: true } }),
    plan: NORMAL,
    expected: CLEAN,
    wrongRemarks: ['reluctant-router'],
  },
  {
    name: 'a router whose own answers take the slow path',
    scenario: homePath(8, { 5: { answerDelayMs: 30, answerJitter: { kind: 'exponential', meanMs: 40 } } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 5 }],
  },
  {
    name: 'a long undersea link',
    scenario: homePath(9, { 6: { delayMs: 68 } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'latency-step', hopLimit: 6 }],
  },
  {
    name: 'high but steady latency from the access line on',
    scenario: homePath(10, { 2: { delayMs: 45, jitter: { kind: 'gamma', shape: 2, scaleMs: 1 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'one probe lost of sixty',
    scenario: homePath(11, {}, { events: [{ on: 'destination', atS: 20.5, untilS: 21.2, set: { lossRatio: 1 } }] }),
    plan: { rounds: 60 },
    expected: CLEAN,
  },
  {
    name: 'one loss of two rounds in five minutes',
    scenario: homePath(12, {}, { events: [hopEvent(3, 100, 2, { lossRatio: 1 })] }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'a loss of one in a thousand on the way',
    scenario: homePath(13, { 5: { lossRatio: 0.001 } }),
    plan: { rounds: 600 },
    expected: CLEAN,
  },
  {
    name: 'routers whose answers come home another, longer way',
    scenario: homePath(14, {
      6: { returnDetour: { delayMs: 60, hops: 4 } },
      7: { returnDetour: { delayMs: 55, hops: 4 } },
    }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'answers of one router lost on their own way home',
    scenario: homePath(15, { 4: { returnDetour: { lossRatio: 0.15, delayMs: 5 } } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 4 }],
  },
  {
    name: 'a label-switched core whose routers answer by way of its end',
    scenario: homePath(16, {
      4: { mpls: [{ label: 24_001 }], answersViaHop: 6, delayMs: 6 },
      5: { mpls: [{ label: 24_002 }], answersViaHop: 6, delayMs: 9 },
    }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'equal branches that single packets are spread over',
    scenario: homePath(17, {
      5: {
        address: undefined,
        delayMs: undefined,
        answerJitter: undefined,
        balance: 'per-packet',
        branches: [
          [{ address: '192.0.2.17', delayMs: 1 }],
          [{ address: '192.0.2.18', delayMs: 1.2 }],
          [{ address: '192.0.2.19', delayMs: 0.9 }],
        ],
      },
    }),
    plan: NORMAL,
    expected: CLEAN,
    wrongRemarks: ['lossy-branch', 'route-change', 'route-flapping'],
  },
  {
    name: 'three probes of a quick trace',
    scenario: homePath(18),
    plan: { rounds: 3 },
    expected: [],
    remarks: [{ id: 'too-few-samples' }],
  },
  {
    name: 'a destination that limits its answers',
    scenario: homePath(19, {}, { destination: { rateLimit: { perSecond: 0.6, burst: 1 } } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'destination-reluctant' }],
  },
  {
    name: 'a wireless link with a little jitter',
    scenario: homePath(20, { 1: { delayMs: 1, jitter: { kind: 'exponential', meanMs: 2.5 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'a few single slow answers',
    scenario: homePath(21, { 3: { stragglers: { ratio: 0.01, delayMs: 250 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'duplicates',
    scenario: homePath(22, { 4: { duplicates: { ratio: 0.1 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'a change of the route that costs nothing',
    scenario: homePath(
      23,
      {},
      {
        otherPaths: {
          other: {
            hops: [
              ...routers().slice(0, 4),
              { address: '192.0.2.201', delayMs: 1 },
              { address: '192.0.2.205', delayMs: 2.5 },
              ...routers().slice(6),
            ],
          },
        },
        events: [{ on: 'destination', atS: 120, set: { path: 'other' } }],
      },
    ),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'route-change', hopLimit: 5 }],
  },
  {
    name: 'a path of one hop in the same network',
    scenario: {
      seed: 24,
      machine: { address: '192.168.1.23', gateways: ['192.168.1.1'] },
      hops: [],
      destination: { delayMs: 0.3 },
      targets: [{ address: '192.168.1.1' }],
    },
    plan: { rounds: 120 },
    expected: CLEAN,
  },
  {
    name: 'a small steady rise of latency of a few milliseconds',
    scenario: homePath(25, {}, { events: [hopEvent(6, 150, null, { delayMs: 5 })] }),
    plan: NORMAL,
    expected: CLEAN,
  },
];
