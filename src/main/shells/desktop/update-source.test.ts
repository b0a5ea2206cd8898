import { describe, expect, it } from 'vitest';
import { readUpdateSource, releasePage } from './update-source.ts';

/** As electron-builder 26.17 writes it. */
const FILE =
  'owner: someone\nrepo: hopscope\nprovider: github\nreleaseType: draft\nupdaterCacheDirName: hopscope-updater\n';
const SIGNED = `${FILE}publisherName:\n  - Someone Ltd\n`;

describe('where releases are', () => {
  it.each([
    ['darwin', FILE, false, 'install'],
    ['win32', SIGNED, false, 'install'],
    ['win32', FILE, false, 'copy-page'],
    ['win32', SIGNED, true, 'copy-page'],
    ['linux', FILE, false, 'copy-page'],
  ] as const)('on %s: what cannot be checked is left to the person', (platform, yaml, isPortable, ability) => {
    expect(readUpdateSource(yaml, platform, isPortable)).toEqual({ owner: 'someone', repo: 'hopscope', ability });
  });

  it('is nowhere for an app without a publisher, or with one that is no name of GitHub', () => {
    expect(readUpdateSource('', 'linux', false)).toBeNull();
    expect(readUpdateSource(FILE.replace('someone', 'some/one'), 'linux', false)).toBeNull();
    expect(readUpdateSource(FILE.replace('github', 'generic'), 'darwin', false)).toBeNull();
  });

  it('has a page for each version', () => {
    const source = { owner: 'someone', repo: 'hopscope', ability: 'copy-page' } as const;
    expect(releasePage(source, '1.2.3')).toBe('https://github.com/someone/hopscope/releases/tag/v1.2.3');
    expect(releasePage(source, '../x')).toBe('https://github.com/someone/hopscope/releases/tag/v..%2Fx');
  });
});
