/** A desktop app that ends badly sooner than this never had a window; later, it is the app's own end. */
export const START_LIMIT_MS = 10_000;

/**
 * How a child process ended: it could not be started at all, or it ran for a while and exited.
 * @typedef {{ kind: 'not-started', code: string }
 *   | { kind: 'ended', code: number | null, signal: NodeJS.Signals | null, afterMs: number, wasAsked: boolean }} End
 */

/**
 * What follows from the end of the desktop app. Chromium ends at once where it cannot run: its sandbox is forbidden
 * (Ubuntu 24.04), a library is missing, or the display is gone. Then the browser serves as well. An end that was asked
 * for (Ctrl-C), a good one and a late one are passed on.
 * @param {End} end
 * @returns {{ kind: 'exit', code: number } | { kind: 'browser', reason: string }}
 */
export function judgeDesktopEnd(end) {
  if (end.kind === 'not-started') return { kind: 'browser', reason: `Electron could not be started (${end.code})` };
  const { code, signal, afterMs, wasAsked } = end;
  if (wasAsked || code === 0 || afterMs > START_LIMIT_MS) return { kind: 'exit', code: code ?? 1 };
  return { kind: 'browser', reason: `Electron ended at its start (${signal ?? `exit code ${code}`})` };
}
