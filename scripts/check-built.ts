/** Looks in what was built for what a security reviewer would not sign (`package/built-faults.ts`). */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { builtFaults } from './package/built-faults.ts';

const BUILT = resolve(import.meta.dirname, '../out');
const paths = globSync('{main,preload,renderer}/**/*.{js,cjs,mjs,html}', { cwd: BUILT }).map((path) =>
  path.replaceAll('\\', '/'),
);
const missing = ['main/index.js', 'preload/index.cjs', 'renderer/index.html'].filter((path) => !paths.includes(path));
const faults = [
  ...missing.map((path) => `${path} was not built`),
  ...paths.flatMap((path) => builtFaults(path, readFileSync(resolve(BUILT, path), 'utf8'))),
];
for (const fault of faults) console.error(fault);
console.log(`${paths.length} built files, ${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;
