import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const source = resolve(import.meta.dirname, 'src');

/** The library, the terminal and the browser host are built with the desktop app but also run on this Node. */
const OLDEST_NODE = 'node20.19';
/** The browser host serves the renderer to people's own browsers, so it is built for a standard, not for Electron's Chromium. */
const RENDERER_TARGET = 'es2022';

/** Who wrote what is bundled, and under which terms: packages bring it along. */
const LICENSES = { fileName: 'licenses.md' };

export default defineConfig({
  main: {
    build: {
      target: OLDEST_NODE,
      sourcemap: true,
      license: LICENSES,
      rolldownOptions: {
        output: {
          // A name by which the check of the built files knows it.
          chunkFileNames: ({ facadeModuleId }) =>
            facadeModuleId?.includes('/electron-updater/') === true
              ? 'chunks/electron-updater-[hash].js'
              : 'chunks/[name]-[hash].js',
        },
        input: {
          index: resolve(source, 'main/index.ts'),
          cli: resolve(source, 'main/cli.ts'),
          icmp: resolve(source, 'main/icmp.ts'),
          'session-worker': resolve(source, 'main/session-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be one CommonJS file.
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [react()],
    build: {
      target: RENDERER_TARGET,
      license: LICENSES,
      minify: true,
      // The page comes from this machine, so one large file costs nothing.
      chunkSizeWarningLimit: 2_000,
    },
  },
});
