/** Timers of JavaScript count milliseconds in 31 bits: almost 25 days. A longer one would fire at once. */
const LONGEST_PAUSE_MS = 2_147_483_647;

/** Waits that many milliseconds, at most 25 days; an abort ends it with the signal's own reason, which timers/promises hides. */
export function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return abortable(
    (onAbort) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(durationMs, LONGEST_PAUSE_MS));
        onAbort(() => clearTimeout(timer));
      }),
    signal,
  );
}

/**
 * Does what can fail or take long, unless the signal aborts first: then it rejects with the signal's reason at once,
 * and what was begun is forgotten. After an abort nothing is begun at all.
 */
export async function abortable<T>(
  begin: (onAbort: (clean: () => void) => void) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  let clean = () => {};
  const begun = begin((action) => {
    clean = action;
  });
  if (signal === undefined) return await begun;
  return await new Promise<T>((resolve, reject) => {
    const onAbort = () => {
      clean();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    begun.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
