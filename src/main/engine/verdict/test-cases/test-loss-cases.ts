import { homePath, hopEvent, routers } from './test-home-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const NORMAL = { rounds: 300 } as const;

/** Loss, outages, refusals and silence. */
export const LOSS_CASES: readonly JudgedCase[] = [
  {
    name: 'five percent lost from the provider on',
    scenario: homePath(101, { 3: { lossRatio: 0.05 } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    name: 'one percent lost in transit',
    scenario: homePath(102, { 6: { lossRatio: 0.01 } }),
    plan: { rounds: 600 },
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'twelve percent lost on the way back',
    scenario: homePath(103, { 5: { returnLossRatio: 0.12 } }),
    plan: { rounds: 120 },
    expected: [{ id: 'loss-to-destination', hopLimit: 5 }],
  },
  {
    name: 'loss on the last link',
    scenario: homePath(104, {}, { destination: { lossRatio: 0.08 } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 9 }],
  },
  {
    name: 'loss in bursts in transit',
    scenario: homePath(105, { 6: { lossBursts: { meanGoodS: 25, meanBadS: 1.5, badLossRatio: 0.8 } } }),
    plan: { rounds: 600 },
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'true loss behind a router that answers seldom',
    scenario: homePath(106, { 3: { answerLossRatio: 0.25 }, 6: { lossRatio: 0.06 } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 3 }],
  },
  {
    name: 'true loss before a router that answers seldom',
    scenario: homePath(107, { 3: { lossRatio: 0.08 }, 7: { rateLimit: { perSecond: 0.4, burst: 1 } } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 7 }],
  },
  {
    name: 'loss at the gateway',
    scenario: homePath(108, { 1: { lossRatio: 0.06, returnLossRatio: 0.03 } }),
    plan: NORMAL,
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'bad Wi-Fi: bursts and wild round trips from the first hop on',
    scenario: homePath(109, {
      1: { jitter: { kind: 'exponential', meanMs: 25 }, lossBursts: { meanGoodS: 12, meanBadS: 2, badLossRatio: 0.7 } },
    }),
    plan: NORMAL,
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'heavy loss that starts in the middle of the period',
    scenario: homePath(110, {}, { events: [hopEvent(5, 200, null, { lossRatio: 0.35 })] }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 5 }],
  },
  {
    name: 'an outage of half a minute behind the gateway',
    scenario: homePath(111, {}, { events: [hopEvent(2, 120, 30, { lossRatio: 1 })] }),
    plan: NORMAL,
    expected: [{ id: 'outage', hopLimit: 2 }],
  },
  {
    name: 'three outages in transit',
    scenario: homePath(
      112,
      {},
      {
        events: [
          hopEvent(6, 60, 12, { lossRatio: 1 }),
          hopEvent(6, 150, 15, { lossRatio: 1 }),
          hopEvent(6, 240, 10, { lossRatio: 1 }),
        ],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'outage', hopLimit: 6 }],
  },
  {
    name: 'an outage that lasts, with loss of another place before',
    scenario: homePath(113, { 4: { lossRatio: 0.06 } }, { events: [hopEvent(7, 250, null, { lossRatio: 1 })] }),
    plan: NORMAL,
    expected: [
      { id: 'outage', hopLimit: 7 },
      { id: 'loss-to-destination', hopLimit: 4 },
    ],
  },
  {
    name: 'a destination that never answers',
    scenario: homePath(114, {}, { destination: { isSilent: true } }),
    plan: { rounds: 60 },
    expected: [{ id: 'destination-silent', hopLimit: 9 }],
  },
  {
    name: 'a destination that never answers, traced quickly',
    scenario: homePath(115, {}, { destination: { isSilent: true } }),
    plan: { rounds: 3 },
    expected: [{ id: 'destination-silent' }],
  },
  {
    name: 'a firewall that refuses',
    scenario: homePath(116, { 8: { unreachable: { icmpCode: 13 } } }),
    plan: { rounds: 60 },
    expected: [{ id: 'refused', hopLimit: 8 }],
  },
  {
    name: 'a router without a way to the destination',
    scenario: homePath(117, { 5: { unreachable: { icmpCode: 0 } } }),
    plan: { rounds: 60 },
    expected: [{ id: 'unreachable', hopLimit: 5 }],
  },
  {
    name: 'a destination that goes away, as the router before it says',
    scenario: homePath(
      118,
      {},
      {
        events: [
          { on: 'destination', atS: 100, set: { unreachable: { icmpCode: 1, from: '203.0.113.1', delayMs: 1_500 } } },
        ],
      },
    ),
    plan: NORMAL,
    expected: [{ id: 'unreachable', hopLimit: 8 }],
  },
  {
    name: 'a routing loop',
    scenario: homePath(119, {}, { hops: routers().slice(0, 6), loopsBackTo: 5 }),
    plan: { rounds: 30 },
    expected: [{ id: 'routing-loop', hopLimit: 5 }],
  },
  {
    name: 'nothing to hear at all',
    scenario: homePath(120, { 1: { lossRatio: 1 } }),
    plan: { rounds: 30 },
    expected: [{ id: 'destination-silent' }],
  },
  {
    name: 'heavy loss to which the next two hops add more',
    scenario: homePath(121, { 3: { lossRatio: 0.3 }, 4: { lossRatio: 0.2 }, 5: { lossRatio: 0.1 } }),
    plan: { rounds: 120 },
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    name: 'long bursts of loss from the provider on',
    scenario: homePath(122, { 3: { lossBursts: { meanGoodS: 15, meanBadS: 3, badLossRatio: 0.7 } } }),
    plan: NORMAL,
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    name: 'loss at a gateway that also spares a few answers of its own',
    scenario: homePath(123, { 1: { lossRatio: 0.05, answerLossRatio: 0.03 } }),
    plan: { rounds: 400 },
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'a firewall that refuses, traced quickly',
    scenario: homePath(124, { 8: { unreachable: { icmpCode: 13 } } }),
    plan: { rounds: 3 },
    expected: [{ id: 'refused', hopLimit: 8 }],
  },
  {
    name: 'a router without a way to the destination, traced quickly',
    scenario: homePath(125, { 5: { unreachable: { icmpCode: 0 } } }),
    plan: { rounds: 3 },
    expected: [{ id: 'unreachable', hopLimit: 5 }],
  },
];
