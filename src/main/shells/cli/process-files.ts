import { readFile, rename, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Files } from './files.ts';

/** The files of this machine. */
export function createProcessFiles(own: { readonly stdin: NodeJS.ReadableStream; readonly pid: number }): Files {
  return {
    read: async (path) => {
      if (path === '-') return await text(own.stdin);
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    write: async (path, content) => {
      // Renaming within a folder is atomic (rename(2)).
      const beside = `${path}.${own.pid}.tmp`;
      await writeFile(beside, content);
      await rename(beside, path);
    },
  };
}
