import { expect, it } from 'vitest';
import { createStyle } from './style.ts';
import { CLEAN } from './test-paths.ts';
import { verdictSentence } from './verdict-text.ts';

const VERDICT = { ...CLEAN, sentence: 'All 100 probes of the last minute were answered by 203.0.113.9.' };

it('keeps a verdict within the columns of the window, without losing a word', () => {
  expect(verdictSentence(VERDICT, createStyle(false), 30)).toEqual([
    'clean: All 100 probes of the',
    '  last minute were answered by',
    '  203.0.113.9.',
  ]);
});

it('colours the name of the verdict alone', () => {
  expect(verdictSentence(VERDICT, createStyle(true), 30)[0]).toBe('\u001b[32mclean\u001b[39m: All 100 probes of the');
});
