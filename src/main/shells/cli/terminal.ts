/** What a command may do with the terminal it runs in. */
export interface Terminal {
  /** One line of result, to standard output. */
  print(line: string): void;
  /** One line of notice, to standard error. */
  warn(line: string): void;
  /** Whether standard output is a terminal that shows colours. */
  readonly isColoured: boolean;
  /** Aborted by the first Ctrl-C, or when the system asks the program to end. */
  readonly interrupted: AbortSignal;
  /**
   * Aborted when standard output takes no more: `reason` is the operating system's error name, EPIPE when its reader
   * has gone. What is printed afterwards is dropped.
   */
  readonly outputLost: AbortSignal;
}

/** 0: every target answered; 1: one did not; 2: wrong usage, or the program could not do its work. */
export type ExitCode = 0 | 1 | 2;
