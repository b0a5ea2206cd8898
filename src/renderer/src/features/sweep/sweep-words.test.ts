import { describe, expect, it } from 'vitest';
import { summaryWith } from '../../live-store/test-sweeps.ts';
import { rateOf, retriesOf } from './sweep-settings.ts';
import { dropWords, estimateWords, progressOf, summaryWords } from './sweep-words.ts';
import { monitoredWords } from './use-monitor-these.ts';

describe('the words of a sweep', () => {
  it('say how far it is and how long the rest takes at this pace', () => {
    // 3,072 addresses at 102.4 a second: 30 s.
    const summary = summaryWith({
      total: 4_096,
      probed: 1_024,
      answered: 12,
      elapsedMs: 10_000,
      probesPerSecond: 102.4,
    });
    expect(progressOf(summary)).toEqual({
      percent: 25,
      words: '1,024 of 4,096 addresses asked · 12 answered · 102 a second · 30 s of sending left',
    });
  });

  it('do not guess the rest from almost nothing, and wait at the end', () => {
    const early = summaryWith({ total: 1_000, probed: 5, elapsedMs: 900, probesPerSecond: 100 });
    expect(progressOf(early).words).not.toContain('left');
    expect(progressOf(summaryWith({ probed: 5, sendFailures: 2, unresolved: 1 })).percent).toBe(100);
    expect(progressOf(summaryWith({ probed: 8, elapsedMs: 2_000 })).words).toContain('waiting for the last answers');
  });

  it('sum up what it came to, and leave out what did not happen', () => {
    const plain = summaryWith({ probed: 8, answered: 2, elapsedMs: 2_040, probesPerSecond: 3.9 });
    expect(summaryWords(plain)).toBe('8 of 8 addresses asked, 2 answered, in 2.0 s (4 a second).');
    expect(summaryWords({ ...plain, probed: 7, unresolved: 1 })).toBe(
      '7 of 8 addresses asked, 2 answered, 1 name not resolved, in 2.0 s (4 a second).',
    );
    expect(summaryWords({ ...plain, unreachable: 3, sendFailures: 1, elapsedMs: 65_000 })).toBe(
      '8 of 8 addresses asked, 2 answered, 3 unreachable (a router said so), 1 could not be sent to from this machine, in 1 min 5 s (4 a second).',
    );
  });

  it('tell what this machine itself dropped, and what to do about it', () => {
    expect(dropWords(summaryWith({}))).toBeNull();
    expect(dropWords(summaryWith({ localDrops: 1 }))).toBe(
      'This machine dropped 1 answer before reading it, so addresses may be missing here. Sweep again at a lower rate.',
    );
    expect(dropWords(summaryWith({ localDrops: 1_200 }))).toContain('dropped 1,200 answers before reading them');
  });

  it('estimate how long the sending takes', () => {
    expect(estimateWords(65_536, 1_000)).toContain('65,536 addresses, about 1 min 6 s');
    expect(estimateWords(65_536, null)).toBe('65,536 addresses.');
  });

  it('say how many are monitored, and why not all', () => {
    expect(monitoredWords(3, 3, 3)).toBe('3 addresses added to Paths.');
    expect(monitoredWords(2, 2, 3)).toBe('2 addresses added to Paths. 1 was there already.');
    expect(monitoredWords(20, 45, 45)).toBe(
      '20 addresses added to Paths. At most 20 are added at once, the first of the list; press again for the next 20.',
    );
    expect(monitoredWords(0, 0, 5)).toBe('All of them are monitored already.');
  });
});

describe('the settings of a sweep', () => {
  it('are numbers for the engine, and the usual ones where an unknown choice was remembered', () => {
    expect(['100', 'most', 'fast'].map(rateOf)).toEqual([100, null, 1_000]);
    expect(['0', '3', '99'].map(retriesOf)).toEqual([0, 3, 1]);
  });
});
