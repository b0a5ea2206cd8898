import { describe, expect, it } from 'vitest';
import type { StoreState } from '../../../../contract/sessions.ts';
import { storeWords } from './store-words.ts';

const LIMITS = { keepSessionsDays: 365, keepSessionsMb: 2_000 };
const WRITING: StoreState = {
  file: '/data/s.sqlite',
  bytes: 3_240_000,
  mode: 'writing',
  trouble: null,
  lostBatches: 0,
};

describe('the state of the store', () => {
  it('says where sessions are, how much room they take and how long they stay', () => {
    expect(storeWords(WRITING, 12, LIMITS)).toEqual({
      trouble: null,
      state:
        '12 sessions in /data/s.sqlite: 3.2 MB of at most 2.0 GB. Whatever paths measure is on disk within a second. Sessions are kept for 365 days, pinned ones until they are deleted.',
    });
  });

  it('says what is wrong, and what was lost by it', () => {
    const full: StoreState = {
      ...WRITING,
      mode: 'not-writing',
      trouble: { kind: 'disk-full', osCode: 'SQLITE_FULL', keptAside: null },
      lostBatches: 2,
    };
    const { trouble, state } = storeWords(full, 1, LIMITS);
    expect(trouble).toBe(
      'The disk is full (SQLITE_FULL), so sessions cannot be written. 2 batches of half a second could not be written and are lost.',
    );
    expect(state).toContain('What is measured now is in memory only, and is written when that is possible again.');
  });

  it('says that nothing is kept where nothing is', () => {
    const off: StoreState = { ...WRITING, file: null, bytes: 0, mode: 'off' };
    expect(storeWords(off, 0, LIMITS)).toEqual({ trouble: null, state: 'Nothing measured here is kept on disk.' });
    expect(storeWords({ ...WRITING, mode: 'off' }, 1, LIMITS).state).toContain(
      'Recording is switched off: nothing new is kept, and what was recorded stays.',
    );
  });
});
