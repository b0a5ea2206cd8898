import { expect, it } from 'vitest';
import { abilityName, abilityOn, abilitySchema, lackingOn } from './abilities.ts';
import type { Platform } from './system.ts';

const PLATFORMS: readonly Platform[] = ['linux', 'darwin', 'win32', 'other'];

it('has a sentence for exactly what is missing', () => {
  for (const platform of PLATFORMS) {
    for (const ability of abilitySchema.options) {
      const { extent, sentence } = abilityOn(platform, ability);
      expect([platform, ability, sentence === null]).toEqual([platform, ability, extent === 'whole']);
      expect(sentence ?? 'All of it.').toMatch(/^(macOS|[A-Z]).*\.$/);
    }
  }
});

it('lacks nothing on Linux, raw sockets on macOS, and on Windows whatever its echo interface does not tell', () => {
  expect(PLATFORMS.slice(0, 3).map(lackingOn)).toEqual([
    [],
    ['raw-sockets'],
    [
      'raw-sockets',
      'interface',
      'traffic-class',
      'flows',
      'kernel-times',
      'next-hop-mtu',
      'labels',
      'duplicates',
      'broadcast',
      'library-sockets',
    ],
  ]);
  expect(lackingOn('other')).toEqual(abilitySchema.options);
});

it('says what numbers mean less on a system: drops on macOS, sizes and requests at a time on Windows', () => {
  const partlyOn = (platform: Platform) =>
    abilitySchema.options.filter((ability) => abilityOn(platform, ability).extent === 'partly');
  expect(partlyOn('darwin')).toEqual(['dont-fragment', 'kernel-times', 'local-drops']);
  expect(partlyOn('win32')).toEqual([
    'dont-fragment',
    'error-codes',
    'reply-hop-limit',
    'reply-size',
    'late-answers',
    'requests-at-once',
  ]);
});

it('has a name of its own for each', () => {
  const names = abilitySchema.options.map(abilityName);
  expect(new Set(names).size).toBe(abilitySchema.options.length);
});
