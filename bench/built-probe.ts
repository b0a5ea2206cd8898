import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * Builds one of these scripts as `npm run build` builds the programs (one file, for the oldest Node) and gives its
 * path. People run what is built; run as TypeScript, Node's own compiler of types would be part of what is measured, with
 * its memory and its threads.
 */
export async function builtProbe(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    plugins: [{ name: 'addon-stays-outside', enforce: 'pre', resolveId: addonId }],
    build: {
      ssr: join(import.meta.dirname, script),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20.19',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  });
  return join(folder, `${basename(script, '.ts')}.mjs`);
}

function addonId(id: string, importer: string | undefined): { id: string; external: 'absolute' } | null {
  if (!id.endsWith('.node')) return null;
  return { id: resolve(importer ?? '', '..', id), external: 'absolute' };
}
