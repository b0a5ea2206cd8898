import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type SettingsState } from '../../contract/settings.ts';
import { milliseconds } from '../../contract/units.ts';
import { SystemClock, VirtualClock } from '../base/clock.ts';
import { SystemRandom } from '../base/random.ts';
import { KeptRecord } from '../store/kept-record.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { createSettingsService } from './settings-service.ts';
import { createTestServices } from './test-services.ts';

it('changes what is allowed, at once and for everyone who follows', async () => {
  const { handlers, pass } = createTestServices();
  const events: SettingsState[] = [];
  using _following = handlers.settings.follow(
    {},
    { emit: (event) => events.push(event), end: () => {}, isCongested: () => false },
  );
  await pass(200);
  const changed = await handlers.settings.change({ changes: { theme: 'dark', maxHops: 12 } });
  await pass(200);
  await handlers.settings.change({ changes: { theme: null } });
  await pass(200);
  expect(changed).toMatchObject({ ok: true, value: { settings: { theme: 'dark', maxHops: 12 } } });
  expect(events.map(({ settings, changed: own }) => [settings.theme, settings.maxHops, own])).toEqual([
    ['system', 30, []],
    ['dark', 12, ['theme', 'maxHops']],
    ['system', 12, ['maxHops']],
  ]);
});

it('refuses as a whole what does not fit together', async () => {
  const { handlers } = createTestServices();
  expect(await handlers.settings.change({ changes: { theme: 'dark', goodUntilMs: 400 } })).toEqual({
    ok: false,
    failure: {
      code: 'invalid-arguments',
      issue: 'warnUntilMs: Good ends at 400 ms, so bad must begin above that, not at 300 ms.',
    },
  });
  expect(await handlers.settings.get({})).toMatchObject({ value: { settings: DEFAULT_SETTINGS } });
});

it('hears within two seconds of what another instance has changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-settings-'));
  const path = join(folder, 'settings.json');
  const random = new SystemRandom();
  const clock = new VirtualClock();
  const store = new SettingsStore(new KeptRecord({ clock, random }, { path, holds: 'settings' }));
  const other = new SettingsStore(new KeptRecord({ clock: new SystemClock(), random }, { path, holds: 'settings' }));
  const themes: string[] = [];
  using _following = createSettingsService({ clock, store, others: [] }).follow(
    {},
    { emit: ({ settings }) => themes.push(settings.theme), end: () => {}, isCongested: () => false },
  );
  clock.advance(milliseconds(1_000));
  await other.change({ theme: 'dark' });
  clock.advance(milliseconds(2_000));
  rmSync(folder, { recursive: true });
  expect(themes).toEqual(['system', 'dark']);
});
