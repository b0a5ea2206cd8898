import { describe, expect, it } from 'vitest';
import {
  formatSessionsAddress,
  parseSessionsAddress,
  periodOfFocus,
  type SessionsAddress,
  WHOLE_SESSION,
} from './session-address.ts';

const PERIOD = { kind: 'period', fromEpochMs: 1_000, toEpochMs: 2_000 } as const;

describe('the address of the sessions', () => {
  it.each<[string, SessionsAddress]>([
    ['', { kind: 'list' }],
    ['open=0a', { kind: 'open', sessionId: '0a', kept: WHOLE_SESSION }],
    [
      'open=0a&focus=10m',
      { kind: 'open', sessionId: '0a', kept: { focus: { kind: 'live', lengthMs: 600_000 }, span: null } },
    ],
    [
      'open=0a&focus=1000-2000&span=all',
      { kind: 'open', sessionId: '0a', kept: { focus: PERIOD, span: { kind: 'live', lengthMs: null } } },
    ],
    ['compare', { kind: 'compare', before: null, after: null }],
    [
      'compare&before=0a&after=0b:1000-2000',
      {
        kind: 'compare',
        before: { sessionId: '0a', fromEpochMs: null, toEpochMs: null },
        after: { sessionId: '0b', fromEpochMs: 1_000, toEpochMs: 2_000 },
      },
    ],
    [
      'compare&before=0a:-1000&after=0a:1000-',
      {
        kind: 'compare',
        before: { sessionId: '0a', fromEpochMs: null, toEpochMs: 1_000 },
        after: { sessionId: '0a', fromEpochMs: 1_000, toEpochMs: null },
      },
    ],
  ])('“%s” says what is shown, and is written so again', (query, address) => {
    expect(parseSessionsAddress(query)).toEqual(address);
    expect(formatSessionsAddress(address)).toBe(query);
  });

  it('that means nothing shows the list, and a period that means nothing is none', () => {
    expect(parseSessionsAddress('open=&x=1')).toEqual({ kind: 'list' });
    expect(parseSessionsAddress('open=0a&focus=soon')).toEqual({ kind: 'open', sessionId: '0a', kept: WHOLE_SESSION });
    expect(parseSessionsAddress('before=0a:yesterday&after=0b')).toMatchObject({
      kind: 'compare',
      before: null,
      after: { sessionId: '0b' },
    });
  });
});

describe('a focus as a period to compare', () => {
  it('is reckoned from the end of the session where it moves with it', () => {
    expect(periodOfFocus('0a', PERIOD, 9_000)).toEqual({ sessionId: '0a', fromEpochMs: 1_000, toEpochMs: 2_000 });
    expect(periodOfFocus('0a', { kind: 'live', lengthMs: 4_000 }, 9_000)).toEqual({
      sessionId: '0a',
      fromEpochMs: 5_000,
      toEpochMs: null,
    });
    expect(periodOfFocus('0a', { kind: 'live', lengthMs: null }, 9_000)).toMatchObject({ fromEpochMs: null });
  });
});
