import { describe, expect, it } from 'vitest';
import type { FlightTarget } from '../../../../contract/flight.ts';
import { testSession } from '../../live-store/test-sessions.ts';
import { capWords, flightRows, incidentRows, rateWords, restSessions } from './flight-rows.ts';

const AT = 1_700_000_000_000;
const incident = (sessionId: string, fromMin: number, toMin: number | null) =>
  testSession({
    sessionId,
    flight: 'incident',
    bytes: 2_000,
    toEpochMs: AT + 20 * 60_000,
    incident: {
      fromEpochMs: AT + fromMin * 60_000,
      toEpochMs: toMin === null ? null : AT + toMin * 60_000,
      seen: { kind: 'loss', lost: 5, of: 20 },
      end: toMin === null ? null : 'calm',
    },
  });

const target = (flightId: string, more: Partial<FlightTarget>): FlightTarget => ({
  flightId,
  target: 'host.example',
  destination: '192.0.2.1',
  phase: 'resting',
  failure: null,
  intervalMs: 10_000,
  addedAtEpochMs: AT,
  ...more,
});

describe('the rows of the flight recorder', () => {
  it('are the incidents, the newest first, with how long they lasted or last', () => {
    const rows = incidentRows([incident('old', 1, 3), testSession({ sessionId: 'own' }), incident('open', 15, null)]);
    expect(
      rows.map(({ session, lasted, isOpen, title, seen }) => [session.sessionId, lasted, isOpen, title, seen]),
    ).toEqual([
      ['open', '5 min', true, 'Loss', '5 of the last 20 rounds were lost.'],
      ['old', '2 min', false, 'Loss', '5 of the last 20 rounds were lost.'],
    ]);
  });

  it('are its targets, each with what it does and the session that it is recorded into', () => {
    const targets = [
      target('a', {}),
      target('b', { phase: 'incident', intervalMs: 1_000 }),
      target('c', { phase: 'failed', failure: { code: 'not-found', what: 'path', id: 'x' } }),
    ];
    const rows = flightRows(targets, [testSession({ sessionId: 'live', pathId: 'a', flight: 'at-rest' })], 'linux');
    expect(rows.map(({ state, words, sessionId }) => [state, words, sessionId])).toEqual([
      ['At rest', 'A round each 10 s.', 'live'],
      ['Incident', 'A round each second.', null],
      [
        'Not measured',
        'There is no path “x” any more. It was probably removed in another window. It is tried again each minute.',
        null,
      ],
    ]);
  });

  it('are headed by the rate of the settings, and say when what is recorded already has another', () => {
    expect(rateWords([target('a', {}), target('b', { phase: 'incident', intervalMs: 1_000 })], 10_000)).toBe(
      'Measures always, a round each 10 s.',
    );
    expect(rateWords([target('a', {})], 5_000)).toBe(
      'Measures always, a round each 5 s (what is recorded already: from the next start on).',
    );
  });

  it('count what is on disk of its own only', () => {
    const sessions = [
      incident('one', 1, 2),
      testSession({ sessionId: 'rest', flight: 'at-rest', bytes: 3_000 }),
      testSession({ sessionId: 'own', bytes: 1e9 }),
    ];
    expect(restSessions(sessions).map(({ sessionId }) => sessionId)).toEqual(['rest']);
    expect(capWords(sessions, 500)).toMatch(/^1 incident; 5 kB of at most 500 MB on disk\./);
  });
});
