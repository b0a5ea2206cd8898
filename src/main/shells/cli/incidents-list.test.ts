import { expect, it } from 'vitest';
import type { Session } from '../../../contract/sessions.ts';
import { createStyle } from '../../reports/style.ts';
import { incidentsJson, incidentsText } from './incidents-list.ts';

const SESSION: Session = {
  sessionId: 'abc',
  target: 'host.example',
  destination: '192.0.2.1',
  family: 4,
  intervalMs: 10_000,
  closeIntervalMs: 1_000,
  flight: 'incident',
  incident: {
    fromEpochMs: 1_700_000_000_000,
    toEpochMs: 1_700_000_060_000,
    seen: { kind: 'unreachable', rounds: 3, isRefused: false },
    end: 'not-running',
  },
  name: '',
  comment: '',
  isPinned: false,
  isSimulated: false,
  origin: 'measured',
  pathId: null,
  fromEpochMs: 1_699_999_700_000,
  toEpochMs: 1_700_000_240_000,
  rounds: 270,
  samples: 1_000,
  lossRatio: 0.5,
  verdict: { id: 'outage', severity: 'critical', sentence: 'It did not answer.' },
  bytes: 1_000,
};
const LATER: Session = {
  ...SESSION,
  sessionId: 'def',
  verdict: null,
  incident: { fromEpochMs: 1_700_000_900_000, toEpochMs: null, seen: { kind: 'no-link' }, end: null },
};

it('lists incidents, the newest first, with what was seen, how they ended and what is concluded', () => {
  const lines = incidentsText([SESSION, LATER, { ...SESSION, incident: null }], createStyle(false));
  // What follows says which times are meant.
  expect(lines.slice(0, -2).map((line) => line.replaceAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, 'TIME'))).toEqual([
    'def  TIME to now  host.example: No link',
    '  Nothing could leave this machine.',
    'abc  TIME to TIME  host.example: No answer',
    '  3 rounds in a row had no answer. Hopscope ended while it lasted; it was closed at the next start.',
    '  It did not answer.',
  ]);
  expect(incidentsText([], createStyle(false))).toEqual(['There are no incidents.']);
});

it('tells incidents as one array of JSON', () => {
  expect(JSON.parse(incidentsJson([SESSION, LATER]))).toEqual([
    {
      id: 'def',
      target: 'host.example',
      destination: '192.0.2.1',
      from: 1_700_000_900_000,
      to: null,
      seen: { kind: 'no-link' },
      end: null,
      lossRatio: 0.5,
      verdict: null,
    },
    {
      id: 'abc',
      target: 'host.example',
      destination: '192.0.2.1',
      from: 1_700_000_000_000,
      to: 1_700_000_060_000,
      seen: { kind: 'unreachable', rounds: 3, isRefused: false },
      end: 'not-running',
      lossRatio: 0.5,
      verdict: { id: 'outage', severity: 'critical', sentence: 'It did not answer.' },
    },
  ]);
});
