/** How long and how often the event loop is blocked. */
const BLOCKED_MS = 200;
const BLOCKING_INTERVAL_MS = 500;

/** Keeps JavaScript busy for 200 ms twice a second, as a program with much else to do, until disposed. */
export function blockNowAndThen(): Disposable {
  const blocking = setInterval(() => {
    const until = performance.now() + BLOCKED_MS;
    while (performance.now() < until);
  }, BLOCKING_INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(blocking) };
}
