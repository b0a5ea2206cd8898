/**
 * Joins the files by which installed apps find a newer version. Each machine of a release wrote one for its own processor,
 * under the same name: `node scripts/package/desktop/merge-update-files.ts FOLDER INTO`.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';

/** What electron-updater reads: `latest.yml`, `latest-mac.yml`, `latest-linux.yml`, `latest-linux-arm64.yml`. */
interface UpdateFile {
  readonly version: string;
  /** Every package; electron-updater takes the one with the processor in its name, else the first. */
  readonly files: readonly { readonly url: string; readonly sha512: string; readonly size: number }[];
  /** The first package once more, for versions of electron-updater long ago. */
  readonly path: string;
  readonly sha512: string;
  readonly releaseDate: string;
}

/**
 * One file out of those of the same name.
 * @throws an error with a sentence when they are of different versions.
 */
export function mergeUpdateFiles(texts: readonly string[]): string {
  const read: readonly UpdateFile[] = texts.map((text) => parse(text));
  // Packages for x64 first: they run, emulated, on the others too.
  const [first, ...others] = read.toSorted(
    (a, b) => Number(a.path.includes('arm64')) - Number(b.path.includes('arm64')),
  );
  if (first === undefined) throw new Error('There is no file of updates.');
  const stranger = others.find(({ version }) => version !== first.version);
  if (stranger !== undefined) throw new Error(`Versions ${first.version} and ${stranger.version} do not go together.`);
  const byUrl = new Map([first, ...others].flatMap(({ files }) => files).map((file) => [file.url, file]));
  return stringify({ ...first, files: [...byUrl.values()] });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder = '.', into = '.'] = process.argv.slice(2);
  mkdirSync(into, { recursive: true });
  const found = Map.groupBy(globSync('**/latest*.yml', { cwd: folder }), (path) => basename(path));
  for (const [name, paths] of found) {
    writeFileSync(join(into, name), mergeUpdateFiles(paths.map((path) => readFileSync(join(folder, path), 'utf8'))));
    console.log(`${name}: ${paths.length} joined`);
  }
}
