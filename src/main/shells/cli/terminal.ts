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
   * Aborted when standard output takes no more; `reason` is an {@link OutputLoss}. What is printed afterwards is dropped.
   */
  readonly outputLost: AbortSignal;
}

/** Why standard output takes no more: who read it has gone, or the operating system refuses it by this error name. */
export type OutputLoss = { readonly kind: 'reader-gone' } | { readonly kind: 'refused'; readonly osCode: string };

/** 0: every target answered; 1: one did not; 2: wrong usage, or the program could not do its work. */
export type ExitCode = 0 | 1 | 2;
