import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../contract/scenario.ts';
import { readScenario } from '../../contract/scenario.ts';
import { VirtualClock } from '../base/clock.ts';
import { describeInternet, simulateSurroundings } from './simulated-surroundings.ts';

const never = new AbortController().signal;

function scenario(more: object = {}): Scenario {
  const read = readScenario(
    JSON.stringify({
      title: 'A test',
      lesson: 'None.',
      seed: 1,
      targets: [{ address: '203.0.113.9', name: 'host.example' }],
      hops: [{ address: '192.168.1.1', name: 'gw.example', asn: { number: 64_500, name: 'EXAMPLE' }, delayMs: 1 }],
      ...more,
    }),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
}

describe('a simulated internet in place of the network', () => {
  it('has the names, networks and gateways of its scenario, and nothing else', async () => {
    const around = simulateSurroundings({ clock: new VirtualClock() }, scenario());
    expect(await around.lookUp('host.example', { family: 0, signal: never })).toEqual({
      address: '203.0.113.9',
      family: 4,
    });
    await expect(around.lookUp('example.org', { family: 0, signal: never })).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    expect(await around.askName('192.168.1.1', never)).toEqual({ kind: 'found', value: 'gw.example' });
    expect(await around.askName('192.0.2.200', never)).toEqual({ kind: 'none' });
    expect(await around.askAsn('192.168.1.1', never)).toEqual({
      kind: 'found',
      value: { number: 64_500, name: 'EXAMPLE' },
    });
    expect(await around.askAsn('203.0.113.9', never)).toEqual({ kind: 'none' });
    expect(await around.readGateways()).toEqual(['192.168.1.1']);
  });

  it('is told by its title and its first targets, as a person would type them', () => {
    const many = ['203.0.113.8', '203.0.113.7', '203.0.113.6'].map((address) => ({ address }));
    const internet = describeInternet(
      scenario({ targets: [{ address: '203.0.113.9', name: 'host.example' }, ...many] }),
    );
    expect(internet).toEqual({ title: 'A test', targets: ['host.example', '203.0.113.8', '203.0.113.7'] });
  });

  it('tells the doctor what can be sent in it', async () => {
    const around = simulateSurroundings({ clock: new VirtualClock() }, scenario());
    expect(await around.reportTransports()).toMatchObject([
      { transport: 'simulated', family: 4, failure: null, reportsErrors: true },
      { transport: 'simulated', family: 6, failure: { code: 'family-not-simulated' } },
    ]);
    const forbidden = simulateSurroundings(
      { clock: new VirtualClock() },
      scenario({ machine: { isIcmpPermitted: false } }),
    );
    expect((await forbidden.reportTransports())[0]?.failure?.code).toBe('icmp-not-permitted');
  });
});
