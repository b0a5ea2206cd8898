/** The files that a command may read and write; a path of `-` is standard input. */
export interface Files {
  /** The whole file as text; null when there is none. Rejects with a `code` when it cannot be read. */
  read(path: string): Promise<string | null>;
  /** Replaces the whole file at once, so that nobody finds half of it. Rejects with a `code`. */
  write(path: string, text: string): Promise<void>;
}
