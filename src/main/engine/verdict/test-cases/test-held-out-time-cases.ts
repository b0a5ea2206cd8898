import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

/** Faults of time and of the way: added latency, jitter, full buffers, changes of route, a bad first hop. */
export const HELD_OUT_TIME_CASES: readonly JudgedCase[] = [
  {
    name: '60 ms more from hop 5 on, for good',
    scenario: pathTo(
      '203.0.113.83',
      9301,
      hopsOf('192.168.61.1@0.4 100.102.0.1@5 198.51.100.1@1 198.51.100.5@1 192.0.2.5@3 192.0.2.9@2 203.0.113.81@1'),
      { events: [{ on: 'hop', hop: 5, atS: 150, set: { delayMs: 33 } }] },
    ),
    plan: { rounds: 400 },
    expected: [{ id: 'latency-step', hopLimit: 5 }],
  },
  {
    // From 11 to 46 ms: little for a web page, much for whoever plays or shares a screen.
    name: '35 ms more on the way back from hop 3 on',
    scenario: pathTo('198.51.100.40', 9302, hopsOf('10.31.0.1@0.3 203.0.113.1@2 203.0.113.5@1 198.51.100.33@2'), {
      events: [{ on: 'hop', hop: 3, atS: 240, set: { returnDelayMs: 36 } }],
    }),
    plan: { rounds: 600 },
    expected: [{ id: 'latency-step', hopLimit: 3 }],
  },
  {
    name: '160 ms more from hop 9 on, behind a reluctant router',
    scenario: pathTo(
      '203.0.113.196',
      9303,
      hopsOf(
        `192.168.63.1@0.4 100.103.0.1@5 198.51.100.9@1 198.51.100.13@1 192.0.2.13@3 192.0.2.17@2 192.0.2.21@1
         192.0.2.25@2 192.0.2.29@4 192.0.2.33@1 203.0.113.193@1`,
        { 6: { rateLimit: { perSecond: 0.5, burst: 1 } } },
      ),
      { events: [{ on: 'hop', hop: 9, atS: 100, set: { delayMs: 84 } }] },
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'latency-step', hopLimit: 9 }],
    remarks: [{ id: 'reluctant-router', hopLimit: 6 }],
  },
  {
    name: '50 ms more from hop 4 on, after an outage that is not in the period',
    scenario: pathTo(
      '203.0.113.201',
      9317,
      hopsOf('192.168.77.1@0.5 198.51.100.77@8 198.51.100.81@1 192.0.2.101@3 192.0.2.105@2 203.0.113.199@1'),
      {
        events: [
          { on: 'hop', hop: 2, atS: 40, forS: 30, set: { lossRatio: 1 } },
          { on: 'hop', hop: 4, atS: 260, set: { delayMs: 28 } },
        ],
      },
    ),
    plan: { rounds: 400, fromRound: 120 },
    expected: [{ id: 'latency-step', hopLimit: 4 }],
  },
  {
    name: 'jitter from hop 4 on',
    scenario: pathTo(
      '192.0.2.84',
      9304,
      hopsOf('192.168.64.1@0.4 100.104.0.1@6 198.51.100.17@1 203.0.113.9@2 203.0.113.13@1 192.0.2.81@1', {
        4: { jitter: { kind: 'exponential', meanMs: 35 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'jitter', hopLimit: 4 }],
  },
  {
    name: 'jitter on the way back from hop 6 on',
    scenario: pathTo(
      '203.0.113.26',
      9305,
      hopsOf(
        `10.35.0.1@0.3 10.35.255.1@0.4 198.51.100.21@3 198.51.100.25@1 192.0.2.37@2 192.0.2.41@7 192.0.2.45@1
         203.0.113.25@1`,
        { 6: { returnJitter: { kind: 'gamma', shape: 1.5, scaleMs: 30 } } },
      ),
    ),
    plan: { rounds: 500 },
    expected: [{ id: 'jitter', hopLimit: 6 }],
  },
  {
    name: 'a mobile network that spreads by 120 ms',
    scenario: pathTo(
      '198.51.100.62',
      9306,
      hopsOf('192.168.66.1@0.6 100.105.0.1@22 203.0.113.17@2 198.51.100.57@3', {
        2: { jitter: { kind: 'uniform', maxMs: 120 } },
      }),
    ),
    plan: { rounds: 200 },
    expected: [{ id: 'jitter', hopLimit: 2 }],
  },
  {
    name: 'uploads fill the access line',
    scenario: pathTo(
      '203.0.113.59',
      9307,
      hopsOf('192.168.67.1@0.4 100.106.0.1@7 198.51.100.29@1 192.0.2.49@3 203.0.113.57@1'),
      {
        events: [
          {
            on: 'hop',
            hop: 2,
            atS: 45,
            everyS: 150,
            forS: 42,
            set: { queue: { peakMs: 260, riseS: 6, holdS: 33, fallS: 3, wobbleMs: 30 } },
          },
        ],
      },
    ),
    plan: { rounds: 600 },
    expected: [{ id: 'bufferbloat', hopLimit: 2 }],
  },
  {
    name: 'one long download fills the line of an office',
    scenario: pathTo(
      '198.51.100.84',
      9308,
      hopsOf('10.38.0.1@0.3 10.38.255.1@0.4 203.0.113.21@4 203.0.113.25@1 198.51.100.81@2'),
      {
        events: [
          {
            on: 'hop',
            hop: 3,
            atS: 60,
            forS: 100,
            set: {
              queue: { peakMs: 170, riseS: 15, holdS: 80, fallS: 5, wobbleMs: 25, direction: 'return' },
            },
          },
        ],
      },
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'bufferbloat', hopLimit: 3 }],
  },
  {
    name: 'a buffer of most of a second',
    scenario: pathTo(
      '192.0.2.92',
      9309,
      hopsOf('192.168.69.1@0.5 198.51.100.37@12 198.51.100.41@1 203.0.113.29@2 203.0.113.33@1 192.0.2.89@1'),
      {
        events: [
          {
            on: 'hop',
            hop: 2,
            atS: 30,
            everyS: 120,
            forS: 50,
            set: { queue: { peakMs: 800, riseS: 12, holdS: 30, fallS: 8, wobbleMs: 80 } },
          },
        ],
      },
    ),
    plan: { rounds: 480 },
    expected: [{ id: 'bufferbloat', hopLimit: 2 }],
  },
  {
    // One cause: the new way is longer. The step is part of the change.
    name: 'another way from hop 5 on, 44 ms longer',
    scenario: pathTo(
      '203.0.113.75',
      9310,
      hopsOf('192.168.70.1@0.4 100.107.0.1@5 198.51.100.45@1 198.51.100.49@1 192.0.2.53@2 192.0.2.57@2 203.0.113.73@1'),
      {
        otherPaths: {
          detour: {
            hops: hopsOf(
              `192.168.70.1@0.4 100.107.0.1@5 198.51.100.45@1 198.51.100.49@1 192.0.2.130@14 192.0.2.134@12
               203.0.113.73@1`,
            ),
            destination: serverWith(),
          },
        },
        events: [{ on: 'destination', atS: 160, set: { path: 'detour' } }],
      },
    ),
    plan: { rounds: 320 },
    expected: [{ id: 'route-change', hopLimit: 5 }],
  },
  {
    name: 'another way from hop 4 on, two hops and 90 ms longer',
    scenario: pathTo(
      '2001:db8:75::1',
      9311,
      hopsOf('2001:db8:3::1@0.4 2001:db8:3:ffff::1@5 2001:db8:50::1@1 2001:db8:50::5@3 2001:db8:75::ff@1'),
      {
        otherPaths: {
          far: {
            hops: hopsOf(
              `2001:db8:3::1@0.4 2001:db8:3:ffff::1@5 2001:db8:50::1@1 2001:db8:60::1@30 2001:db8:60::5@2
               2001:db8:60::9@15 2001:db8:75::fe@1`,
            ),
            destination: serverWith(),
          },
        },
        events: [{ on: 'destination', atS: 200, set: { path: 'far' } }],
      },
    ),
    plan: { rounds: 500 },
    expected: [{ id: 'route-change', hopLimit: 4 }],
  },
  {
    name: 'the route flaps every half minute',
    scenario: pathTo(
      '198.51.100.107',
      9312,
      hopsOf('192.168.72.1@0.4 100.108.0.1@6 203.0.113.37@1 192.0.2.61@2 192.0.2.65@1 198.51.100.105@1'),
      {
        otherPaths: {
          other: {
            hops: hopsOf('192.168.72.1@0.4 100.108.0.1@6 203.0.113.37@1 192.0.2.138@12 192.0.2.142@2 198.51.100.105@1'),
            destination: serverWith(),
          },
        },
        events: [{ on: 'destination', atS: 30, everyS: 60, forS: 30, set: { path: 'other' } }],
      },
    ),
    plan: { rounds: 480 },
    expected: [{ id: 'route-flapping', hopLimit: 4 }],
  },
  {
    name: 'the route flaps every twelve seconds, from hop 7 on',
    scenario: pathTo(
      '203.0.113.246',
      9313,
      hopsOf(
        `10.43.0.1@0.3 198.51.100.53@3 198.51.100.57@1 198.51.100.61@1 192.0.2.69@4 192.0.2.73@1 192.0.2.77@2
         192.0.2.81@1 203.0.113.241@1`,
      ),
      {
        otherPaths: {
          south: {
            hops: hopsOf(
              `10.43.0.1@0.3 198.51.100.53@3 198.51.100.57@1 198.51.100.61@1 192.0.2.69@4 192.0.2.73@1 192.0.2.146@17
               192.0.2.150@1 192.0.2.154@2 203.0.113.242@1`,
            ),
            destination: serverWith(),
          },
        },
        events: [{ on: 'destination', atS: 12, everyS: 24, forS: 12, set: { path: 'south' } }],
      },
    ),
    plan: { rounds: 240 },
    expected: [{ id: 'route-flapping', hopLimit: 7 }],
  },
  {
    // One cause, so one verdict: neither the loss nor the jitter beyond is a fault of its own.
    name: 'weak Wi-Fi: loss and wild round trips from the first hop',
    scenario: pathTo(
      '198.51.100.120',
      9314,
      hopsOf('192.168.74.1@1.1 100.109.0.1@6 203.0.113.41@1 192.0.2.85@2 198.51.100.118@1', {
        1: { lossRatio: 0.07, jitter: { kind: 'pareto', scaleMs: 9, shape: 1.4, maxMs: 500 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'a bad cable to the router: loss without delay',
    scenario: pathTo(
      '203.0.113.110',
      9315,
      hopsOf('10.45.0.1@0.2 10.45.255.1@0.4 198.51.100.65@3 192.0.2.89@2 203.0.113.108@1', {
        1: { lossRatio: 0.03, returnLossRatio: 0.03 },
      }),
    ),
    plan: { rounds: 400 },
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
  {
    name: 'crowded Wi-Fi: no loss, but round trips of 10 to 200 ms to the own router',
    scenario: pathTo(
      '192.0.2.100',
      9316,
      hopsOf('192.168.76.1@1 198.51.100.69@8 198.51.100.73@1 192.0.2.97@2', {
        1: { jitter: { kind: 'exponential', meanMs: 40 }, returnJitter: { kind: 'exponential', meanMs: 15 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: [{ id: 'gateway-trouble', hopLimit: 1 }],
  },
];
