import { describe, expect, it } from 'vitest';
import { applyFocusKey, type FocusKey, focusKey } from './focus-keys.ts';

const FOCUS = { fromEpochMs: 400_000, toEpochMs: 500_000 };
const SHOWN = { fromEpochMs: 200_000, toEpochMs: 800_000 };
const RECORDED = { fromEpochMs: 0, toEpochMs: 2_000_000 };

/** What a key asks for, as `focus`, `pick` or `span` and the seconds from and to. */
function asked(key: Exclude<FocusKey, 'jitter' | 'comment'>, isLinked: boolean): string {
  let heard = '';
  const hear = (what: string) => (to: { kind: string; fromEpochMs?: number; toEpochMs?: number }) => {
    heard = `${what} ${to.kind === 'live' ? 'live' : `${(to.fromEpochMs ?? 0) / 1_000}–${(to.toEpochMs ?? 0) / 1_000}`}`;
  };
  const actions = {
    isLinked,
    span: { kind: 'period', ...SHOWN },
    setFocus: hear('focus'),
    pick: hear('pick'),
    setSpan: hear('span'),
  } as const;
  applyFocusKey(key, { focus: FOCUS, shown: isLinked ? FOCUS : SHOWN, recorded: RECORDED, actions });
  return heard;
}

describe('the keys of the focus', () => {
  it('step by half of it, within what is shown as long as it stays in sight', () => {
    expect([asked('earlier', false), asked('later', false)]).toEqual(['pick 350–450', 'pick 450–550']);
    expect([asked('earlier', true), asked('later', true)]).toEqual(['focus 350–450', 'focus 450–550']);
  });

  it('zoom around the middle of it, and pan by half of what is shown', () => {
    expect([asked('zoom-in', false), asked('zoom-out', true)]).toEqual(['span 325–625', 'span 350–550']);
    expect([asked('pan-earlier', false), asked('pan-later', false)]).toEqual(['span 0–600', 'span 500–1100']);
  });

  it('have the timelines show it alone, and return to now', () => {
    expect([asked('fit', false), asked('live', false)]).toEqual(['focus 400–500', 'focus live']);
  });

  it('are those that the list of shortcuts names', () => {
    expect([',', '.', '<', '>', '+', '-', 'f', 'l', 'j', 'x'].map(focusKey)).toEqual([
      'earlier',
      'later',
      'pan-earlier',
      'pan-later',
      'zoom-in',
      'zoom-out',
      'fit',
      'live',
      'jitter',
      null,
    ]);
  });
});
