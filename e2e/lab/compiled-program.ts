import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const BUILD_FOLDER = join(import.meta.dirname, '../../artifacts/programs');

const COMPILERS: Record<string, readonly string[]> = {
  '.c': ['gcc', '-std=c17'],
  '.cc': ['g++', '-std=c++20'],
};

const compiled = new Map<string, string>();

/**
 * Path of the program made from a C or C++ source of one file; compiled at most once for each state of the source.
 * Throws with the compiler's own words when it does not compile.
 */
export function compiledProgram(source: string): string {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const extension = extname(source);
  const [compiler = '', ...parameters] = COMPILERS[extension] ?? [];
  const version = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const path = join(BUILD_FOLDER, `${basename(source, extension)}-${version}`);
  if (!existsSync(path)) {
    mkdirSync(BUILD_FOLDER, { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    const done = spawnSync(compiler, [...parameters, '-O2', '-Wall', '-Wextra', '-o', unfinished, source], {
      encoding: 'utf8',
    });
    if (done.error) throw done.error;
    if (done.status !== 0) throw new Error(`${basename(source)} does not compile: ${done.stderr}`);
    renameSync(unfinished, path);
  }
  compiled.set(source, path);
  return path;
}
