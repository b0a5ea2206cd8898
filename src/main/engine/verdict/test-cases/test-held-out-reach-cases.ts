import { hopsOf, pathTo, serverWith } from './test-held-out-path.ts';
import type { JudgedCase } from './test-judged-case.ts';

const OFFICE = '10.50.0.1@0.3 10.50.255.1@0.4 203.0.113.5@3 203.0.113.9@1 192.0.2.9@2 198.51.100.241@1';
const HOME = '192.168.80.1@0.5 100.112.0.1@6 198.51.100.5@1 198.51.100.9@2 192.0.2.17@3 203.0.113.129@1';

/** What is not reached, or only for a time, and what this machine itself does wrong. */
export const HELD_OUT_REACH_CASES: readonly JudgedCase[] = [
  {
    name: 'a firewall at hop 6 prohibits',
    scenario: pathTo('198.51.100.242', 9401, hopsOf(OFFICE, { 6: { unreachable: { icmpCode: 13 } } })),
    plan: { rounds: 60 },
    expected: [{ id: 'refused', hopLimit: 6 }],
  },
  {
    name: 'a firewall at hop 4 prohibits over IPv6',
    scenario: pathTo(
      '2001:db8:aa::7',
      9402,
      hopsOf('2001:db8:4::1@0.4 2001:db8:4:ffff::1@5 2001:db8:70::1@1 2001:db8:70::5@2 2001:db8:aa::1@1', {
        4: { unreachable: { icmpCode: 1 } },
      }),
    ),
    plan: { rounds: 60 },
    expected: [{ id: 'refused', hopLimit: 4 }],
  },
  {
    name: 'the destination itself prohibits',
    scenario: pathTo('203.0.113.132', 9403, hopsOf(HOME), {
      destination: serverWith({ unreachable: { icmpCode: 10 } }),
    }),
    plan: { rounds: 90 },
    expected: [{ id: 'refused', hopLimit: 7 }],
  },
  {
    name: 'the last router finds no such host',
    scenario: pathTo(
      '203.0.113.133',
      9404,
      hopsOf(HOME, { 6: { unreachable: { icmpCode: 1, delayMs: 900 }, rateLimit: { perSecond: 2, burst: 6 } } }),
    ),
    plan: { rounds: 90 },
    expected: [{ id: 'unreachable', hopLimit: 6 }],
  },
  {
    name: 'the provider knows no way to that network',
    scenario: pathTo('192.0.2.250', 9405, hopsOf(OFFICE, { 3: { unreachable: { icmpCode: 0 } } })),
    plan: { rounds: 40 },
    expected: [{ id: 'unreachable', hopLimit: 3 }],
  },
  {
    name: 'no way to that network over IPv6',
    scenario: pathTo(
      '2001:db8:bb::7',
      9406,
      hopsOf('2001:db8:5::1@0.4 2001:db8:5:ffff::1@5 2001:db8:71::1@1 2001:db8:71::5@2', {
        2: { unreachable: { icmpCode: 0 } },
      }),
    ),
    plan: { rounds: 60 },
    expected: [{ id: 'unreachable', hopLimit: 2 }],
  },
  {
    name: 'the destination says nothing, all routers do',
    scenario: pathTo('203.0.113.134', 9407, hopsOf(HOME), { destination: serverWith({ isSilent: true }) }),
    plan: { rounds: 120 },
    expected: [{ id: 'destination-silent' }],
  },
  {
    // A firewall that drops: from hop 5 on nothing at all. It may be silence or a broken path; nobody can tell.
    name: 'nothing answers beyond hop 4',
    scenario: pathTo('198.51.100.243', 9408, hopsOf(OFFICE, { 5: { lossRatio: 1 } })),
    plan: { rounds: 80 },
    expected: [{ id: 'destination-silent' }],
  },
  {
    name: 'forty seconds without an access line',
    scenario: pathTo('203.0.113.135', 9409, hopsOf(HOME), {
      events: [{ on: 'hop', hop: 2, atS: 120, forS: 40, set: { lossRatio: 1 } }],
    }),
    plan: { rounds: 400 },
    expected: [{ id: 'outage', hopLimit: 2 }],
  },
  {
    name: 'twice a quarter of a minute without the link to hop 5',
    scenario: pathTo('198.51.100.244', 9410, hopsOf(OFFICE), {
      events: [{ on: 'hop', hop: 5, atS: 90, forS: 15, everyS: 200, set: { lossRatio: 1, returnLossRatio: 1 } }],
    }),
    plan: { rounds: 400 },
    expected: [{ id: 'outage', hopLimit: 5 }],
  },
  {
    name: 'the path breaks at hop 4 and stays broken',
    scenario: pathTo('203.0.113.136', 9411, hopsOf(HOME), {
      events: [{ on: 'hop', hop: 4, atS: 200, set: { lossRatio: 1 } }],
    }),
    plan: { rounds: 300 },
    expected: [{ id: 'outage', hopLimit: 4 }],
  },
  {
    name: 'the destination restarts for a minute',
    scenario: pathTo('198.51.100.245', 9412, hopsOf(OFFICE), {
      events: [{ on: 'destination', atS: 150, forS: 60, set: { isSilent: true } }],
    }),
    plan: { rounds: 360 },
    expected: [{ id: 'outage', hopLimit: 7 }],
  },
  {
    name: 'two routers send everything to each other',
    scenario: pathTo('203.0.113.137', 9413, hopsOf(HOME), { loopsBackTo: 5 }),
    plan: { rounds: 60 },
    expected: [{ id: 'routing-loop', hopLimit: 5 }],
  },
  {
    name: 'a loop of three routers near this machine',
    scenario: pathTo('192.0.2.251', 9414, hopsOf('192.168.84.1@0.4 100.113.0.1@5 198.51.100.13@1 198.51.100.17@1'), {
      loopsBackTo: 2,
    }),
    plan: { rounds: 45, maxHops: 24 },
    expected: [{ id: 'routing-loop', hopLimit: 2 }],
  },
  {
    name: 'a tunnel of 1,420 bytes swallows larger packets at hop 5',
    scenario: pathTo('198.51.100.246', 9415, hopsOf(OFFICE, { 5: { mtuBytes: 1_420, isMtuBlackHole: true } })),
    plan: { rounds: 60, withPathMtu: true },
    expected: [{ id: 'mtu-black-hole', hopLimit: 5 }],
  },
  {
    name: 'an access line of 1,480 bytes that says nothing, beside a reluctant router',
    scenario: pathTo(
      '203.0.113.138',
      9416,
      hopsOf(HOME, { 2: { mtuBytes: 1_480, isMtuBlackHole: true }, 4: { rateLimit: { perSecond: 0.5, burst: 1 } } }),
    ),
    plan: { rounds: 120, withPathMtu: true },
    expected: [{ id: 'mtu-black-hole', hopLimit: 2 }],
  },
  {
    name: 'this machine drops one answer in eight',
    scenario: pathTo('203.0.113.139', 9417, hopsOf(HOME), { machine: { localDropRatio: 0.125 } }),
    plan: { rounds: 200 },
    expected: [{ id: 'local-drops' }],
  },
  {
    name: 'the network cable is pulled for twenty seconds',
    scenario: pathTo('198.51.100.247', 9418, hopsOf(OFFICE), {
      events: [{ on: 'machine', atS: 70, forS: 20, set: { sendFailure: { reason: 'interface-gone' } } }],
    }),
    plan: { rounds: 200 },
    expected: [{ id: 'send-failures' }],
  },
  {
    name: 'the send queue of this machine is full for a quarter of the probes',
    scenario: pathTo('203.0.113.140', 9419, hopsOf(HOME), {
      machine: { sendFailure: { reason: 'local-queue-full', ratio: 0.25 } },
    }),
    plan: { rounds: 200 },
    expected: [{ id: 'send-failures' }],
  },
  {
    // Nothing is felt, nothing can be said: a remark, and neither clean nor faulty.
    name: 'three rounds',
    scenario: pathTo('203.0.113.141', 9420, hopsOf(HOME)),
    plan: { rounds: 3 },
    expected: [],
    remarks: [{ id: 'too-few-samples' }],
  },
  {
    name: 'five rounds, one lost at every hop from 2 on',
    scenario: pathTo('203.0.113.142', 9421, hopsOf(HOME), {
      events: [{ on: 'hop', hop: 2, atS: 1.5, forS: 1, set: { lossRatio: 1 } }],
    }),
    plan: { rounds: 5 },
    expected: [],
    remarks: [{ id: 'too-few-samples' }],
  },
];
