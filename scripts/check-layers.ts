/** `npm run lint`, second half: who imports whom, the rules that Biome has no rule for, and the documents' links. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brokenLinks } from './layers/document-links.ts';
import { importsOf, parseSource } from './layers/imports.ts';
import { nativeFaults, shapeFaults, unrunTests } from './layers/source-rules.ts';
import { forbiddenImports } from './layers/table.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = '{src,e2e,bench,examples,scripts}/**/*.{ts,tsx,mjs}';
const DOCUMENTS = '{*.md,{docs,e2e,examples,bench,native}/**/*.md}';
const NATIVE_SOURCES = 'native/{src,test}/**/*.{cpp,cc,h,hpp}';

function faultsOf(path: string): string[] {
  const source = readFileSync(resolve(ROOT, path), 'utf8');
  if (path.endsWith('.md')) return brokenLinks(path, source, (target) => existsSync(resolve(ROOT, target)));
  const shape = shapeFaults(path, source);
  if (path.startsWith('native/')) return [...shape, ...nativeFaults(path, source)];
  const program = parseSource(path, source);
  return [...shape, ...unrunTests(program), ...forbiddenImports(path, importsOf(path, program))];
}

const paths = globSync([SOURCES, NATIVE_SOURCES, DOCUMENTS], {
  cwd: ROOT,
  exclude: ['**/build/**', '**/node_modules/**'],
}).map((path) => path.replaceAll('\\', '/'));
const faults = paths.sort().flatMap((path) => faultsOf(path).map((fault) => `${path} ${fault}`));
for (const fault of faults) console.error(fault);
console.log(`${paths.length} files, ${faults.length} faults against the layers and the rules of the house.`);
process.exitCode = faults.length === 0 ? 0 : 1;
