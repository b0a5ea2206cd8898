import { basename, dirname, join } from 'node:path';

/** The program that looks for its addon. */
export interface AddonPlace {
  /** Folder of the code that looks: of a source file, of a bundle, or inside an archive of Electron. */
  readonly from: string;
  /** As `process` names them. */
  readonly platform: string;
  readonly arch: string;
  /** Whether the C library is glibc, which those built ahead for Linux need. Asked only where there is one: finding out takes 15 ms. */
  readonly isGlibc: () => boolean;
  readonly exists: (path: string) => boolean;
}

export const ADDON_NAME = 'hopscope.node';

/** Where a package has its code: the bundles, or in a checkout the sources. */
const CODE_FOLDERS = ['out', 'src'];

/**
 * The folders from one up to the root of the package that it is in, which is the folder above `out/main` or `src/main`.
 * What is above that is another's: code found there would run with this program's rights. Outside of a package only the
 * folder itself.
 */
function foldersUpToRoot(from: string): readonly string[] {
  const folders = [from];
  for (let folder = from; ; ) {
    const above = dirname(folder);
    if (above === folder) return [from];
    folders.push(above);
    if (basename(folder) === 'main' && CODE_FOLDERS.includes(basename(above))) return [...folders, dirname(above)];
    folder = above;
  }
}

/**
 * The addon for this platform: one of the package's `prebuilds/PLATFORM-ARCH`, and where none fits the one that was
 * compiled from source.
 * @throws when there is neither, with what to do.
 */
export function findAddon(place: AddonPlace): string {
  const { from, platform, arch, isGlibc, exists } = place;
  const folders = foldersUpToRoot(from);
  const firstOf = (below: string) => folders.map((folder) => join(folder, below, ADDON_NAME)).find(exists);
  const builtAhead = firstOf(join('prebuilds', `${platform}-${arch}`));
  if (builtAhead !== undefined && (platform !== 'linux' || isGlibc())) return builtAhead;
  const compiled = firstOf('native/build/Release');
  if (compiled !== undefined) return compiled;
  throw new Error(
    `Hopscope has no native addon for ${platform} on ${arch} here. Compile it with: npm run build:native`,
  );
}
