import { spawnSync } from 'node:child_process';

/** What a program or an addon of Linux asks of the system that loads it. */
export interface LibraryNeeds {
  /** Names of libraries, in the order of loading: `libc.so.6`. */
  readonly libraries: readonly string[];
  /** The newest version of glibc of which it needs something: `2.34`; null: nothing of glibc. */
  readonly glibc: string | null;
}

/**
 * What the addons that are built ahead may ask for at most, and what Node.js 24 asks for itself: RHEL 8, Debian 10 and
 * whatever is newer have it.
 */
export const OLDEST_GLIBC = '2.28';

/** Libraries that an addon which is to load everywhere may need: those of glibc. It has the one of C++ inside. */
const OF_GLIBC = /^(lib(c|m|pthread|dl|rt)\.so\.\d+|ld-linux.*\.so\.\d+)$/;

/** Which of two versions such as `2.9` and `2.17` is newer: above 0 when the first is. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const place = left.findIndex((part, index) => part !== (right[index] ?? 0));
  return place === -1 ? left.length - right.length : (left[place] ?? 0) - (right[place] ?? 0);
}

/** The needs as `objdump -p` prints them. */
export function parseNeeds(printed: string): LibraryNeeds {
  const libraries = [...printed.matchAll(/^ +NEEDED +(\S+)$/gm)].map(([, name = '']) => name);
  const references = printed.slice(printed.indexOf('\nVersion References:'));
  const versions = [...references.matchAll(/ GLIBC_([\d.]+)$/gm)].map(([, version = '']) => version);
  return { libraries, glibc: versions.toSorted(compareVersions).at(-1) ?? null };
}

/**
 * Reads the needs of a file.
 * @throws an error with what objdump said when it is none of this processor.
 */
export function libraryNeeds(file: string): LibraryNeeds {
  const read = spawnSync('objdump', ['-p', file], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (read.status !== 0) throw new Error(`objdump failed: ${read.stderr || read.error?.message}`);
  return parseNeeds(read.stdout);
}

/** Why an addon would not load on every supported Linux; empty when it would. */
export function portabilityFaults({ libraries, glibc }: LibraryNeeds): readonly string[] {
  const strange = libraries.filter((name) => !OF_GLIBC.test(name));
  return [
    ...strange.map((name) => `needs ${name}, which differs from one Linux to the next`),
    ...(glibc !== null && compareVersions(glibc, OLDEST_GLIBC) > 0
      ? [`needs glibc ${glibc}, and may need ${OLDEST_GLIBC} at most`]
      : []),
  ];
}

/**
 * Holds an addon against what is said of it. One that was built ahead must load everywhere; one that this machine
 * compiled loads where it was compiled, unless `mustBePortable`.
 * @returns what it needs, in a line.
 * @throws an error with what is wrong.
 */
export function judgeAddon(needs: LibraryNeeds, mustBePortable: boolean): string {
  const isBuiltAhead = !needs.libraries.some((name) => name.startsWith('libstdc++'));
  const faults = isBuiltAhead || mustBePortable ? portabilityFaults(needs) : [];
  if (faults.length > 0) throw new Error(`The addon ${faults.join('; it ')}.`);
  return `addon ${isBuiltAhead ? 'built ahead' : 'compiled here'}, for glibc ${needs.glibc ?? 'of any version'} and newer`;
}
