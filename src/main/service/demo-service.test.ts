import { describe, expect, it } from 'vitest';
import type { DemoScenario } from '../../contract/demo.ts';
import type { PathMonitorInfo } from '../../contract/path.ts';
import { listScenarios } from '../simulated/scenario-files.ts';
import { createTestServices, DEFAULT_OPTIONS, type TestServices } from './test-services.ts';

const names = await listScenarios();
/** The focus of a first start. */
const TEN_MINUTES = { fromEpochMs: null, toEpochMs: null, lastMs: 600_000, waitForNamesMs: 0 };
const PATH_OPTIONS = { ...DEFAULT_OPTIONS, maxHops: 30, reverseDns: true, asn: false, count: null, flow: null };

async function describedScenarios({ handlers }: TestServices): Promise<DemoScenario[]> {
  const listed = await handlers.demo.list({});
  if (!listed.ok) throw new Error(JSON.stringify(listed.failure));
  return listed.value.scenarios;
}

async function play(services: TestServices, scenario: string, speed: 1 | 10 | 60 = 1): Promise<PathMonitorInfo[]> {
  const played = await services.handlers.demo.play({ scenario, speed });
  if (!played.ok) throw new Error(JSON.stringify(played.failure));
  return played.value.paths;
}

/** The paths as a list that is opened now tells them. */
async function listed(services: TestServices): Promise<PathMonitorInfo[]> {
  let last: PathMonitorInfo[] = [];
  const sink = {
    emit: ({ paths }: { paths: PathMonitorInfo[] }) => {
      last = paths;
    },
    end: () => {},
    isCongested: () => false,
  };
  using _list = services.handlers.path.list({}, sink);
  await services.pass(200);
  return last;
}

async function reportOf({ handlers }: TestServices, { pathId }: PathMonitorInfo) {
  const report = await handlers.path.report({ pathId, ...TEN_MINUTES });
  if (!report.ok) throw new Error(JSON.stringify(report.failure));
  return report.value;
}

describe('every scenario that comes with the program', () => {
  it('has a topic, two steps or more, and a verdict to expect', async () => {
    const scenarios = await describedScenarios(createTestServices({}, {}, names));
    expect(scenarios.map(({ name }) => name)).toEqual(names);
    expect(scenarios.filter(({ steps, verdicts }) => steps.length < 2 || verdicts.length === 0)).toEqual([]);
  });

  it.each(names)(
    '%s leads to the verdict that its lesson announces, once the time lapse has caught up',
    async (name) => {
      const services = createTestServices({}, {}, [name]);
      const [scenario] = await describedScenarios(services);
      const [path] = await play(services, name, 60);
      if (scenario === undefined || path === undefined) throw new Error('nothing is played');
      // The lead of ten minutes is made up for at 59 seconds a second.
      await services.pass((scenario.lengthS / 59) * 1_000 + 1_000);
      const { pathId } = path;
      const searches = scenario.searches.map((search) =>
        search === 'branches'
          ? services.handlers.path.branches({ pathId })
          : services.handlers.path.pathMtu({ pathId }),
      );
      if (searches.length > 0) await services.pass(60_000);
      for (const search of searches) expect(await search).toMatchObject({ ok: true });
      const [info] = await listed(services);
      if (info?.verdict != null) {
        expect([info.verdict.id]).toEqual(scenario.verdicts);
        return;
      }
      const { verdicts } = await reportOf(services, path);
      expect(verdicts.map(({ id }) => id)).toEqual(expect.arrayContaining(scenario.verdicts));
    },
  );
});

describe('a scenario that is played', () => {
  it('begins now at speed 1, and its paths say that they are simulated', async () => {
    const services = createTestServices({}, {}, ['isp-loss']);
    const [path] = await play(services, 'isp-loss');
    expect(path).toMatchObject({
      target: 'www.example.net',
      addedAtEpochMs: services.clock.wallNow(),
      simulated: { title: 'Loss at the provider', scenario: 'isp-loss', liveFromEpochMs: null },
    });
    if (path === undefined) return;
    await services.pass(4_500);
    const report = await reportOf(services, path);
    expect([report.simulated, report.rounds]).toEqual(['Loss at the provider', 5]);
  });

  it('began ten minutes ago at a higher speed, and never runs ahead of the real clock', async () => {
    const services = createTestServices({}, {}, ['isp-loss']);
    const startedAt = services.clock.wallNow();
    const [path] = await play(services, 'isp-loss', 10);
    if (path === undefined) throw new Error('nothing is played');
    // 600 s are made up for at 9 s a second.
    expect(path.addedAtEpochMs).toBe(startedAt - 600_000);
    expect(path.simulated?.liveFromEpochMs).toBeCloseTo(startedAt + 66_667, -1);
    await services.pass(10_000);
    const early = await reportOf(services, path);
    // Ten seconds at ten times the speed.
    expect(early.toEpochMs - early.fromEpochMs).toBeCloseTo(100_000, -3);
    await services.pass(70_000);
    const { toEpochMs } = await reportOf(services, path);
    // A report until now ends a millisecond after it, so that what begins at this very moment is in it.
    expect(services.clock.wallNow() - toEpochMs).toBeGreaterThanOrEqual(-1);
    expect(services.clock.wallNow() - toEpochMs).toBeLessThanOrEqual(50);
  });

  it('shares neither names nor gateways nor addresses with the network', async () => {
    const services = createTestServices({ '203.0.113.80': { kind: 'silent' } }, {}, ['clean-home']);
    const [simulated] = await play(services, 'clean-home');
    const real = await services.handlers.path.add({
      target: '203.0.113.80',
      intervalMs: 1_000,
      options: PATH_OPTIONS,
    });
    if (!real.ok || simulated === undefined) throw new Error('not added');
    await services.pass(4_000);
    const [played, measured] = [await reportOf(services, simulated), await reportOf(services, real.value)];
    expect([played.destination, played.reached, played.simulated]).toEqual([
      '203.0.113.80',
      true,
      'A clean home connection',
    ]);
    expect(played.hops[0]?.responders[0]).toMatchObject({ address: '192.168.1.1', name: 'gateway.home.example' });
    expect([measured.destination, measured.reached, measured.simulated]).toEqual(['203.0.113.80', false, null]);
    // The only transport that the network was asked for is that of its own path.
    expect(services.opened).toHaveLength(1);
  });

  it('adds a path for each of its targets, all in one internet', async () => {
    const services = createTestServices({}, {}, ['many-targets']);
    const paths = await play(services, 'many-targets');
    expect(paths.map(({ target }) => target)).toEqual([
      'www.example.net',
      'dns.access.example',
      'far.example.org',
      'printer.home.example',
      'laptop.home.example',
    ]);
  });

  it('begins anew when it is played again: its former paths are gone', async () => {
    const services = createTestServices({}, {}, ['isp-loss']);
    const [former] = await play(services, 'isp-loss');
    await services.pass(3_000);
    const [path] = await play(services, 'isp-loss');
    expect((await listed(services)).map(({ pathId }) => pathId)).toEqual([path?.pathId]);
    expect(path?.pathId).not.toBe(former?.pathId);
  });

  it('can be stopped, once, and its time stops with it', async () => {
    const services = createTestServices({}, {}, ['isp-loss']);
    await play(services, 'isp-loss');
    await services.pass(100);
    expect(await services.handlers.demo.stop({ scenario: 'isp-loss' })).toEqual({ ok: true, value: null });
    expect(await listed(services)).toEqual([]);
    expect(services.clock.untilNextTimer()).toBeNull();
    expect(await services.handlers.demo.stop({ scenario: 'isp-loss' })).toMatchObject({
      ok: false,
      failure: { code: 'not-found', id: 'isp-loss' },
    });
  });

  it('ends with the last of its paths', async () => {
    const services = createTestServices({}, {}, ['many-targets']);
    const paths = await play(services, 'many-targets');
    for (const { pathId } of paths) await services.handlers.path.remove({ pathId });
    expect(await services.handlers.demo.stop({ scenario: 'many-targets' })).toMatchObject({ ok: false });
    await services.pass(200);
    expect(services.clock.untilNextTimer()).toBeNull();
  });

  it('is one of those that come with the program, and never a file', async () => {
    const services = createTestServices({}, {}, names);
    expect(await services.handlers.demo.play({ scenario: '../../package.json', speed: 1 })).toEqual({
      ok: false,
      failure: { code: 'not-found', what: 'scenario', id: '../../package.json' },
    });
  });
});
