import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const CLEAN = [{ id: 'clean' }] as const;

/** Paths on which something happens that nobody feels. */
export const HELD_OUT_HARMLESS_CASES: readonly JudgedCase[] = [
  {
    name: 'a router begins to limit its answers in the middle of the run',
    scenario: pathTo(
      '203.0.113.14',
      9151,
      hopsOf('192.168.26.1@0.4 100.114.0.1@5 198.51.100.21@1 192.0.2.101@2 203.0.113.9@1'),
      { events: [{ on: 'hop', hop: 4, atS: 200, set: { rateLimit: { perSecond: 0.4, burst: 1 } } }] },
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
    remarks: [{ id: 'reluctant-router', hopLimit: 4 }],
  },
  {
    name: 'a router stops answering for two minutes and forwards all the same',
    scenario: pathTo(
      '198.51.100.36',
      9152,
      hopsOf('10.17.0.1@0.3 203.0.113.18@3 203.0.113.22@1 192.0.2.105@2 198.51.100.34@1'),
      { events: [{ on: 'hop', hop: 3, atS: 100, forS: 120, set: { isSilent: true } }] },
    ),
    plan: { rounds: 400 },
    expected: CLEAN,
    wrongRemarks: ['outage'],
  },
  {
    name: 'the processor of one router is busy for a while',
    scenario: pathTo(
      '192.0.2.172',
      9153,
      hopsOf('192.168.27.1@0.4 100.115.0.1@6 198.51.100.25@1 203.0.113.26@2 203.0.113.30@1 192.0.2.170@1'),
      { events: [{ on: 'hop', hop: 5, atS: 120, forS: 90, set: { answerDelayMs: 140 } }] },
    ),
    plan: { rounds: 350 },
    expected: CLEAN,
    wrongRemarks: ['bufferbloat', 'latency-step'],
  },
  {
    name: 'the own router is silent, the rest answers',
    scenario: pathTo('203.0.113.52', 9154, hopsOf('-@0.4 100.116.0.1@5 198.51.100.29@1 203.0.113.50@2')),
    plan: { rounds: 180 },
    expected: CLEAN,
  },
  {
    name: 'the three routers before the destination hardly answer',
    scenario: pathTo(
      '198.51.100.58',
      9155,
      hopsOf('192.168.28.1@0.4 100.117.0.1@5 203.0.113.34@1 192.0.2.109@3 192.0.2.113@1 198.51.100.49@1', {
        4: { rateLimit: { perSecond: 0.2, burst: 1 } },
        5: { answerLossRatio: 0.9 },
        6: { rateLimit: { perSecond: 0.1, burst: 1 } },
      }),
    ),
    plan: { rounds: 300 },
    expected: CLEAN,
  },
  {
    name: 'the answers of four routers come back over a lossy way, that of the destination does not',
    scenario: pathTo(
      '203.0.113.86',
      9156,
      hopsOf(
        `10.19.0.1@0.3 198.51.100.37@3 198.51.100.41@1 192.0.2.117@2 192.0.2.121@1 192.0.2.125@3 192.0.2.129@1
         203.0.113.84@1`,
        {
          4: { returnDetour: { delayMs: 9, lossRatio: 0.08 } },
          5: { returnDetour: { delayMs: 9, lossRatio: 0.08 } },
          6: { returnDetour: { delayMs: 9, lossRatio: 0.08 } },
          7: { returnDetour: { delayMs: 9, lossRatio: 0.08 } },
        },
      ),
    ),
    plan: { rounds: 500 },
    expected: CLEAN,
  },
  {
    // Four answers or so of a thousand take 250 ms more: no call is the worse for it.
    name: 'now and then a single slow answer',
    scenario: pathTo(
      '198.51.100.79',
      9157,
      hopsOf('192.168.29.1@0.4 100.118.0.1@6 203.0.113.38@1 192.0.2.133@2 198.51.100.76@1', {
        3: { stragglers: { ratio: 0.004, delayMs: 250 } },
      }),
    ),
    plan: { rounds: 500 },
    expected: CLEAN,
  },
  {
    name: 'one probe of 1,500 is lost and the path is long',
    scenario: pathTo(
      '203.0.113.115',
      9158,
      hopsOf(
        `192.168.30.1@0.4 100.119.0.1@4 198.51.100.45@1 198.51.100.50@1 192.0.2.137@6 192.0.2.141@1 192.0.2.145@9
         192.0.2.149@1 203.0.113.110@2 203.0.113.113@1`,
      ),
      { events: [{ on: 'hop', hop: 5, atS: 700.5, forS: 1, set: { returnLossRatio: 1 } }] },
    ),
    plan: { rounds: 1_500 },
    expected: CLEAN,
  },
  {
    name: 'a translator of addresses on the way, a destination that doubles every fifth answer',
    scenario: pathTo(
      '198.51.100.95',
      9159,
      hopsOf('192.168.45.1@0.4 10.64.0.1@2 203.0.113.42@4 198.51.100.93@1', { 2: { translatesAddresses: true } }),
      { destination: serverWith({ duplicates: { ratio: 0.2 } }) },
    ),
    plan: { rounds: 250 },
    expected: CLEAN,
  },
  {
    name: 'branches of unlike length, by flow',
    scenario: pathTo('203.0.113.145', 9160, [
      ...hopsOf('10.23.0.1@0.3 198.51.100.53@3'),
      { branches: [hopsOf('192.0.2.153@2'), hopsOf('192.0.2.157@1 192.0.2.158@2')] },
      ...hopsOf('203.0.113.141@1 203.0.113.143@1'),
    ]),
    plan: { rounds: 220, withBranches: true },
    expected: CLEAN,
    wrongRemarks: ['route-change', 'route-flapping', 'lossy-branch'],
  },
];
