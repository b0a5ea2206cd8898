import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ICMPSocketError } from './errors.ts';
import { Hop } from './hop.ts';
import { Host } from './host.ts';

it('tells smallest, mean and largest round trip and jitter, to three decimals', () => {
  const host = new Host('192.0.2.1', 4, [10, 12.3456, 11]);
  // Mean 33.3456 / 3; differences 2.3456 and 1.3456, mean 1.8456.
  expect([host.minRtt, host.avgRtt, host.maxRtt, host.jitter]).toEqual([10, 11.115, 12.346, 1.846]);
  expect([host.packetsSent, host.packetsReceived, host.packetLoss, host.isAlive]).toEqual([4, 3, 0.25, true]);
  expect(host.rtts).toEqual([10, 12.3456, 11]);
});

it('is all zeros for a silent host, apart from the loss', () => {
  const host = new Host('192.0.2.1', 3, []);
  expect([host.minRtt, host.avgRtt, host.maxRtt, host.jitter, host.packetLoss, host.isAlive]).toEqual([
    0,
    0,
    0,
    0,
    1,
    false,
  ]);
});

it('rounds the loss to two decimals', () => {
  expect(new Host('192.0.2.1', 3, [1, 1]).packetLoss).toBe(0.33);
});

it('has lost everything when nothing could be sent, and nothing when nothing was tried', () => {
  expect(new Host('192.0.2.1', 0, [], [new ICMPSocketError('no route')]).packetLoss).toBe(1);
  expect(new Host('192.0.2.1', 0, []).packetLoss).toBe(0);
});

it('shows itself in a box of eight lines between rules of 60 dashes', () => {
  const lines = new Host('192.0.2.1', 2, [1, 2]).toString().split('\n');
  expect(lines.length).toBe(8);
  expect([lines[0], lines[1], lines[7]]).toEqual(['  192.0.2.1', `  ${'-'.repeat(60)}`, `  ${'-'.repeat(60)}`]);
});

it('shows a hop behind its distance, and knows who answered', () => {
  const hop = new Hop('192.0.2.1', 2, [1, 2], 3);
  expect(hop.toString().split('\n')[0]).toBe('  #3  192.0.2.1');
  expect(hop).toMatchObject({ distance: 3, responders: [{ address: '192.0.2.1', rtts: [1, 2] }] });
});

it('shows itself in one line to console.log', () => {
  expect(inspect(new Host('192.0.2.1', 1, [1]))).toBe('<Host [192.0.2.1]>');
  expect(inspect(new Hop('192.0.2.1', 1, [1], 3))).toBe('<Hop 3 [192.0.2.1]>');
});

it('measures a host of a million round trips', () => {
  const rtts = Array.from({ length: 1_000_000 }, (_, index) => (index % 3) + 1);
  const host = new Host('192.0.2.1', rtts.length, rtts);
  expect([host.minRtt, host.avgRtt, host.maxRtt]).toEqual([1, 2, 3]);
});
