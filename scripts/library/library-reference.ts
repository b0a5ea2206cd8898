/**
 * `npm run docs:library`: the reference of `hopscope/icmp` in docs/library, from the docstrings of its sources. TypeDoc
 * would be the tool for it; its newest release (0.28.20) reads TypeScript up to 6, and this project has 7.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodesOf, parseSource } from '../layers/imports.ts';
import { type Declaration, declarationsOf } from './declarations.ts';
import { faultsOf, renderReference } from './render-reference.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const REFERENCE = join(ROOT, 'docs/library');
const COMPILER = join(ROOT, 'node_modules/typescript/bin/tsc');

/** Which names an entry exports, from which file. */
function exportsOf(path: string): { file: string; names: Set<string> }[] {
  const found = [];
  for (const node of nodesOf(parseSource(path, readFileSync(path, 'utf8')))) {
    const { source, specifiers } = node as unknown as {
      source?: { value?: string };
      specifiers?: readonly { exported?: { name?: string } }[];
    };
    if (node.type !== 'ExportNamedDeclaration' || typeof source?.value !== 'string') continue;
    const file = join(dirname(path), source.value.replace(/\.ts$/, '.d.ts'));
    found.push({ file, names: new Set(specifiers?.map(({ exported }) => exported?.name ?? '') ?? []) });
  }
  return found;
}

/** Has the compiler write declarations, where every type is explicit and no code is left, and reads what is exported. */
function readLibrary(): Declaration[] {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-declarations-'));
  try {
    const parameters = [COMPILER, '--project', 'tsconfig.library.json', '--outDir', folder];
    execFileSync(process.execPath, parameters, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    return exportsOf(join(folder, 'main/icmp.d.ts')).flatMap(({ file, names }) =>
      declarationsOf(file, readFileSync(file, 'utf8')).filter(({ name }) => names.has(name)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The reference as the sources give it now: file name and text.
 * @throws {Error} when something public has no docstring or no page, with a sentence for each.
 */
export function createLibraryReference(): ReadonlyMap<string, string> {
  const declarations = readLibrary();
  const faults = faultsOf(declarations);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return renderReference(declarations);
}

/** The reference as it is in docs/library. */
export function readLibraryReference(): ReadonlyMap<string, string> {
  return new Map(readdirSync(REFERENCE).map((name) => [name, readFileSync(join(REFERENCE, name), 'utf8')]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = createLibraryReference();
  rmSync(REFERENCE, { recursive: true, force: true });
  mkdirSync(REFERENCE, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(REFERENCE, name), text);
  console.log(`${files.size} files in docs/library.`);
}
