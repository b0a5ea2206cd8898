import * as v from 'valibot';
import { expect, it } from 'vitest';
import { pathOptionsSchema } from './path.ts';
import { probeOptionsSchema } from './probe.ts';
import { readSettings } from './read-settings.ts';
import { DEFAULT_SETTINGS, settingChangesSchema, settingsSchema } from './settings.ts';
import { conflictIn } from './settings-rules.ts';

it('has defaults that are allowed, fit together and are those of the contract where that has some', () => {
  expect(v.parse(settingsSchema, DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  expect(conflictIn(DEFAULT_SETTINGS)).toBeNull();
  expect(v.parse(probeOptionsSchema, {})).toMatchObject({ timeoutMs: 2_000, payloadBytes: 56 });
  const { timeoutMs, payloadBytes, maxHops, reverseDns, asn } = DEFAULT_SETTINGS;
  expect(v.parse(pathOptionsSchema, {})).toMatchObject({ timeoutMs, payloadBytes, maxHops, reverseDns, asn });
});

it('lets every setting be changed and put back', () => {
  expect(Object.keys(settingChangesSchema.entries)).toEqual(Object.keys(settingsSchema.entries));
  expect(Object.keys(DEFAULT_SETTINGS)).toEqual(Object.keys(settingsSchema.entries));
});

it('takes what is allowed, and the default for what is not', () => {
  expect(readSettings({ theme: 'dark', maxHops: 999, intervalMs: 'fast', unknown: 1 })).toEqual({
    settings: { ...DEFAULT_SETTINGS, theme: 'dark' },
    changed: ['theme'],
    ignored: ['intervalMs', 'maxHops'],
  });
});

it('takes the defaults of values that do not fit together', () => {
  expect(readSettings({ goodUntilMs: 500, maxHops: 12, selfTestIpv4: '::1' })).toEqual({
    settings: { ...DEFAULT_SETTINGS, maxHops: 12 },
    changed: ['maxHops'],
    ignored: ['goodUntilMs', 'selfTestIpv4'],
  });
});
