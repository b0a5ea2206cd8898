import { describe, expect, it } from 'vitest';
import { commentMarks } from './comment-marks.ts';

describe('comments on timelines', () => {
  it('have the beginning of what was written above their line, and all of it on pointing', () => {
    const comments = [
      { commentId: 'a', atEpochMs: 1, text: 'Rain' },
      { commentId: 'b', atEpochMs: 2, text: 'Router restarted after the storm' },
    ];
    expect(commentMarks(comments)).toEqual([
      { kind: 'comment', atEpochMs: 1, label: 'Rain', title: 'Rain' },
      { kind: 'comment', atEpochMs: 2, label: 'Router restarted af…', title: 'Router restarted after the storm' },
    ]);
  });
});
