import { describe, expect, it } from 'vitest';
import { fuzzyFit } from './fuzzy.ts';

/** The texts that fit, best first. */
function ranked(typed: string, texts: readonly string[]): string[] {
  return texts
    .map((text) => ({ text, fit: fuzzyFit(typed, text) }))
    .filter(({ fit }) => fit !== null)
    .sort((one, other) => (other.fit ?? 0) - (one.fit ?? 0))
    .map(({ text }) => text);
}

describe('what was typed', () => {
  it('fits a text that has its letters in order, whatever lies between, in any case', () => {
    expect(ranked('gD', ['Go to Doctor', 'Doctor, go'])).toEqual(['Go to Doctor']);
    expect(fuzzyFit('zz', 'Go to Doctor')).toBeNull();
  });

  it('fits best in a row at the beginning of a word, then at the beginnings of words', () => {
    expect(ranked('sw', ['Answers', 'Go to Sweep', 'Show window', 'S…a w'])).toEqual([
      'Go to Sweep',
      'S…a w',
      'Show window',
      'Answers',
    ]);
  });

  it('fits the shorter of two texts better', () => {
    expect(ranked('doctor', ['Run the doctor now', 'Go to Doctor'])).toEqual(['Go to Doctor', 'Run the doctor now']);
  });

  it('fits better where its words follow one another', () => {
    expect(ranked('hop 1', ['Timeline of hop 2, 10.0.0.1', 'Timeline of hop 1, 192.0.2.1'])).toEqual([
      'Timeline of hop 1, 192.0.2.1',
      'Timeline of hop 2, 10.0.0.1',
    ]);
  });

  it('may have spaces, which count for nothing', () => {
    expect(ranked('go doc', ['Go to Doctor', 'Go'])).toEqual(['Go to Doctor']);
  });

  it('fits everything when nothing was typed', () => {
    expect(fuzzyFit('', 'anything')).toBe(0);
  });
});
