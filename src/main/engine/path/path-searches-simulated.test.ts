import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../contract/scenario.ts';
import { seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { ScenarioNetwork } from '../../simulated/scenario-network.ts';
import { ProbePacer } from '../probe-pacer.ts';
import { enumerateBranches } from './branches.ts';
import { searchPathMtu } from './path-mtu.ts';
import { settled } from './test-scripted-transport.ts';

const DESTINATION = '203.0.113.80';
const SIGNAL = new AbortController().signal;
const ASKED = { destination: DESTINATION, maxHops: 30, trafficClass: 0, flow: 7, timeout: seconds(2) };

function openScenario(name: string, dontFragment: boolean) {
  const file = new URL(`../../../../resources/scenarios/${name}.json`, import.meta.url);
  const scenario = readScenario(readFileSync(file, 'utf8'));
  if (!scenario.ok) throw new Error(scenario.failure.code);
  const clock = new VirtualClock();
  const opened = new ScenarioNetwork({ clock }, scenario.value).openTransport({ family: 4, dontFragment });
  if (!opened.ok) throw new Error(opened.failure.code);
  return { clock, transport: opened.value, pacer: new ProbePacer({ clock }) };
}

describe('searches on the simulated internet', () => {
  it('find the four branches of the lossy-branch scenario and how they are joined', async () => {
    const deps = openScenario('lossy-branch', false);
    const branches = await settled(deps.clock, enumerateBranches(deps, { ...ASKED, payloadBytes: 56 }, SIGNAL));
    const addresses = branches.hops.map(({ responders }) => responders.flatMap(({ address }) => address ?? []).sort());
    expect(addresses).toEqual([
      ['192.168.1.1'],
      ['100.64.0.1'],
      ['198.51.100.9'],
      ['198.51.100.33'],
      ['192.0.2.17'],
      ['192.0.2.81', '192.0.2.85', '192.0.2.89', '192.0.2.93'],
      ['192.0.2.82', '192.0.2.86', '192.0.2.90', '192.0.2.94'],
      ['203.0.113.1'],
      [DESTINATION],
    ]);
    expect(branches.links.filter(({ hopLimit }) => hopLimit === 6)).toHaveLength(4);
    expect(branches.links).toContainEqual({ hopLimit: 6, from: '192.0.2.89', to: '192.0.2.90' });
    expect(branches.hops.every(({ isComplete }) => isComplete)).toBe(true);
  });

  it('find the black hole of the mtu-black-hole scenario behind its first hop', async () => {
    const deps = openScenario('mtu-black-hole', true);
    const found = await settled(deps.clock, searchPathMtu(deps, { ...ASKED, family: 4, largestBytes: 1_500 }, SIGNAL));
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_492, true]);
    expect(found.hops.map(({ largestBytes }) => largestBytes)).toEqual([1_500, ...Array<number>(8).fill(1_492)]);
  });

  it('find no black hole on the clean path at home', async () => {
    const deps = openScenario('clean-home', true);
    const found = await settled(deps.clock, searchPathMtu(deps, { ...ASKED, family: 4, largestBytes: 1_500 }, SIGNAL));
    expect([found.pathMtuBytes, found.isBlackHole]).toEqual([1_500, false]);
  });
});
