import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * When the newest of these files, or of the files below these folders, was changed: milliseconds since 1970. Folders
 * count themselves, so that a removed file is a change too.
 * @param {readonly string[]} paths
 * @returns {number}
 */
export function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    const below = found.isDirectory() ? newestChange(readdirSync(path).map((name) => join(path, name))) : 0;
    newest = Math.max(newest, found.mtimeMs, below);
  }
  return newest;
}
