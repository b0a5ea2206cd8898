import { expect, it } from 'vitest';
import { parseDocComment } from './doc-comment.ts';

it('takes a docstring apart into its text, its parameters and what is thrown', () => {
  const comment = `*
   * Waits for a reply,
   * and returns it.
   *
   * Blocks.
   * @param timeout longest wait
   *   in seconds
   * @throws {TimeoutExceeded} If none comes.
   * @throws as \`open\` does.
   `;
  expect(parseDocComment(comment)).toEqual({
    text: 'Waits for a reply, and returns it.\n\nBlocks.',
    parameters: [{ name: 'timeout', text: 'longest wait in seconds' }],
    throws: [
      { kind: 'TimeoutExceeded', text: 'If none comes.' },
      { kind: '', text: 'as `open` does.' },
    ],
  });
});

it('finds a tag behind the first sentence of a docstring of one line', () => {
  expect(parseDocComment('* The core of a socket. @throws {TypeError} when it is none. ')).toEqual({
    text: 'The core of a socket.',
    parameters: [],
    throws: [{ kind: 'TypeError', text: 'when it is none.' }],
  });
});

it('refuses a tag that it would lose', () => {
  expect(() => parseDocComment('* Old. @param a b\n * @deprecated use another ')).toThrow('@deprecated');
});
