/** `npm run hopscope -- ARGUMENTS`: the terminal program from a checkout, built first when the sources are newer. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePrograms } from './build.mjs';

if (!ensurePrograms()) process.exit(1);
const program = join(import.meta.dirname, '../out/main/cli.js');
process.argv.splice(1, 1, program);
await import(pathToFileURL(program).href);
