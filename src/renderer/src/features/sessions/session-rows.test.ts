import { describe, expect, it } from 'vitest';
import { testSession } from '../../live-store/test-sessions.ts';
import {
  deletable,
  formatOrder,
  isFound,
  NEWEST_FIRST,
  orderAfter,
  orderSessions,
  parseOrder,
  sessionRow,
} from './session-rows.ts';

const NOON = new Date(2026, 10, 22, 12, 0, 0).getTime();

describe('a row of the list of sessions', () => {
  it('says what was measured, from when to when, and what came of it', () => {
    const session = testSession({
      target: 'host.example',
      destination: '192.0.2.1',
      fromEpochMs: NOON,
      toEpochMs: NOON + 3_840_000,
      samples: 12_345,
      lossRatio: 0.0123,
      bytes: 45_300,
      verdict: { id: 'outage', severity: 'critical', sentence: 'No answer from 2026-11-22T00:00:00Z on.' },
    });
    expect(sessionRow(session)).toMatchObject({
      title: 'host.example',
      subject: '192.0.2.1',
      marks: [],
      from: '2026-11-22 12:00',
      to: '2026-11-22 13:04',
      lasted: '1 h 4 min',
      samples: '12,345',
      loss: '1.2 %',
      size: '45 kB',
      verdict: {
        severity: 'critical',
        sentence: expect.stringMatching(/^No answer from 2026-11-2\d \d\d:\d\d:00 on\.$/),
      },
    });
  });

  it('has the name that it was given, and then the target below', () => {
    const named = testSession({ name: 'Evening', target: 'host.example', destination: '192.0.2.1' });
    expect(sessionRow(named)).toMatchObject({ title: 'Evening', subject: 'host.example · 192.0.2.1' });
    expect(sessionRow({ ...named, target: '192.0.2.1', name: '' })).toMatchObject({ title: '192.0.2.1', subject: '' });
  });

  it('goes on until now while it is recorded, and is marked', () => {
    const session = testSession({ pathId: 'p-1', isSimulated: true, isPinned: true, origin: 'imported' });
    expect(sessionRow(session)).toMatchObject({ to: 'now', marks: ['live', 'imported', 'simulated', 'pinned'] });
  });

  it('says nothing of a session without a round', () => {
    const empty = testSession({ fromEpochMs: null, toEpochMs: null, lossRatio: null, verdict: null });
    expect(sessionRow(empty)).toMatchObject({ from: '–', to: '–', lasted: '–', loss: '–', verdict: null });
  });
});

describe('the order of sessions', () => {
  const first = testSession({ sessionId: '1', target: 'b10', toEpochMs: 30, lossRatio: 0.5, verdict: null });
  const second = testSession({ sessionId: '2', target: 'B9', toEpochMs: 20, lossRatio: null });
  const third = testSession({
    sessionId: '3',
    target: 'a',
    toEpochMs: 10,
    lossRatio: 0.1,
    verdict: { id: 'outage', severity: 'critical', sentence: 'Out.' },
  });
  const ids = (order: string) =>
    orderSessions([first, second, third], parseOrder(order))
      .map(({ sessionId }) => sessionId)
      .join('');

  it('is by whatever column is pressed, either way, with what is not known at the end', () => {
    expect([ids('-to'), ids('to'), ids('name'), ids('-name')]).toEqual(['123', '321', '321', '123']);
    expect([ids('-loss'), ids('loss')]).toEqual(['132', '312']);
    // The most severe first.
    expect([ids('-verdict'), ids('verdict')]).toEqual(['321', '231']);
  });

  it('outlives the page, and is the newest first when what was kept is no order', () => {
    expect([parseOrder('nonsense'), parseOrder('-loss')]).toEqual([NEWEST_FIRST, { by: 'loss', isDescending: true }]);
    expect(formatOrder(parseOrder('-size'))).toBe('-size');
  });

  it('turns round by a second press', () => {
    const byLoss = orderAfter(NEWEST_FIRST, 'loss');
    expect([byLoss, orderAfter(byLoss, 'loss')]).toEqual([
      { by: 'loss', isDescending: true },
      { by: 'loss', isDescending: false },
    ]);
    expect(orderAfter(NEWEST_FIRST, 'name')).toEqual({ by: 'name', isDescending: false });
  });
});

describe('the search among sessions', () => {
  it('wants every word, wherever it stands', () => {
    const session = testSession({ target: 'host.example', comment: 'With the old Router', isSimulated: true });
    expect(
      ['', 'HOST', 'old example', 'simulated', 'router new', 'pinned'].map((typed) => isFound(session, typed)),
    ).toEqual([true, true, true, true, false, false]);
  });
});

describe('deleting several', () => {
  it('leaves those being recorded, and says so', () => {
    const over = testSession({ sessionId: 'over' });
    const recorded = testSession({ sessionId: 'recorded', pathId: 'p-1' });
    expect(deletable([over])).toEqual({ sessions: [over], note: null });
    expect(deletable([over, recorded])).toEqual({
      sessions: [over],
      note: 'One is being recorded and cannot be deleted before the path is removed.',
    });
  });
});
