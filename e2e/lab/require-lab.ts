import { findPython } from './capture.ts';
import { compileLabPrograms } from './lab-programs.ts';

/** Vitest's global set-up of the kernel tests: outside the lab they would send packets into somebody's real network. */
export async function setup(): Promise<void> {
  if (process.env.HOPSCOPE_LAB !== '1') {
    throw new Error('The kernel tests run in the lab network only. Start them with `npm run test:kernel`.');
  }
  // Both once for all test files, so that no test's time limit includes them.
  findPython();
  await compileLabPrograms();
}
