import { describe, expect, it } from 'vitest';
import { fail, succeed } from '../../contract/failure.ts';
import { DEFAULT_SETTINGS, type SettingChanges } from '../../contract/settings.ts';
import { VirtualClock } from '../base/clock.ts';
import { SeededRandom } from '../base/random.ts';
import type { JsonRecord } from '../store/json-file.ts';
import { KeptRecord } from '../store/kept-record.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { TargetStore } from '../store/target-store.ts';
import { RememberedTargets } from './remembered-targets.ts';
import type { Watchers } from './watchers.ts';

/** Watchers that only note what they are told. */
function notedWatchers(limit = 100) {
  const told: unknown[] = [];
  let next = 1;
  const state = (id: string) => succeed({ pathId: id, monitorId: id } as never);
  const add = (kind: string) => (order: { target: string }) => {
    if (next > limit) return fail({ code: 'limit-reached', what: 'paths', limit });
    told.push(['add', kind, order]);
    return state(`id-${next++}`);
  };
  const change = (what: string) => (args: { pathId?: string; monitorId?: string }) => {
    const id = args.pathId ?? args.monitorId ?? '';
    if (id === 'gone') return fail({ code: 'not-found', what: 'path', id });
    told.push([what, id]);
    return what === 'remove' ? succeed(null) : state(id);
  };
  const both = (kind: string) => ({
    add: add(kind),
    pause: change('pause'),
    resume: change('resume'),
    remove: change('remove'),
  });
  return { told, watchers: { path: both('path'), monitor: both('round-trip') } as unknown as Watchers };
}

/** One run of the program over what the last one has left. */
function start(left: JsonRecord = {}, settingsLeft: SettingChanges = {}, limit?: number) {
  const deps = { clock: new VirtualClock(), random: new SeededRandom(3) };
  const targetRecord = new KeptRecord(deps, { path: null, holds: 'targets' });
  void targetRecord.change(() => left);
  const settings = new SettingsStore(new KeptRecord(deps, { path: null, holds: 'settings' }));
  void settings.change(settingsLeft);
  const { told, watchers } = notedWatchers(limit);
  const remembered = new RememberedTargets({ ...deps, targets: new TargetStore(targetRecord), settings, watchers });
  remembered.restore();
  return { told, settings, ...remembered.handlers, left: () => targetRecord.value };
}

const DEFAULTS = { intervalMs: null, options: null };

describe('targets', () => {
  it('are watched again after a restart, in their order, with their options, and paused where they were', async () => {
    const first = start();
    await first.path.add({ target: 'a.example', ...DEFAULTS });
    await first.monitor.add({ target: 'b.example', intervalMs: 250, options: null });
    await first.path.add({ target: 'c.example', ...DEFAULTS });
    await first.path.pause({ pathId: 'id-3' });
    await first.path.remove({ pathId: 'id-1' });
    const again = start(first.left());
    expect(again.told).toMatchObject([
      ['add', 'round-trip', { target: 'b.example', intervalMs: 250, options: { timeoutMs: 2_000 } }],
      ['add', 'path', { target: 'c.example', intervalMs: 1_000, options: { maxHops: 30, reverseDns: true } }],
      ['pause', 'id-2'],
    ]);
    await again.path.resume({ pathId: 'id-2' });
    expect(start(again.left()).told.at(-1)).toMatchObject(['add', 'path', { target: 'c.example' }]);
  });

  it('are added as the settings say where nothing else is said', async () => {
    const run = start({}, { intervalMs: 5_000, timeoutMs: 3_000, payloadBytes: 100, maxHops: 12, asn: true });
    await run.path.add({ target: 'a.example', ...DEFAULTS });
    await run.monitor.add({ target: 'a.example', ...DEFAULTS });
    const options = { timeoutMs: 3_000, payloadBytes: 100 };
    expect(run.told).toMatchObject([
      ['add', 'path', { intervalMs: 5_000, options: { ...options, maxHops: 12, asn: true } }],
      ['add', 'round-trip', { intervalMs: 5_000, options }],
    ]);
  });

  it('are not remembered when only some rounds were asked for, nor when a change was refused', async () => {
    const first = start();
    const options = { ...probeOptions, maxHops: 30, reverseDns: true, asn: false, count: 3, flow: null };
    await first.path.add({ target: 'a.example', intervalMs: 1_000, options });
    await first.path.add({ target: 'b.example', ...DEFAULTS });
    await first.path.remove({ pathId: 'gone' });
    expect(start(first.left()).told).toMatchObject([['add', 'path', { target: 'b.example' }]]);
  });

  it('are not watched again while the person does not want it, and are from the moment they do', async () => {
    const first = start({}, { startWithLastTargets: false });
    await first.path.add({ target: 'a.example', ...DEFAULTS });
    expect(start(first.left()).told).toEqual([]);
    await first.settings.change({ startWithLastTargets: true });
    const left = first.left();
    expect(start(left).told).toMatchObject([['add', 'path', { target: 'a.example' }]]);
    await first.settings.change({ startWithLastTargets: false });
    expect(first.left()).toMatchObject({ watched: [], recent: ['a.example'] });
  });

  it('that are not understood here, or are too many, stay kept', async () => {
    const strange = { kind: 'from-version-9', key: 'k-9', target: 'z.example' };
    const first = start({ watched: [strange] });
    await first.path.add({ target: 'a.example', ...DEFAULTS });
    await first.path.add({ target: 'b.example', ...DEFAULTS });
    const again = start(first.left(), {}, 1);
    expect(again.told).toHaveLength(1);
    expect(again.left()).toMatchObject({ watched: [strange, { target: 'a.example' }, { target: 'b.example' }] });
  });
});

const probeOptions = {
  payloadBytes: DEFAULT_SETTINGS.payloadBytes,
  hopLimit: 64,
  trafficClass: 0,
  timeoutMs: DEFAULT_SETTINGS.timeoutMs,
  source: null,
  interfaceName: null,
  family: null,
  transport: 'auto',
  transmitTimestamps: true,
} as const;
