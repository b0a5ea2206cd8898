/** Longest wait for a reply when none is given, in seconds. */
export const DEFAULT_RECEIVE_TIMEOUT = 2;
/** Timers of JavaScript count milliseconds in 31 bits: almost 25 days. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/**
 * A timeout of `receive`, given in seconds, in milliseconds.
 * @throws {TypeError} when it is no number.
 * @throws {RangeError} when it is negative or longer than a timer can run.
 */
export function checkReceiveTimeout(timeout: number): number {
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new TypeError(`timeout must be a number of seconds, not ${String(timeout)}`);
  }
  const timeoutMs = timeout * 1_000;
  if (timeoutMs < 0 || timeoutMs > LONGEST_TIMEOUT_MS) {
    throw new RangeError(`timeout must be between 0 and ${LONGEST_TIMEOUT_MS / 1_000} seconds, not ${timeout}`);
  }
  return timeoutMs;
}
