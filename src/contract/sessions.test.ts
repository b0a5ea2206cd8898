import * as v from 'valibot';
import { expect, it } from 'vitest';
import { sessionsContract } from './sessions.ts';

it('takes comments on moments that a file of a session can hold, so that one alone cannot keep it from being exported', () => {
  const { args } = sessionsContract.addComment;
  const isTaken = (atEpochMs: number) => v.is(args, { sessionId: 's', atEpochMs, text: 'x' });
  expect([0, 1_700_000_000_000, 7.3e12].map(isTaken)).toEqual([true, true, true]);
  expect([-1, -1e300, 1e300, 7.4e12, Number.NaN].map(isTaken)).toEqual([false, false, false, false, false]);
});
