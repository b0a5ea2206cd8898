import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

/** Loss that reaches the destination, from half a percent to half of all. */
export const HELD_OUT_LOSS_CASES: readonly JudgedCase[] = [
  {
    name: 'half a percent from hop 4, seen long enough',
    scenario: pathTo(
      '203.0.113.40',
      9201,
      hopsOf(
        `192.168.31.1@0.4 100.82.0.1@5 198.51.100.81@1 198.51.100.85@1 192.0.2.94@2 192.0.2.98@3 192.0.2.102@1
         203.0.113.33@1`,
        { 4: { lossRatio: 0.005 } },
      ),
    ),
    plan: { rounds: 1_500 },
    expected: [{ id: 'loss-to-destination', hopLimit: 4 }],
  },
  {
    name: 'half of all from hop 3',
    scenario: pathTo(
      '198.51.100.99',
      9202,
      hopsOf('192.168.32.1@0.4 100.83.0.1@7 203.0.113.41@1 203.0.113.45@2 198.51.100.89@1', { 3: { lossRatio: 0.5 } }),
    ),
    plan: { rounds: 60 },
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    name: 'three percent on the way back from hop 6 on',
    scenario: pathTo(
      '203.0.113.222',
      9203,
      hopsOf(
        `192.168.33.1@0.4 100.84.0.1@4 198.51.100.90@1 198.51.100.94@2 192.0.2.106@1 192.0.2.110@9 192.0.2.114@1
         192.0.2.118@2 192.0.2.122@4 203.0.113.209@1 203.0.113.213@1`,
        { 6: { returnLossRatio: 0.03 } },
      ),
    ),
    plan: { rounds: 800 },
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'bursts on the access line',
    scenario: pathTo(
      '192.0.2.188',
      9204,
      hopsOf(
        `192.168.34.1@0.4 100.85.0.1@9 198.51.100.101@1 198.51.100.105@2 203.0.113.57@3 203.0.113.61@1
         192.0.2.185@1`,
        { 2: { lossBursts: { meanGoodS: 25, meanBadS: 1.2, badLossRatio: 0.7 } } },
      ),
    ),
    plan: { rounds: 900 },
    expected: [{ id: 'loss-to-destination', hopLimit: 2 }],
  },
  {
    // The destination might drop its answers itself; without a pattern in them, loss is what one has to assume.
    name: 'six percent on the last link',
    scenario: pathTo(
      '203.0.113.68',
      9205,
      hopsOf('192.168.35.1@0.4 100.86.0.1@6 198.51.100.109@1 192.0.2.126@2 203.0.113.66@1'),
      { destination: serverWith({ lossRatio: 0.06 }) },
    ),
    plan: { rounds: 500 },
    expected: [{ id: 'loss-to-destination', hopLimit: 6 }],
  },
  {
    name: 'four percent from hop 5, behind a router that limits its answers',
    scenario: pathTo(
      '198.51.100.133',
      9206,
      hopsOf(
        `192.168.36.1@0.4 100.87.0.1@5 203.0.113.70@1 203.0.113.74@1 192.0.2.131@3 192.0.2.135@1
         198.51.100.129@1`,
        { 3: { rateLimit: { perSecond: 0.5, burst: 2 } }, 5: { lossRatio: 0.04 } },
      ),
    ),
    plan: { rounds: 600 },
    expected: [{ id: 'loss-to-destination', hopLimit: 5 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 3 }],
  },
  {
    name: 'seven percent from hop 4, before a router that limits its answers',
    scenario: pathTo(
      '203.0.113.184',
      9207,
      hopsOf(
        `10.18.0.1@0.3 10.18.255.1@0.5 203.0.113.97@3 203.0.113.101@1 192.0.2.139@2 192.0.2.143@4 192.0.2.147@1
         203.0.113.177@1`,
        { 4: { lossRatio: 0.07 }, 6: { rateLimit: { perSecond: 0.4, burst: 1 } } },
      ),
    ),
    plan: { rounds: 400 },
    expected: [{ id: 'loss-to-destination', hopLimit: 4 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 6 }],
  },
  {
    // It starts at hop 4 or 5, which say nothing, or at hop 6, the first that shows it: no one place is right.
    name: 'eight percent behind silent hops',
    scenario: pathTo(
      '192.0.2.70',
      9208,
      hopsOf('192.168.38.1@0.4 100.88.0.1@6 198.51.100.113@1 -@1 -@2 203.0.113.105@2 192.0.2.65@1', {
        4: { lossRatio: 0.08 },
      }),
    ),
    plan: { rounds: 400 },
    expected: [{ id: 'loss-to-destination' }],
  },
  {
    name: 'a fifth from hop 7 for a third of the time',
    scenario: pathTo(
      '203.0.113.131',
      9209,
      hopsOf(
        `192.168.39.1@0.4 100.89.0.1@5 198.51.100.117@1 198.51.100.121@1 192.0.2.151@2 192.0.2.155@1 192.0.2.159@6
         192.0.2.163@1 192.0.2.167@3 192.0.2.171@1 192.0.2.175@2 203.0.113.126@1 203.0.113.129@1`,
      ),
      { events: [{ on: 'hop', hop: 7, atS: 200, untilS: 400, set: { lossRatio: 0.2 } }] },
    ),
    plan: { rounds: 600 },
    expected: [{ id: 'loss-to-destination', hopLimit: 7 }],
  },
  {
    name: 'a tenth from hop 3 over IPv6',
    scenario: pathTo(
      '2001:db8:90::53',
      9210,
      hopsOf('2001:db8:2::1@0.4 2001:db8:2:ffff::1@6 2001:db8:40::1@1 2001:db8:40::5@2 2001:db8:90::1@1', {
        3: { lossRatio: 0.1 },
      }),
    ),
    plan: { rounds: 200 },
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    name: 'two percent from hop 8 of twenty, among slow routers',
    scenario: pathTo(
      '203.0.113.244',
      9211,
      hopsOf(
        `192.168.41.1@0.4 100.91.0.1@4 198.51.100.125@1 198.51.100.130@1 192.0.2.179@2 192.0.2.183@1 192.0.2.187@3
         192.0.2.191@1 192.0.2.195@2 192.0.2.199@14 192.0.2.203@1 192.0.2.207@2 192.0.2.211@1 192.0.2.215@5
         192.0.2.219@1 203.0.113.229@1 203.0.113.233@1 203.0.113.237@1 203.0.113.241@0.5`,
        {
          5: { answerDelayMs: 40, answerJitter: { kind: 'exponential', meanMs: 30 } },
          8: { lossRatio: 0.02 },
          11: { answerDelayMs: 25, answerJitter: { kind: 'exponential', meanMs: 40 } },
        },
      ),
    ),
    plan: { rounds: 1_000 },
    expected: [{ id: 'loss-to-destination', hopLimit: 8 }],
  },
  {
    // Runs of three to five lost probes, again and again: a lossy link, no outage.
    name: 'bursts on the way back from hop 5 on',
    scenario: pathTo(
      '198.51.100.166',
      9212,
      hopsOf('10.21.0.1@0.3 203.0.113.109@2 203.0.113.113@1 203.0.113.117@2 192.0.2.223@4 198.51.100.161@1', {
        5: { returnLossBursts: { meanGoodS: 8, meanBadS: 1.5, badLossRatio: 0.8, goodLossRatio: 0.01 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'loss-to-destination', hopLimit: 5 }],
  },
  {
    name: 'one percent on the access line',
    scenario: pathTo(
      '203.0.113.16',
      9213,
      hopsOf('192.168.43.1@0.4 100.92.0.1@8 198.51.100.134@1 203.0.113.10@3', { 2: { lossRatio: 0.01 } }),
    ),
    plan: { rounds: 1_200 },
    expected: [{ id: 'loss-to-destination', hopLimit: 2 }],
  },
  {
    name: 'thirty percent in forty rounds',
    scenario: pathTo(
      '192.0.2.248',
      9214,
      hopsOf(
        `192.168.44.1@0.4 100.93.0.1@5 198.51.100.138@1 198.51.100.142@1 203.0.113.121@2 203.0.113.125@1
         203.0.113.130@3 192.0.2.240@1 192.0.2.244@1`,
        { 5: { lossRatio: 0.3 } },
      ),
    ),
    plan: { rounds: 40 },
    expected: [{ id: 'loss-to-destination', hopLimit: 5 }],
  },
  {
    name: 'five percent between two routers of a data centre',
    scenario: pathTo('203.0.113.251', 9215, hopsOf('192.0.2.1@0.1 192.0.2.130@0.2', { 2: { lossRatio: 0.05 } })),
    plan: { rounds: 300 },
    expected: [{ id: 'loss-to-destination', hopLimit: 2 }],
  },
  {
    // Both are true of a link that is full: packets wait, each its own time, and some are dropped.
    name: 'a full link at hop 6: loss and jitter',
    scenario: pathTo(
      '198.51.100.230',
      9216,
      hopsOf(
        `192.168.46.1@0.4 100.94.0.1@5 198.51.100.146@1 198.51.100.150@1 192.0.2.227@2 192.0.2.231@4
         192.0.2.235@1 198.51.100.225@1`,
        { 6: { lossRatio: 0.05, jitter: { kind: 'gamma', shape: 2, scaleMs: 22 } } },
      ),
    ),
    plan: { rounds: 500 },
    expected: [
      { id: 'loss-to-destination', hopLimit: 6 },
      { id: 'jitter', hopLimit: 6 },
    ],
  },
  {
    // The flow that is watched takes the lossy branch (see the flow). What forks there is not known, so it is loss.
    name: 'the flow is on a lossy branch, nobody has looked for branches',
    scenario: pathTo('198.51.100.212', 9116, [
      ...hopsOf('10.15.0.1@0.3 203.0.113.90@4'),
      { branches: [hopsOf('192.0.2.33@2', { 1: { lossRatio: 0.3 } }), hopsOf('192.0.2.37@2')] },
      ...hopsOf('198.51.100.210@1'),
    ]),
    plan: { rounds: 200, flow: 8 },
    expected: [{ id: 'loss-to-destination', hopLimit: 3 }],
  },
  {
    // One cause: what is lost is lost on this branch, so no second verdict of loss is due.
    name: 'the flow is on the lossy one of two branches',
    scenario: pathTo('198.51.100.213', 9217, [
      ...hopsOf('10.22.0.1@0.3 203.0.113.91@4 203.0.113.95@1'),
      {
        branches: [
          hopsOf('192.0.2.41@2 192.0.2.42@1', { 1: { lossRatio: 0.12 } }),
          hopsOf('192.0.2.45@2 192.0.2.46@1'),
        ],
      },
      ...hopsOf('198.51.100.214@1'),
    ]),
    plan: { rounds: 400, flow: 2, withBranches: true },
    expected: [{ id: 'lossy-branch', hopLimit: 4 }],
  },
  {
    name: 'the flow is on the lossy one of five branches',
    scenario: pathTo('203.0.113.218', 9218, [
      ...hopsOf('192.168.48.1@0.4 100.95.0.1@6 198.51.100.154@1 198.51.100.158@1 192.0.2.239@2'),
      {
        branches: [
          hopsOf('192.0.2.49@2'),
          hopsOf('192.0.2.53@2'),
          hopsOf('192.0.2.57@2', { 1: { lossRatio: 0.22 } }),
          hopsOf('192.0.2.61@2'),
          hopsOf('192.0.2.65@2'),
        ],
      },
      ...hopsOf('203.0.113.214@1 203.0.113.217@1'),
    ]),
    plan: { rounds: 250, flow: 2, withBranches: true },
    expected: [{ id: 'lossy-branch', hopLimit: 6 }],
  },
  {
    name: 'the flow is on a branch whose second router loses, over IPv6',
    scenario: pathTo('2001:db8:c0::1', 9220, [
      ...hopsOf('2001:db8:6::1@0.4 2001:db8:6:ffff::1@5 2001:db8:80::1@1'),
      {
        branches: [
          hopsOf('2001:db8:81::1@2 2001:db8:81::2@1'),
          hopsOf('2001:db8:82::1@2 2001:db8:82::2@1', { 2: { lossRatio: 0.09 } }),
          hopsOf('2001:db8:83::1@2 2001:db8:83::2@1'),
        ],
      },
      ...hopsOf('2001:db8:c0::ff@1'),
    ]),
    plan: { rounds: 500, flow: 1, withBranches: true },
    expected: [{ id: 'lossy-branch', hopLimit: 5 }],
  },
  {
    // Loss comes before the fork: all branches suffer alike, and none of them is to blame.
    name: 'loss two hops before a fork',
    scenario: pathTo('203.0.113.219', 9219, [
      ...hopsOf('192.168.49.1@0.4 100.96.0.1@6 198.51.100.162@1', { 2: { lossRatio: 0.06 } }),
      { branches: [hopsOf('192.0.2.69@2'), hopsOf('192.0.2.73@2'), hopsOf('192.0.2.77@2')] },
      ...hopsOf('203.0.113.215@1'),
    ]),
    plan: { rounds: 400, withBranches: true },
    expected: [{ id: 'loss-to-destination', hopLimit: 2 }],
  },
];
