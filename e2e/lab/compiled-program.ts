import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const BUILD_FOLDER = join(import.meta.dirname, '../../artifacts/programs');

const COMPILERS: Record<string, readonly string[]> = {
  '.c': ['gcc', '-std=c17'],
  '.cc': ['g++', '-std=c++20'],
};

/** What is made: a program, or a library to preload into one. */
export type Product = 'program' | 'library';

interface Compilation {
  readonly path: string;
  readonly unfinishedPath: string;
  readonly command: string;
  readonly parameters: readonly string[];
}

function compilationOf(source: string, product: Product): Compilation {
  const extension = extname(source);
  const [command = '', ...language] = COMPILERS[extension] ?? [];
  const kind = product === 'library' ? ['-shared', '-fPIC'] : [];
  const version = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const path = join(BUILD_FOLDER, `${basename(source, extension)}-${version}`);
  // Two labs compile at once, and a process of either may have the same id: each lab numbers its own.
  const unfinishedPath = `${path}.${randomUUID()}`;
  const parameters = [...language, ...kind, '-O2', '-Wall', '-Wextra', '-o', unfinishedPath, source, '-ldl'];
  return { path, unfinishedPath, command, parameters };
}

function finish({ path, unfinishedPath }: Compilation, source: string, code: number | null, words: string): void {
  if (code !== 0) throw new Error(`${basename(source)} does not compile: ${words}`);
  renameSync(unfinishedPath, path);
}

const compiled = new Map<string, string>();

/**
 * Path of what is made from a C or C++ source of one file; compiled at most once for each state of the source. Throws
 * with the compiler's own words when it does not compile.
 */
export function compiledProgram(source: string, product: Product = 'program'): string {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const compilation = compilationOf(source, product);
  if (!existsSync(compilation.path)) {
    mkdirSync(BUILD_FOLDER, { recursive: true });
    const done = spawnSync(compilation.command, compilation.parameters, { encoding: 'utf8' });
    if (done.error) throw done.error;
    finish(compilation, source, done.status, done.stderr);
  }
  compiled.set(source, compilation.path);
  return compilation.path;
}

/** Has the compiler ready what `compiledProgram` will be asked for, beside whatever else goes on. Rejects likewise. */
export async function compileBeforehand(source: string, product: Product = 'program'): Promise<void> {
  const compilation = compilationOf(source, product);
  if (existsSync(compilation.path)) return;
  mkdirSync(BUILD_FOLDER, { recursive: true });
  const compiler = spawn(compilation.command, compilation.parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [words, [code]] = await Promise.all([text(compiler.stderr), once(compiler, 'close')]);
  finish(compilation, source, code, words);
}
