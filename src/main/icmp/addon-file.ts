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

const COMPILED_FOLDER = 'native/build/Release';

/** The package that the looking code is part of. */
interface OwnPackage {
  /** Where an addon may be: the folders from that of the code up to the package's root. */
  readonly folders: readonly string[];
  /** Whether the code are the sources of a checkout rather than bundles. */
  readonly isCheckout: boolean;
}

/**
 * The package has its code in `out/main`, a checkout in `src/main` too, and its root is the folder above. What is above
 * that is another's: code found there would run with this program's rights. Outside of a package only the folder itself
 * counts.
 */
function packageOf(from: string): OwnPackage {
  const folders = [from];
  for (let folder = from; ; ) {
    const above = dirname(folder);
    if (above === folder) return { folders: [from], isCheckout: false };
    folders.push(above);
    const code = basename(above);
    if (basename(folder) === 'main' && (code === 'out' || code === 'src')) {
      return { folders: [...folders, dirname(above)], isCheckout: code === 'src' };
    }
    folder = above;
  }
}

/** The files that may be the addon for this platform, the one to prefer first. */
function* addonFiles({ from, platform, arch, isGlibc, exists }: AddonPlace): Generator<string> {
  const { folders, isCheckout } = packageOf(from);
  const firstOf = (below: string) => folders.map((folder) => join(folder, below, ADDON_NAME)).find(exists);
  const compiled = firstOf(COMPILED_FOLDER);
  if (isCheckout && compiled !== undefined) yield compiled;
  const builtAhead = firstOf(join('prebuilds', `${platform}-${arch}`));
  if (builtAhead !== undefined && (platform !== 'linux' || isGlibc())) yield builtAhead;
  if (!isCheckout && compiled !== undefined) yield compiled;
}

/**
 * Loads the addon for this platform: one of the package's `prebuilds/PLATFORM-ARCH`, and where none fits or can be loaded
 * the one that was compiled from source. Sources look for theirs in the other order: what they were compiled to is as
 * new as they are.
 * @param load throws when the file cannot be loaded
 * @throws when there is none, with what to do; when none can be loaded, with each and why.
 */
export function loadAddonFile<Addon>(place: AddonPlace, load: (file: string) => Addon): Addon {
  const causes: unknown[] = [];
  const refusals: string[] = [];
  for (const file of addonFiles(place)) {
    try {
      return load(file);
    } catch (thrown) {
      causes.push(thrown);
      refusals.push(`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
  const remedy = 'Compile it with: npm run build:native';
  if (refusals.length > 0) {
    throw new AggregateError(causes, [`Hopscope's native addon cannot be loaded. ${remedy}`, ...refusals].join('\n'));
  }
  throw new Error(`Hopscope has no native addon for ${place.platform} on ${place.arch} here. ${remedy}`);
}
