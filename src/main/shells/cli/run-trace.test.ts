import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { behind, createTestServices } from '../../service/test-services.ts';
import { createTestTerminal, runInTest } from './test-terminal.ts';

const TARGET = '192.0.2.1';
const PATH = { [TARGET]: behind(['198.51.100.1', null]) };

describe('hopscope trace for people', () => {
  it('prints the hops with their names, and what they mean', async () => {
    const { code, out, notices } = await runInTest(['trace', 'host.example'], createTestServices(PATH));
    expect([code, notices]).toEqual([0, []]);
    expect(out.slice(0, 5)).toEqual([
      'host.example (192.0.2.1), IPv4, 3 rounds, one every 0.5 s',
      'Hop  Address                              Loss%    Snt   Last    Avg   Best   Wrst  StDev   Jttr',
      '  1  name-of-198.51.100.1 (198.51.100.1)     0%      3   10.0   10.0   10.0   10.0   0.00   0.00',
      '  2  ???                                   100%      3      -      -      -      -      -      -',
      '  3  name-of-192.0.2.1 (192.0.2.1)           0%      3   30.0   30.0   30.0   30.0   0.00   0.00',
    ]);
    expect(out.slice(5).join('\n')).toMatch(/\n[a-z-]+: .+\.( |$)/m);
  });

  it('leaves names out when told to', async () => {
    const { out } = await runInTest(['trace', '-n', TARGET], createTestServices(PATH));
    expect(out.join()).not.toContain('name-of');
  });

  it('prints branches and the path MTU when asked for', async () => {
    const { out } = await runInTest(['trace', '--branches', '--mtu', TARGET], createTestServices(PATH));
    expect(out).toContain('Branches');
    expect(out).toContainEqual(expect.stringMatching(/^ {2}1 {2}198\.51\.100\.1 \(\d+ flows\); \d+ probes/));
    expect(out).toContain('Largest packet that came through: 1500 bytes.');
  });

  it('ends with 1 when the target does not answer, and when its name is not found', async () => {
    const silent = await runInTest(['trace', '192.0.2.7'], createTestServices());
    expect(silent.code).toBe(1);
    const unknown = await runInTest(['trace', 'nope.example'], createTestServices());
    expect([unknown.code, unknown.notices]).toEqual([1, []]);
    expect(unknown.out[0]).toBe('nope.example');
    expect(unknown.out[2]).toMatch(/^name-not-resolved: .*nope\.example/);
  });

  it('ends with 2 and the cure when it may not send', async () => {
    const services = createTestServices();
    services.refuseTransports({ code: 'icmp-not-permitted', attempts: [] });
    const { code, out } = await runInTest(['trace', TARGET], services);
    expect(code).toBe(2);
    expect(out[2]).toMatch(/^not-permitted: /);
  });

  it('says on standard error what keeps it from running where no verdict does', async () => {
    const services = createTestServices();
    services.refuseTransports({ code: 'interface-not-found', interfaceName: 'eth9' });
    const { code, notices } = await runInTest(['trace', '-I', 'eth9', TARGET], services);
    expect(code).toBe(2);
    expect(notices[0]).toMatch(/^hopscope trace: .*“eth9”/);
  });

  it('prints what there is at Ctrl-C', async () => {
    const terminal = createTestTerminal();
    const { code, out } = await runInTest(['trace', '-c', '1000', TARGET], createTestServices(PATH), terminal, {
      afterMs: 5_000,
      act: () => terminal.interrupt(),
    });
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^192\.0\.2\.1, IPv4, (10|11) rounds/);
  });

  it('gives up a search at Ctrl-C and prints the rest', async () => {
    const terminal = createTestTerminal();
    const { code, out } = await runInTest(
      ['trace', '--mtu', '--timeout', '60', '-c1', '192.0.2.7'],
      createTestServices({ '192.0.2.7': behind(['198.51.100.1', null, null]) }),
      terminal,
      { afterMs: 70_000, act: () => terminal.interrupt() },
    );
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^192\.0\.2\.7, IPv4, 1 round/);
    expect(out).not.toContain('Path MTU');
  });

  it('says so when Ctrl-C comes before the name is found', async () => {
    const terminal = createTestTerminal();
    const { code, notices } = await runInTest(['trace', 'never'], createTestServices(), terminal, {
      afterMs: 500,
      act: () => terminal.interrupt(),
    });
    expect([code, notices]).toEqual([1, ['hopscope trace: It was stopped before anything was measured.']]);
  });

  it('does not wait for ever for a name', async () => {
    const { code } = await runInTest(['trace', 'never'], createTestServices());
    expect(code).toBe(1);
  });
});

describe('hopscope trace in other forms', () => {
  it('prints one JSON document', async () => {
    const { code, out, notices } = await runInTest(['trace', '--json', TARGET], createTestServices(PATH));
    expect([code, out.length, notices]).toEqual([0, 1, []]);
    const document = JSON.parse(out[0] ?? '');
    expect(document).toMatchObject({
      target: TARGET,
      destination: TARGET,
      family: 4,
      reached: true,
      hops: [
        {
          hopLimit: 1,
          sent: 3,
          received: 3,
          responders: [
            {
              address: '198.51.100.1',
              name: 'name-of-198.51.100.1',
              asn: null,
              sent: 3,
              received: 3,
              lossRatio: 0,
              rttMs: { min: 10, mean: 10, max: 10, stddev: 0, p50: 10, p95: 10, p99: 10 },
              jitterMs: 0,
              icmpType: 11,
              icmpCode: 0,
              mpls: [],
              mtu: null,
            },
          ],
        },
        { hopLimit: 2, sent: 3, received: 0, responders: [] },
        { hopLimit: 3, received: 3, responders: [{ address: TARGET, icmpType: 0, icmpCode: 0 }] },
      ],
      branches: null,
      pathMtu: null,
      message: null,
    });
    const [verdict] = document.verdicts;
    expect(Object.keys(verdict).sort()).toEqual(
      ['id', 'severity', 'hopLimit', 'segment', 'sentence', 'confidence', 'surer', 'evidence', 'advice'].sort(),
    );
  });

  it('prints the same keys, and the reason, when nothing could be measured', async () => {
    const { code, out, notices } = await runInTest(['trace', '--json', 'nope.example'], createTestServices());
    expect([code, notices]).toEqual([1, []]);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      target: 'nope.example',
      destination: null,
      family: null,
      reached: false,
      hops: [],
      verdicts: [{ id: 'name-not-resolved' }],
      message: expect.stringMatching(/nope\.example/),
    });
  });

  it('prints CSV and Markdown', async () => {
    const csv = await runInTest(['trace', '--format', 'csv', TARGET], createTestServices(PATH));
    expect(csv.out[0]).toMatch(/^target,destination,hop,/);
    expect(csv.out[1]).toMatch(/^192\.0\.2\.1,192\.0\.2\.1,1,198\.51\.100\.1,name-of-198\.51\.100\.1,,3,3,0,10,/);
    const markdown = await runInTest(['trace', '--format', 'markdown', TARGET], createTestServices(PATH));
    expect(markdown.out).toContain('| Hop | Address | Loss | Sent | Last | Avg | Best | Worst | StDev | Jitter |');
  });

  it('documents every key of the document', async () => {
    const { out } = await runInTest(['trace', '--json', '--branches', '--mtu', TARGET], createTestServices(PATH));
    const documentation = readFileSync(join(import.meta.dirname, '../../../../docs/json.md'), 'utf8');
    const keys = new Set<string>();
    JSON.parse(out[0] ?? '', (key, value) => {
      if (key !== '' && !/^\d+$/.test(key)) keys.add(key);
      return value;
    });
    expect(keys.size).toBeGreaterThan(40);
    expect([...keys].filter((key) => !documentation.includes(`\`${key}\``))).toEqual([]);
  });
});

describe('--simulate', () => {
  it('refuses a scenario that cannot be read, in one sentence', async () => {
    for (const command of ['ping', 'trace', 'monitor', 'sweep']) {
      const { code, notices } = await runInTest([command, '--simulate', 'no-such', TARGET]);
      expect([code, notices]).toEqual([2, ['hopscope: There is no scenario "no-such".']]);
    }
  });

  it('has its scenarios listed by name and title, each with the command that shows what there is to see', async () => {
    const { code, out } = await runInTest(['scenarios']);
    expect(code).toBe(0);
    expect(out).toEqual([
      'a-fault  A fault',
      '         What there is to see in it.',
      '         hopscope monitor host.example --simulate a-fault',
      'another  Another one',
      '         It is different.',
      '         hopscope monitor 192.0.2.1 --simulate another --flow 3 --branches --mtu',
    ]);
  });
});
