/** Vitest's global set-up of the kernel tests: outside the lab they would send packets into somebody's real network. */
export function setup(): void {
  if (process.env.HOPSCOPE_LAB === '1') return;
  throw new Error('The kernel tests run in the lab network only. Start them with `npm run test:kernel`.');
}
