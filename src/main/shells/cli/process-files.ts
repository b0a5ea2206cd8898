import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Files, NewFile } from './files.ts';

interface Own {
  readonly stdin: NodeJS.ReadableStream;
  readonly pid: number;
}

/** The files of this machine. */
export function createProcessFiles(own: Own): Files {
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
    readPieces: async function* (path, longest) {
      const stream = path === '-' ? own.stdin.setEncoding('utf8') : createReadStream(path, { encoding: 'utf8' });
      for await (const chunk of stream) {
        const told = String(chunk);
        for (let at = 0; at < told.length; at += longest) yield told.slice(at, at + longest);
      }
    },
    create: async (path, isReplacing) => await createFile(own, path, isReplacing),
    write: async (path, content) => {
      // Renaming within a folder is atomic (rename(2)).
      const beside = besideOf(own, path);
      await writeFile(beside, content);
      await rename(beside, path);
    },
  };
}

function besideOf({ pid }: Own, path: string): string {
  return `${path}.${pid}.tmp`;
}

async function createFile(own: Own, path: string, isReplacing: boolean): Promise<NewFile> {
  const written = isReplacing ? besideOf(own, path) : path;
  const file = await open(written, isReplacing ? 'w' : 'wx');
  return {
    write: async (content) => void (await file.writeFile(content)),
    close: async () => {
      await file.close();
      if (isReplacing) await rename(written, path);
    },
    discard: async () => {
      await file.close();
      await rm(written, { force: true });
    },
  };
}
