import { startWebHost, type WebHostDeps, type WebHostOptions } from './web-host.ts';
import { describeWebHostFailure } from './web-host-failure.ts';

/** Where a person reads what happens, and how they end it. */
export interface WebHostTerminal {
  /** One line of result, to standard output. */
  print(line: string): void;
  /** One line of notice, to standard error. */
  warn(line: string): void;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/**
 * Runs the browser host until it is interrupted: prints its URL, alone on its line, then waits.
 * @returns the exit code: 0 after an interruption, 2 when it could not start
 */
export async function serveWebHost(
  deps: WebHostDeps,
  options: WebHostOptions,
  terminal: WebHostTerminal,
): Promise<0 | 2> {
  const started = await startWebHost(deps, options);
  if (!started.ok) {
    terminal.warn(describeWebHostFailure(started.failure));
    return 2;
  }
  const host = started.value;
  if (!host.isLoopback) {
    terminal.warn(
      `Other machines can reach this one's port ${host.port}: whoever has the URL can send probes from here, and the connection is not encrypted.`,
    );
  }
  terminal.print(`Hopscope is at ${host.url}`);
  await aborted(terminal.interrupted);
  await host.close();
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
