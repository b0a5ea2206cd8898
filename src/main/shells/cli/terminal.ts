/** What a command may do with the terminal it runs in. */
export interface Terminal {
  /** One line of result, to standard output. */
  print(line: string): void;
  /** One line of notice, to standard error. */
  warn(line: string): void;
  /** The line that says how far it is, in place of the one before; null takes it away. Shown only where standard error is a terminal. */
  showProgress(line: string | null): void;
  /** Whether standard output is a terminal that shows colours. */
  readonly isColoured: boolean;
  /** Columns of the terminal that standard output is, or null when it is none. */
  readonly columns: number | null;
  /** Takes the whole terminal until disposed; null where standard output or input is none. */
  openScreen(): Screen | null;
  /** Aborted by the first Ctrl-C, or when the system asks the program to end. */
  readonly interrupted: AbortSignal;
  /**
   * Aborted when standard output takes no more; `reason` is an {@link OutputLoss}. What is printed afterwards is dropped.
   */
  readonly outputLost: AbortSignal;
  /** Resolves when all that was printed has been taken, or `outputLost` says that it was not. */
  printed(): Promise<void>;
}

/** The whole terminal as one page that is drawn anew. Disposing shows again what was there before. */
export interface Screen extends Disposable {
  readonly columns: number;
  readonly rows: number;
  /** Shows these lines from the top; what does not fit is cut off. */
  show(lines: readonly string[]): void;
  /** The size has changed. */
  onResize(listener: () => void): Disposable;
  /** Aborted when q is pressed. */
  readonly quit: AbortSignal;
}

/** Why standard output takes no more: who read it has gone, or the operating system refuses it by this error name. */
export type OutputLoss = { readonly kind: 'reader-gone' } | { readonly kind: 'refused'; readonly osCode: string };

/** 0: every target answered; 1: one did not; 2: wrong usage, or the program could not do its work. */
export type ExitCode = 0 | 1 | 2;
