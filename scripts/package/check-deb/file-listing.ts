import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Not of the system's disk: what the kernel shows, and what is gone after a restart. */
const NOT_ON_DISK = new Set(['proc', 'sys', 'dev', 'run', 'tmp', 'var/tmp']);

/** What apt and dpkg write for themselves whenever they do something; everything else is compared. */
const OF_THE_PACKAGE_MANAGER = [
  /^var\/lib\/dpkg\/(status|status-old|lock|lock-frontend|available|diversions-old|statoverride-old)$/,
  /^var\/lib\/dpkg\/(updates|triggers)(\/|$)/,
  /^var\/lib\/apt\/extended_states$/,
  /^var\/lib\/apt\/lists\/(lock|partial|auxfiles)$/,
  /^var\/cache\/(apt|ldconfig)(\/|$)/,
  // A folder that debconf works in, when a package is about to be set up.
  /^var\/cache\/debconf\/tmp\.ci$/,
  /^var\/log(\/|$)/,
  /^etc\/ld\.so\.cache$/,
];

/** Every path below a root with what it is: kind, mode, owner, and content or end of a link. */
export function listFiles(root: string): ReadonlyMap<string, string> {
  const listing = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (NOT_ON_DISK.has(path) || OF_THE_PACKAGE_MANAGER.some((pattern) => pattern.test(path))) continue;
      const found = lstatSync(join(root, path));
      const owner = `${(found.mode & 0o7777).toString(8)} ${found.uid}:${found.gid}`;
      if (found.isSymbolicLink()) listing.set(path, `link to ${readlinkSync(join(root, path))}`);
      else if (found.isFile()) listing.set(path, `file ${owner} ${digest(join(root, path))}`);
      else listing.set(path, `${found.isDirectory() ? 'folder' : 'device'} ${owner}`);
      if (found.isDirectory()) walk(path);
    }
  };
  walk('');
  return listing;
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** What differs, one line each, sorted; empty when nothing does. */
export function compareListings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => `gone: /${path}`);
  const fresh = [...after.keys()].filter((path) => !before.has(path)).map((path) => `new: /${path}`);
  const changed = [...before]
    .filter(([path, is]) => after.has(path) && after.get(path) !== is)
    .map(([path, is]) => `changed: /${path} (${is}, now ${after.get(path)})`);
  return [...gone, ...fresh, ...changed].sort();
}
