/** A docstring, taken apart. Every text is Markdown in one or more paragraphs. */
export interface DocComment {
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** What is thrown, and when; `kind` is empty where the docstring puts no type in braces. */
  readonly throws: readonly { readonly kind: string; readonly text: string }[];
}

const THROWN = /^(?:\{(?<kind>[^}]*)\}\s*)?(?<text>[\s\S]*)$/;

/** Joins lines that one paragraph was broken into; keeps empty lines. */
function paragraphs(lines: readonly string[]): string {
  return lines
    .join('\n')
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' '))
    .join('\n\n');
}

/**
 * Reads what stands between the stars of a docstring. Known tags are `@param` and `@throws`.
 * @throws {SyntaxError} for any other tag, which would be lost.
 */
export function parseDocComment(comment: string): DocComment {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const blocks: { tag: string; lines: string[] }[] = [{ tag: '', lines: [] }];
  for (const line of lines) {
    // A docstring of one line may have its tag behind the first sentence.
    for (const part of line.split(/(?=@(?:param|throws)\s)/)) {
      const [, tag, rest] = /^@(\w+)\s*(.*)$/.exec(part) ?? [];
      if (tag === undefined) blocks.at(-1)?.lines.push(part);
      else if (tag === 'param' || tag === 'throws') blocks.push({ tag, lines: [rest ?? ''] });
      else throw new SyntaxError(`The reference has no place for the tag @${tag}.`);
    }
  }
  const parameters = [];
  const throws = [];
  for (const block of blocks) {
    const text = paragraphs(block.lines);
    if (block.tag === 'param') {
      const [name = '', ...words] = text.split(' ');
      parameters.push({ name, text: words.join(' ') });
    }
    if (block.tag === 'throws') {
      const { kind = '', text: when = '' } = THROWN.exec(text)?.groups ?? {};
      throws.push({ kind, text: when });
    }
  }
  return { text: paragraphs(blocks[0]?.lines ?? []), parameters, throws };
}
