/** The sentences that a document quotes as the program’s own: those between “quotation marks”. */
export function quotedSentences(markdown: string): string[] {
  return [...markdown.matchAll(/“([^”]+)”/g)].map(([, sentence = '']) => sentence);
}

/** Shorter pieces are in some source by chance. */
const LEAST_CHARACTERS = 8;

/** Whether a quoted sentence is in the sources. An ellipsis and the family of an address are filled in when it is said. */
export function isSaid(sentence: string, sources: string): boolean {
  const pieces = sentence.split(/…|IPv[46]/).map((piece) => piece.trim());
  const told = pieces.filter((piece) => piece.length >= LEAST_CHARACTERS);
  return told.length > 0 && told.every((piece) => sources.includes(piece));
}
