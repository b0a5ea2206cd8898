/** `npm run lint`, second half: who imports whom, and the rules of the house that Biome has no rule for. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { importsOf, parseSource } from './layers/imports.ts';
import { nativeFaults, shapeFaults, unrunTests } from './layers/source-rules.ts';
import { forbiddenImports } from './layers/table.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = '{src,e2e,bench,examples,scripts}/**/*.{ts,tsx,mjs}';
const NATIVE_SOURCES = 'native/{src,test}/**/*.{cpp,cc,h,hpp}';

function faultsOf(path: string): string[] {
  const source = readFileSync(resolve(ROOT, path), 'utf8');
  const shape = shapeFaults(path, source);
  if (path.startsWith('native/')) return [...shape, ...nativeFaults(path, source)];
  const program = parseSource(path, source);
  return [...shape, ...unrunTests(program), ...forbiddenImports(path, importsOf(path, program))];
}

const paths = globSync([SOURCES, NATIVE_SOURCES], { cwd: ROOT, exclude: ['**/build/**'] }).map((path) =>
  path.replaceAll('\\', '/'),
);
const faults = paths.sort().flatMap((path) => faultsOf(path).map((fault) => `${path} ${fault}`));
for (const fault of faults) console.error(fault);
console.log(`${paths.length} files, ${faults.length} faults against the layers and the rules of the house.`);
process.exitCode = faults.length === 0 ? 0 : 1;
