/** What a person can do about it: a sentence, and where there is one the command to copy (several lines: one each). */
export interface Cure {
  readonly sentence: string;
  readonly command: string | null;
}

/** A failure in words: a short title without a full stop, one or two sentences, and a cure where one is known. */
export interface Explanation {
  readonly title: string;
  readonly sentence: string;
  readonly cure: Cure | null;
}
