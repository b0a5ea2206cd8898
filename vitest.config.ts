import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Loads the native addon as Node does; Vite itself would try to parse the binary as JavaScript. */
const nativeAddon: Plugin = {
  name: 'hopscope:native-addon',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.node')) return null;
    return `import { createRequire } from 'node:module';
export default createRequire(import.meta.url)(${JSON.stringify(id)});`;
  },
};

/**
 * Kernel tests that judge durations of milliseconds, or what is one for the whole machine: `npm test` runs them while
 * no other test runs.
 */
const ALONE = [
  'e2e/kernel/icmp-async-socket.test.ts',
  'e2e/kernel/icmp-open.test.ts',
  'e2e/kernel/icmp-receive.test.ts',
  'e2e/kernel/icmp-send.test.ts',
  'e2e/kernel/native-first-packets.test.ts',
  'e2e/kernel/native-timestamps.test.ts',
];

/** What all tests in the lab have in common. */
const inLab = {
  globalSetup: ['e2e/lab/require-lab.ts'],
  // A lab is one network: two files at once would count each other's packets.
  fileParallelism: false,
  // Tests that say so wait for real time all at once.
  maxConcurrency: 20,
  // An unanswered neighbour takes the kernel three seconds to report.
  testTimeout: 20_000,
  hookTimeout: 20_000,
};

export default defineConfig({
  plugins: [nativeAddon],
  test: {
    coverage: { provider: 'v8', include: ['src/**/*.{ts,tsx}'], exclude: ['**/*.test.{ts,tsx}'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Those that reckon through millions of samples take seconds on a machine that has other things to do.
          testTimeout: 60_000,
          include: ['src/{contract,main,preload}/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/lab/**/*.test.ts'],
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['src/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['src/renderer/src/test-set-up.ts'],
          // A whole page in jsdom takes seconds on a machine that has other things to do.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernel',
          environment: 'node',
          include: ['e2e/kernel/**/*.test.ts'],
          exclude: ALONE,
          ...inLab,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernel-alone',
          environment: 'node',
          include: ALONE,
          ...inLab,
        },
      },
    ],
  },
});
