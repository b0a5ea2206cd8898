import { describe, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';

describe('the folder of sessions', () => {
  it('is where each platform keeps data, unless told otherwise', () => {
    expect(dataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/hopscope');
    expect(dataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/hopscope');
    expect(dataFolder('linux', { XDG_DATA_HOME: 'data' }, '/home/ada')).toBe('/home/ada/.local/share/hopscope');
    expect(dataFolder('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/Hopscope');
    expect(dataFolder('win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\ada')).toBe('D:\\Local\\Hopscope');
    expect(dataFolder('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Local\\Hopscope');
    expect(dataFolder('linux', { HOPSCOPE_DATA_DIR: '/elsewhere' }, '/home/ada')).toBe('/elsewhere');
  });
});
