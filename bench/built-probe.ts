import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'vite';

/**
 * Builds one of these scripts as `npm run build` builds the programs (one file, for the oldest Node, and the addon where
 * the program looks for it) and gives its path. People run what is built; run as TypeScript, Node's own compiler of types would be part of what is measured, with
 * its memory and its threads.
 */
export async function builtProbe(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, script),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20.19',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  });
  const place = join(folder, 'prebuilds', `${process.platform}-${process.arch}`);
  mkdirSync(place, { recursive: true });
  copyFileSync(join(import.meta.dirname, '../native/build/Release/hopscope.node'), join(place, 'hopscope.node'));
  return join(folder, `${basename(script, '.ts')}.mjs`);
}
