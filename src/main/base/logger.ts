/** Where the program's own notices go. Never packets' contents; a target's name only where it explains a failure. */
export interface Logger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** Writes one JSON line a notice, to standard error by default, so that standard output stays the program's result. */
export function createLogger(write: (line: string) => void): Logger {
  const log = (level: string, message: string, details: Readonly<Record<string, unknown>> = {}) =>
    write(JSON.stringify({ level, message, ...details }));
  return {
    info: (message, details) => log('info', message, details),
    error: (message, details) => log('error', message, details),
  };
}
