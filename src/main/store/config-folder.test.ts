import { expect, it } from 'vitest';
import { configFolder } from './config-folder.ts';

it('is where each platform wants it', () => {
  expect(configFolder('linux', {}, '/home/ann')).toBe('/home/ann/.config/hopscope');
  expect(configFolder('linux', { XDG_CONFIG_HOME: '/etc/ann' }, '/home/ann')).toBe('/etc/ann/hopscope');
  expect(configFolder('darwin', {}, '/Users/ann')).toBe('/Users/ann/Library/Application Support/Hopscope');
  const roaming = 'C:\\Users\\ann\\AppData\\Roaming';
  expect(configFolder('win32', { APPDATA: roaming }, 'C:\\Users\\ann')).toBe(`${roaming}\\Hopscope`);
  expect(configFolder('win32', {}, 'C:\\Users\\ann')).toBe(`${roaming}\\Hopscope`);
});

it('ignores a relative XDG_CONFIG_HOME and empty values, and an override goes before all', () => {
  expect(configFolder('linux', { XDG_CONFIG_HOME: 'here' }, '/home/ann')).toBe('/home/ann/.config/hopscope');
  expect(configFolder('linux', { XDG_CONFIG_HOME: '', HOPSCOPE_CONFIG_DIR: '' }, '/h')).toBe('/h/.config/hopscope');
  expect(configFolder('win32', { HOPSCOPE_CONFIG_DIR: 'D:\\own', APPDATA: 'C:\\x' }, 'C:\\y')).toBe('D:\\own');
});
