import { seconds } from '../../../../contract/units.ts';
import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const CLEAN = [{ id: 'clean' }] as const;
const NO_CHANGE = ['route-change', 'route-flapping', 'lossy-branch'] as const;

/** Paths without a fault: long, short, far and slow ones, and measurements of other lengths than usual. */
export const HELD_OUT_CLEAN_CASES: readonly JudgedCase[] = [
  {
    name: 'a printer behind one router',
    scenario: pathTo('10.8.4.20', 9001, hopsOf('10.8.0.1@0.3')),
    plan: { rounds: 100 },
    expected: CLEAN,
  },
  {
    name: 'a neighbour on the same network',
    scenario: pathTo('172.20.1.7', 9002, []),
    plan: { rounds: 60 },
    expected: CLEAN,
  },
  {
    name: 'an office with three private routers',
    scenario: pathTo(
      '198.51.100.200',
      9003,
      hopsOf('10.20.0.1@0.2 10.20.255.1@0.4 172.16.9.1@0.5 203.0.113.33@2 203.0.113.41@1.5 198.51.100.129@0.9'),
    ),
    plan: { rounds: 240 },
    expected: CLEAN,
  },
  {
    name: 'from a data centre, the first router public',
    scenario: pathTo('203.0.113.250', 9004, hopsOf('192.0.2.1@0.1 192.0.2.129@0.15 203.0.113.1@0.6')),
    plan: { rounds: 900 },
    expected: CLEAN,
  },
  {
    name: 'another continent, sixteen hops',
    scenario: pathTo(
      '203.0.113.77',
      9005,
      hopsOf(
        `192.168.178.1@0.5 100.72.0.1@5 198.51.100.17@1 198.51.100.21@2 198.51.100.65@4 192.0.2.9@1 192.0.2.13@3
         192.0.2.18@2 192.0.2.101@78 192.0.2.105@1 192.0.2.110@6 192.0.2.114@2 203.0.113.2@1 203.0.113.6@0.5
         203.0.113.9@0.5`,
      ),
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
  },
  {
    name: 'two oceans, 330 ms',
    scenario: pathTo(
      '203.0.113.178',
      9006,
      hopsOf('192.168.2.1@0.6 198.51.100.1@9 198.51.100.14@3 192.0.2.33@62 192.0.2.37@2 192.0.2.70@84 203.0.113.129@3'),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'a satellite link that is just long',
    scenario: pathTo(
      '198.51.100.44',
      9007,
      hopsOf('192.168.100.1@0.4 100.90.0.1@285 203.0.113.17@1 203.0.113.25@4', {
        2: { jitter: { kind: 'gamma', shape: 2, scaleMs: 3 } },
      }),
    ),
    plan: { rounds: 200 },
    expected: CLEAN,
  },
  {
    name: 'a remote radio link, slow and steady',
    scenario: pathTo('203.0.113.61', 9008, hopsOf('10.1.1.1@0.5 10.255.0.1@70 203.0.113.5@2 203.0.113.9@1')),
    plan: { rounds: 500 },
    expected: CLEAN,
  },
  {
    name: 'IPv6 with a silent hop',
    scenario: pathTo(
      '2001:db8:77::80',
      9009,
      hopsOf(
        `2001:db8:1::1@0.4 2001:db8:1:ffff::1@4 2001:db8:20::5@1 -@1 2001:db8:20::9@3 2001:db8:30::1@2
         2001:db8:77::1@1`,
      ),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'only thirty rounds',
    scenario: pathTo(
      '203.0.113.140',
      9010,
      hopsOf('192.168.0.1@0.5 100.64.8.1@6 198.51.100.2@1 198.51.100.6@1 192.0.2.1@2 192.0.2.5@1 203.0.113.133@1'),
    ),
    plan: { rounds: 30 },
    expected: CLEAN,
  },
  {
    name: 'a probe a minute for two hours',
    scenario: pathTo('198.51.100.91', 9011, hopsOf('192.168.8.1@0.7 100.99.1.1@11 192.0.2.200@3 198.51.100.88@1')),
    plan: { rounds: 120, interval: seconds(60) },
    expected: CLEAN,
  },
  {
    // A cable line shares its time slots: a few milliseconds of unrest are how it works.
    name: 'the usual unrest of a cable line',
    scenario: pathTo(
      '203.0.113.12',
      9012,
      hopsOf('192.168.50.1@0.6 100.110.0.1@5 198.51.100.33@1 198.51.100.37@2 203.0.113.1@2', {
        2: { jitter: { kind: 'gamma', shape: 2, scaleMs: 1.2 } },
      }),
    ),
    plan: { rounds: 600 },
    expected: CLEAN,
  },
  {
    name: 'one lost probe of two hundred',
    scenario: pathTo('198.51.100.70', 9013, hopsOf('192.168.3.1@0.4 100.65.3.1@5 203.0.113.9@2 198.51.100.65@1'), {
      events: [{ on: 'hop', hop: 2, atS: 80.5, forS: 1, set: { lossRatio: 1 } }],
    }),
    plan: { rounds: 200 },
    expected: CLEAN,
  },
  {
    name: 'two lost probes of four hundred, minutes apart',
    scenario: pathTo(
      '192.0.2.222',
      9014,
      hopsOf('192.168.7.1@0.4 198.51.100.1@8 198.51.100.5@1 203.0.113.1@2 203.0.113.5@2 192.0.2.193@1'),
      { events: [{ on: 'destination', atS: 50.5, forS: 1, everyS: 230, set: { lossRatio: 1 } }] },
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
  },
  {
    // Half a percent of thirty probes is a sixth of a probe.
    name: 'loss far too small for thirty rounds',
    scenario: pathTo(
      '203.0.113.90',
      9015,
      hopsOf('10.3.0.1@0.4 203.0.113.65@3 203.0.113.69@1 203.0.113.81@1', { 2: { lossRatio: 0.005 } }),
    ),
    plan: { rounds: 30 },
    expected: CLEAN,
  },
  {
    name: 'after an outage that is over',
    scenario: pathTo('198.51.100.23', 9016, hopsOf('192.168.1.254@0.5 100.80.0.1@6 192.0.2.77@2 198.51.100.17@2'), {
      events: [{ on: 'hop', hop: 2, atS: 60, forS: 45, set: { lossRatio: 1 } }],
    }),
    plan: { rounds: 400, fromRound: 150 },
    expected: CLEAN,
    wrongRemarks: ['outage'],
  },
  {
    name: 'after loss and delay that are over',
    scenario: pathTo(
      '203.0.113.204',
      9017,
      hopsOf('192.168.1.1@0.5 100.101.0.1@4 198.51.100.9@1 192.0.2.55@3 192.0.2.59@1 203.0.113.193@1'),
      { events: [{ on: 'hop', hop: 4, atS: 0, forS: 200, set: { lossRatio: 0.12, delayMs: 40 } }] },
    ),
    plan: { rounds: 500, fromRound: 260 },
    expected: CLEAN,
  },
  {
    name: 'duplicates',
    scenario: pathTo(
      '203.0.113.31',
      9018,
      hopsOf('192.168.11.1@0.4 198.51.100.3@4 198.51.100.7@1 203.0.113.25@2', {
        3: { duplicates: { ratio: 0.03, delayMs: 2 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'a stranger forges replies',
    scenario: pathTo('198.51.100.150', 9019, hopsOf('10.44.0.1@0.3 203.0.113.101@4 203.0.113.105@1'), {
      machine: { forgedRatio: 0.3 },
    }),
    plan: { rounds: 250 },
    expected: CLEAN,
  },
  {
    name: 'an access line of 1,492 bytes that says so',
    scenario: pathTo(
      '203.0.113.119',
      9020,
      hopsOf('192.168.20.1@0.4 100.77.0.1@5 198.51.100.12@1 192.0.2.3@2', { 2: { mtuBytes: 1_492 } }),
    ),
    plan: { rounds: 60, withPathMtu: true },
    expected: CLEAN,
    wrongRemarks: ['mtu-black-hole'],
  },
  {
    name: 'full packets pass, although two routers hardly answer',
    scenario: pathTo(
      '192.0.2.166',
      9021,
      hopsOf('192.168.21.1@0.4 100.78.0.1@7 198.51.100.13@1 198.51.100.18@1 192.0.2.161@2', {
        3: { rateLimit: { perSecond: 0.3, burst: 1 } },
        4: { answerLossRatio: 0.7 },
      }),
    ),
    plan: { rounds: 90, withPathMtu: true },
    expected: CLEAN,
    wrongRemarks: ['mtu-black-hole'],
  },
  {
    name: 'a route change to an equal way',
    scenario: pathTo(
      '203.0.113.44',
      9022,
      hopsOf('192.168.9.1@0.5 100.66.0.1@5 198.51.100.2@1 192.0.2.10@3 192.0.2.14@2 203.0.113.33@1'),
      {
        otherPaths: {
          second: {
            hops: hopsOf('192.168.9.1@0.5 100.66.0.1@5 198.51.100.2@1 192.0.2.42@3 192.0.2.46@2 203.0.113.37@1'),
            destination: serverWith(),
          },
        },
        events: [{ on: 'destination', atS: 140, set: { path: 'second' } }],
      },
    ),
    plan: { rounds: 300 },
    // Harmless: worth knowing, no more.
    expected: CLEAN,
    remarks: [{ id: 'route-change', hopLimit: 4 }],
  },
  {
    name: 'three equal branches, by flow',
    scenario: pathTo('198.51.100.111', 9023, [
      ...hopsOf('10.6.0.1@0.3 203.0.113.49@3'),
      { branches: [hopsOf('192.0.2.81@2'), hopsOf('192.0.2.85@2'), hopsOf('192.0.2.89@2')] },
      ...hopsOf('198.51.100.97@1'),
    ]),
    plan: { rounds: 200, withBranches: true },
    expected: CLEAN,
    wrongRemarks: NO_CHANGE,
  },
  {
    name: 'two branches, packet by packet',
    scenario: pathTo('198.51.100.112', 9024, [
      ...hopsOf('192.168.66.1@0.4 100.67.0.1@6'),
      { balance: 'per-packet', branches: [hopsOf('192.0.2.97@2'), hopsOf('192.0.2.101@3')] },
      ...hopsOf('203.0.113.53@1 198.51.100.98@1'),
    ]),
    plan: { rounds: 300 },
    expected: CLEAN,
    wrongRemarks: NO_CHANGE,
  },
];
