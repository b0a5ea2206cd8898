import { milliseconds } from '../../../../contract/units.ts';
import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const CLEAN = [{ id: 'clean' }] as const;

/** Paths that look faulty and are not: what routers say of themselves is not what they do with traffic. */
export const HELD_OUT_TEMPTING_CASES: readonly JudgedCase[] = [
  {
    name: 'only the first router and the destination answer',
    scenario: pathTo('203.0.113.80', 9101, hopsOf('192.168.4.1@0.4 -@5 -@1 -@2 -@3 -@1')),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'no router answers at all',
    scenario: pathTo('198.51.100.8', 9102, hopsOf('-@0.4 -@6 -@1 -@2')),
    plan: { rounds: 150 },
    expected: CLEAN,
  },
  {
    name: 'three routers that answer once in a few seconds',
    scenario: pathTo(
      '203.0.113.21',
      9103,
      hopsOf(
        `192.168.5.1@0.4 100.68.0.1@7 198.51.100.41@1 198.51.100.45@1 192.0.2.21@2 192.0.2.25@2 192.0.2.29@4
         203.0.113.17@1`,
        {
          3: { rateLimit: { perSecond: 0.5, burst: 1 } },
          4: { rateLimit: { perSecond: 0.2, burst: 2 } },
          7: { rateLimit: { perSecond: 0.35, burst: 3 } },
        },
      ),
    ),
    plan: { rounds: 600 },
    expected: CLEAN,
    remarks: [
      { id: 'reluctant-router', hopLimit: 3 },
      { id: 'reluctant-router', hopLimit: 4 },
      { id: 'reluctant-router', hopLimit: 7 },
    ],
  },
  {
    name: 'all routers limit their answers, five rounds a second',
    scenario: pathTo(
      '192.0.2.240',
      9104,
      hopsOf('10.9.0.1@0.3 203.0.113.65@2 203.0.113.69@1 203.0.113.73@2 192.0.2.225@1', {
        2: { rateLimit: { perSecond: 1 } },
        3: { rateLimit: { perSecond: 1 } },
        4: { rateLimit: { perSecond: 2 } },
        5: { rateLimit: { perSecond: 1 } },
      }),
    ),
    plan: { rounds: 500, interval: milliseconds(200) },
    expected: CLEAN,
  },
  {
    name: 'the last router before the destination answers one probe in five',
    scenario: pathTo(
      '203.0.113.99',
      9105,
      hopsOf('192.168.12.1@0.5 100.69.0.1@5 198.51.100.50@2 192.0.2.50@2 203.0.113.97@1', {
        5: { answerLossRatio: 0.8 },
      }),
    ),
    plan: { rounds: 200 },
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 5 }],
  },
  {
    // Loss at every hop but the last: each router is reluctant for itself.
    name: 'a little loss at each of the last four routers, none at the destination',
    scenario: pathTo(
      '198.51.100.180',
      9106,
      hopsOf('192.168.13.1@0.4 100.70.0.1@6 203.0.113.111@1 203.0.113.115@1 192.0.2.60@2 192.0.2.64@1', {
        3: { answerLossRatio: 0.04 },
        4: { answerLossRatio: 0.05 },
        5: { answerLossRatio: 0.06 },
        6: { answerLossRatio: 0.05 },
      }),
    ),
    plan: { rounds: 700 },
    expected: CLEAN,
  },
  {
    name: 'a router busy with other things answers late',
    scenario: pathTo(
      '203.0.113.150',
      9107,
      hopsOf('192.168.14.1@0.4 100.71.0.1@5 198.51.100.53@1 198.51.100.57@1 192.0.2.71@2 203.0.113.145@1', {
        4: { answerDelayMs: 70, answerJitter: { kind: 'exponential', meanMs: 55 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
    wrongRemarks: ['jitter', 'bufferbloat'],
  },
  {
    name: 'the own router answers slowly and forwards fast',
    scenario: pathTo(
      '198.51.100.75',
      9108,
      hopsOf('192.168.15.1@0.5 100.73.0.1@6 203.0.113.121@1 198.51.100.73@2', {
        1: {
          answerDelayMs: 4,
          answerJitter: { kind: 'pareto', scaleMs: 12, shape: 1.6, maxMs: 300 },
          answerLossRatio: 0.06,
        },
      }),
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
    wrongRemarks: ['gateway-trouble'],
  },
  {
    name: 'the answers of one router come after the time they are waited for',
    scenario: pathTo(
      '203.0.113.160',
      9109,
      hopsOf('192.168.16.1@0.4 100.74.0.1@4 198.51.100.61@1 192.0.2.75@2 203.0.113.157@1', {
        3: { answerDelayMs: 1_900, answerJitter: { kind: 'uniform', maxMs: 400 } },
      }),
    ),
    plan: { rounds: 250 },
    expected: CLEAN,
  },
  {
    name: 'labelled hops that answer by way of the far end',
    scenario: pathTo(
      '198.51.100.190',
      9110,
      hopsOf(
        `10.12.0.1@0.3 203.0.113.81@2 192.0.2.130@3 192.0.2.134@8 192.0.2.138@6 192.0.2.142@9 192.0.2.146@1
         198.51.100.185@1`,
        {
          4: { mpls: [{ label: 16_020 }], quotedHopLimit: 1, answersViaHop: 7 },
          5: { mpls: [{ label: 16_021 }], quotedHopLimit: 2, answersViaHop: 7 },
          6: { mpls: [{ label: 16_022 }], quotedHopLimit: 3, answersViaHop: 7 },
        },
      ),
    ),
    plan: { rounds: 240 },
    expected: CLEAN,
  },
  {
    name: 'a label-switched path that hides five routers',
    scenario: pathTo(
      '203.0.113.172',
      9111,
      hopsOf('192.168.17.1@0.4 100.75.0.1@6 192.0.2.150@1 192.0.2.154@22 203.0.113.169@2', { 4: { hiddenHops: 5 } }),
    ),
    plan: { rounds: 240 },
    expected: CLEAN,
  },
  {
    name: 'three routers whose answers come back a long way round',
    scenario: pathTo(
      '192.0.2.250',
      9112,
      hopsOf(
        `192.168.18.1@0.4 198.51.100.1@7 198.51.100.5@1 203.0.113.1@2 203.0.113.5@1 203.0.113.9@1 192.0.2.241@2
         192.0.2.245@1`,
        {
          5: { returnDetour: { delayMs: 48, hops: 6 } },
          6: { returnDetour: { delayMs: 51, hops: 6 } },
          7: { returnDetour: { delayMs: 46, hops: 5, lossRatio: 0.02 } },
        },
      ),
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
    wrongRemarks: ['jitter'],
  },
  {
    // The whole way back is longer from hop 5 on, all the time: geography of routes, no fault that one could name.
    name: 'a way back that is always 40 ms longer',
    scenario: pathTo(
      '198.51.100.33',
      9113,
      hopsOf('192.168.19.1@0.4 100.76.0.1@5 203.0.113.13@1 203.0.113.17@2 192.0.2.81@3 198.51.100.25@1', {
        5: { returnDelayMs: 43 },
      }),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'twenty-five hops, some silent, some reluctant, some slow',
    scenario: pathTo(
      '203.0.113.230',
      9114,
      hopsOf(
        `192.168.23.1@0.5 100.79.0.1@4 -@1 198.51.100.65@1 198.51.100.69@2 192.0.2.2@1 192.0.2.6@3 -@2 192.0.2.10@1
         192.0.2.14@12 192.0.2.18@1 192.0.2.22@4 192.0.2.26@1 -@1 192.0.2.30@9 192.0.2.34@1 192.0.2.38@2
         192.0.2.42@1 192.0.2.46@5 203.0.113.201@1 203.0.113.205@1 203.0.113.209@1 -@0.5 203.0.113.213@0.5`,
        {
          5: { rateLimit: { perSecond: 0.6, burst: 1 } },
          10: { answerLossRatio: 0.3 },
          12: { answerDelayMs: 30, answerJitter: { kind: 'exponential', meanMs: 25 } },
          17: { rateLimit: { perSecond: 0.8, burst: 5 } },
          20: { answerLossRatio: 0.1 },
        },
      ),
    ),
    plan: { rounds: 800 },
    expected: CLEAN,
  },
  {
    name: 'four branches of two routers each, packet by packet',
    scenario: pathTo('198.51.100.211', 9115, [
      ...hopsOf('10.14.0.1@0.3 203.0.113.85@4 203.0.113.89@1'),
      {
        balance: 'per-packet',
        branches: [
          hopsOf('192.0.2.1@2 192.0.2.2@1'),
          hopsOf('192.0.2.5@2 192.0.2.6@1'),
          hopsOf('192.0.2.9@2.4 192.0.2.10@1'),
          hopsOf('192.0.2.13@2 192.0.2.14@1.3'),
        ],
      },
      ...hopsOf('198.51.100.209@1'),
    ]),
    plan: { rounds: 400, withBranches: true },
    expected: CLEAN,
    wrongRemarks: ['route-change', 'route-flapping', 'lossy-branch'],
  },
  {
    // The flow that is watched takes another branch (see the flow): nothing of the lossy one can be known.
    name: 'a lossy branch that the flow does not take',
    scenario: pathTo('198.51.100.212', 9116, [
      ...hopsOf('10.15.0.1@0.3 203.0.113.90@4'),
      { branches: [hopsOf('192.0.2.33@2', { 1: { lossRatio: 0.3 } }), hopsOf('192.0.2.37@2')] },
      ...hopsOf('198.51.100.210@1'),
    ]),
    plan: { rounds: 200, flow: 1 },
    expected: CLEAN,
  },
  {
    // By its severities a reluctance that traffic does not feel is a remark.
    name: 'the destination answers every second probe, as by a clock',
    scenario: pathTo(
      '203.0.113.7',
      9117,
      hopsOf('192.168.25.1@0.4 100.81.0.1@6 198.51.100.77@1 192.0.2.90@2 203.0.113.3@1'),
      { destination: serverWith({ rateLimit: { perSecond: 0.5, burst: 1 } }) },
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
    remarks: [{ id: 'destination-reluctant', hopLimit: 6 }],
  },
  {
    name: 'the destination answers once a second, four are asked',
    scenario: pathTo('198.51.100.14', 9118, hopsOf('10.16.0.1@0.3 203.0.113.93@3 198.51.100.9@1'), {
      destination: serverWith({ rateLimit: { perSecond: 1, burst: 3 } }),
    }),
    plan: { rounds: 600, interval: milliseconds(250) },
    expected: CLEAN,
    remarks: [{ id: 'destination-reluctant', hopLimit: 4 }],
  },
];
