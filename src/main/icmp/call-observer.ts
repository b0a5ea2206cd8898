/**
 * Calls who waits for a value, if anybody does. An observer that throws is a bug of its owner: it must not take the
 * answers of others with it, so the error is thrown in a later microtask, where the process hears of it as of any
 * uncaught error.
 */
export function callObserver<T>(observer: ((value: T) => void) | null, value: T): void {
  try {
    observer?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
