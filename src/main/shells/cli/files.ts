/** The files that a command may read and write; a path of `-` is standard input. */
export interface Files {
  /** The whole file as text; null when there is none. Rejects with a `code` when it cannot be read. */
  read(path: string): Promise<string | null>;
  /** The file as text in pieces of at most so many UTF-16 units. Rejects with a `code`, `ENOENT` when there is none. */
  readPieces(path: string, longest: number): AsyncIterable<string>;
  /** Begins a new file; @param isReplacing puts it, once it is closed, in place of one that is there. Rejects with a `code`, `EEXIST` else. */
  create(path: string, isReplacing: boolean): Promise<NewFile>;
  /** Replaces the whole file at once, so that nobody finds half of it. Rejects with a `code`. */
  write(path: string, text: string): Promise<void>;
}

/** A file that is being written. Both methods reject with a `code`. */
export interface NewFile {
  write(text: string): Promise<void>;
  /** All of it is there. */
  close(): Promise<void>;
  /** It was not finished: nothing of it is left. */
  discard(): Promise<void>;
}
