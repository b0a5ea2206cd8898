import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

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

/** Tests of what is no component and needs a page all the same. */
const IN_PAGE = [
  'src/renderer/src/connection/access-token.test.ts',
  'src/renderer/src/features/alerts/signal-page.test.ts',
  'src/renderer/src/features/sweep/use-monitor-these.test.ts',
  'src/renderer/src/navigation/page-place.test.ts',
  'src/renderer/src/ui/use-steady-callback.test.ts',
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
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/lab/**/*.test.ts'],
          exclude: IN_PAGE,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          // A jsdom for each worker and a context for each file; a jsdom for each file took half of the time of these tests.
          pool: 'vmThreads',
          include: ['src/renderer/**/*.test.tsx', ...IN_PAGE],
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
