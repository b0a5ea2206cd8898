import { homePath, routers } from './test-home-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const CLEAN = [{ id: 'clean' }] as const;
const NORMAL = { rounds: 300 } as const;

const silentRouters = Object.fromEntries(routers().map((_, index) => [index + 1, { isSilent: true }]));

/** More sound paths: oddities of routers, of answers and of time that are no faults. */
export const HARMLESS_CASES: readonly JudgedCase[] = [
  {
    name: 'no router that answers at all',
    scenario: homePath(301, silentRouters),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'answers that come after the timeout',
    scenario: homePath(302, { 6: { stragglers: { ratio: 0.03, delayMs: 3_000 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'a satellite link',
    scenario: homePath(303, {
      2: { delayMs: 280, returnDelayMs: 280, jitter: { kind: 'gamma', shape: 2, scaleMs: 3 } },
    }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'latency-step', hopLimit: 2 }],
  },
  {
    name: 'a small buffer that nobody feels',
    scenario: homePath(304, { 2: { queue: { peakMs: 15, riseS: 60, holdS: 60, fallS: 60 } } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'two branches of different length that single packets are spread over',
    scenario: homePath(305, {
      5: {
        address: undefined,
        delayMs: undefined,
        answerJitter: undefined,
        balance: 'per-packet',
        branches: [[{ address: '192.0.2.17', delayMs: 1 }], [{ address: '192.0.2.18', delayMs: 6 }]],
      },
    }),
    plan: NORMAL,
    expected: CLEAN,
    wrongRemarks: ['route-change', 'route-flapping', 'reluctant-router'],
  },
  {
    name: 'an hour with two routers that answer seldom',
    scenario: homePath(306, { 3: { rateLimit: { perSecond: 0.5 } }, 7: { answerLossRatio: 0.1 } }),
    plan: { rounds: 3_600 },
    expected: CLEAN,
    remarks: [
      { id: 'reluctant-router', hopLimit: 3 },
      { id: 'reluctant-router', hopLimit: 7 },
    ],
  },
  {
    name: 'a router that begins to answer late in the middle of the period',
    scenario: homePath(307, {}, { events: [{ on: 'hop', hop: 5, atS: 150, set: { answerDelayMs: 120 } }] }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 5 }],
  },
  {
    name: 'a destination that makes its answers slowly but steadily',
    scenario: homePath(308, {}, { destination: { answerDelayMs: 90 } }),
    plan: NORMAL,
    expected: CLEAN,
  },
  {
    name: 'a few answers that this machine dropped',
    scenario: homePath(309, {}, { machine: { gateways: ['192.168.1.1'], localDropRatio: 0.002 } }),
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'local-drops' }],
  },
  {
    name: 'ten probes, all well',
    scenario: homePath(310),
    plan: { rounds: 10 },
    expected: [],
    remarks: [{ id: 'too-few-samples' }],
  },
  {
    name: 'a path over IPv6 with a silent hop',
    scenario: {
      seed: 311,
      machine: { address: '2001:db8:23::cafe', gateways: ['2001:db8:23::1'] },
      hops: [
        { address: '2001:db8:23::1', delayMs: 0.3 },
        { address: '2001:db8:100::1', delayMs: 4, rateLimit: { perSecond: 0.5 } },
        { delayMs: 1 },
        { address: '2001:db8:200::17', delayMs: 2 },
      ],
      targets: [{ address: '2001:db8:300::80' }],
    },
    plan: NORMAL,
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 2 }],
  },
  {
    name: 'a loss of four in a thousand on the way, for an hour',
    scenario: homePath(312, { 4: { lossRatio: 0.004 } }),
    plan: { rounds: 3_600 },
    expected: CLEAN,
    remarks: [{ id: 'loss-to-destination', hopLimit: 4 }],
  },
];
