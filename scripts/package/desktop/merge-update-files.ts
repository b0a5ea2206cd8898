/**
 * Joins the files by which installed apps find a newer version. Each machine of a release wrote one for its own processor,
 * under the same name: `node scripts/package/desktop/merge-update-files.ts FOLDER INTO`.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';

/**
 * What electron-updater reads: `latest.yml`, `latest-mac.yml`, `latest-linux.yml`, `latest-linux-arm64.yml`; those of a
 * version such as 1.0.0-beta.1 begin with `beta`.
 */
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

/** Whether a file is such a one: electron-builder leaves notes of its own beside them, in YAML too. */
export function isUpdateFile(text: string): boolean {
  const read: unknown = parse(text);
  return (
    typeof read === 'object' && read !== null && ['version', 'files', 'path', 'sha512'].every((key) => key in read)
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder = '.', into = '.'] = process.argv.slice(2);
  mkdirSync(into, { recursive: true });
  const files = globSync('**/*.yml', { cwd: folder }).map((path) => ({
    name: basename(path),
    text: readFileSync(join(folder, path), 'utf8'),
  }));
  const found = Map.groupBy(
    files.filter(({ text }) => isUpdateFile(text)),
    ({ name }) => name,
  );
  // Without one, no installed app would ever hear of this version.
  if (found.size === 0) throw new Error(`There is no file of updates below ${folder}.`);
  for (const [name, same] of found) {
    writeFileSync(join(into, name), mergeUpdateFiles(same.map(({ text }) => text)));
    console.log(`${name}: ${same.length} joined`);
  }
}
