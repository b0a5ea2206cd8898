import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps the programs of administrators; an ordinary user's PATH lacks it. */
export const ADMINISTRATION_PATH = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Full path of the first of these programs that is installed, or null.
 * @param {readonly string[]} names
 * @returns {string | null}
 */
export function findProgram(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...ADMINISTRATION_PATH].filter(
    (folder) => folder !== '',
  );
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const suffix of suffixes) {
        const path = join(folder, name + suffix);
        try {
          accessSync(path, constants.X_OK);
          return path;
        } catch {
          // Not in this folder.
        }
      }
    }
  }
  return null;
}
