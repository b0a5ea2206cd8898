import { describe, expect, it } from 'vitest';
import { compareVersions, judgeAddon, parseNeeds, portabilityFaults } from './library-needs.ts';

/** As objdump 2.40 prints it of an addon that g++ 12 made on Debian 12, shortened. */
const COMPILED = `
hopscope.node:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libstdc++.so.6
  NEEDED               libc.so.6
  SONAME               hopscope.node
  VERDEF               0x0000000000001000

Version definitions:
1 0x01 0x0865f4e6 GLIBC_9.99

Version References:
  required from libc.so.6:
    0x0d696919 0x00 20 GLIBC_2.9
    0x069691b4 0x00 05 GLIBC_2.34
    0x09691972 0x00 11 GLIBC_2.3.2
  required from libstdc++.so.6:
    0x0297f840 0x00 07 GLIBCXX_3.4.30

`;
const AHEAD = { libraries: ['libc.so.6', 'ld-linux-x86-64.so.2', 'libpthread.so.0'], glibc: '2.18' };

describe('what an addon of Linux needs', () => {
  it('is read from objdump: the libraries, and the newest glibc, by number and not by letter', () => {
    expect(parseNeeds(COMPILED)).toEqual({ libraries: ['libstdc++.so.6', 'libc.so.6'], glibc: '2.34' });
    expect(parseNeeds('')).toEqual({ libraries: [], glibc: null });
    expect(compareVersions('2.9', '2.17')).toBeLessThan(0);
    expect(compareVersions('2.3.2', '2.3')).toBeGreaterThan(0);
    expect(compareVersions('2.28', '2.28')).toBe(0);
  });

  it('is little enough for every supported Linux, or is said to be too much', () => {
    expect(portabilityFaults(AHEAD)).toEqual([]);
    expect(portabilityFaults({ ...AHEAD, glibc: '2.28' })).toEqual([]);
    expect(portabilityFaults(parseNeeds(COMPILED))).toEqual([
      'needs libstdc++.so.6, which differs from one Linux to the next',
      'needs glibc 2.34, and may need 2.28 at most',
    ]);
  });

  it('may be more where it was compiled for this machine only', () => {
    expect(judgeAddon(parseNeeds(COMPILED), false)).toContain('compiled here');
    expect(() => judgeAddon(parseNeeds(COMPILED), true)).toThrow('libstdc++.so.6');
  });

  it('may not be more where it was built ahead', () => {
    expect(judgeAddon(AHEAD, true)).toContain('built ahead, for glibc 2.18');
    expect(() => judgeAddon({ ...AHEAD, glibc: '2.32' }, false)).toThrow('2.28 at most');
  });
});
