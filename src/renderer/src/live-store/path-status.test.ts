import { describe, expect, it } from 'vitest';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import { pathStatus } from './path-status.ts';
import type { PathPulse } from './path-store.ts';

const PATH: PathMonitorInfo = {
  pathId: 'p-1',
  target: 'host.example',
  destination: '192.0.2.1',
  family: 4,
  transport: 'dgram',
  timestampSource: 'kernel',
  intervalMs: 1_000,
  timeoutMs: 2_000,
  addedAtEpochMs: 0,
  state: { phase: 'running' },
  simulated: null,
  verdict: null,
};
const QUIET: PathPulse = {
  lastRttMs: 10,
  lastFate: 'answered',
  lossRatio: 0,
  lost: 0,
  spark: [10, 10, 10],
  events: [],
  failure: null,
};

const labelOf = (pulse: Partial<PathPulse>, state: PathMonitorInfo['state'] = PATH.state, isConnected = true) => {
  const { tone, label } = pathStatus({ ...PATH, state }, { ...QUIET, ...pulse }, 'linux', isConnected);
  return [tone, label];
};

describe('how a path is doing', () => {
  it('follows its phase', () => {
    expect(labelOf({}, { phase: 'resolving' })).toEqual(['waiting', 'Looking up']);
    expect(labelOf({}, { phase: 'paused' })).toEqual(['resting', 'Paused']);
    expect(labelOf({}, { phase: 'failed', failure: { code: 'family-not-supported', family: 6 } })).toEqual([
      'bad',
      'No IPv6 on this machine',
    ]);
  });

  it('is judged by its last round trips while it runs', () => {
    expect(labelOf({})).toEqual(['good', 'Answering']);
    expect(labelOf({ spark: Array(10).fill(301) })).toEqual(['trouble', 'Answering slowly']);
    expect(labelOf({ lossRatio: 0.01 })).toEqual(['trouble', 'Losing probes']);
    expect(labelOf({ lastFate: null, lossRatio: null, spark: [] })).toEqual([
      'waiting',
      'Waiting for the first answer',
    ]);
    expect(labelOf({ lastFate: 'refused', lossRatio: 1, spark: [null] })).toEqual(['bad', 'Refused']);
    expect(labelOf({ lastFate: 'lost', lossRatio: 1, spark: [null] })).toEqual(['bad', 'No answer so far']);
  });

  it('has stopped answering after three in a row, for one lost packet is everyday', () => {
    expect(labelOf({ lastFate: 'lost', lossRatio: 0.5, spark: [10, null, null] })).toEqual([
      'trouble',
      'Losing probes',
    ]);
    expect(labelOf({ lastFate: 'lost', lossRatio: 0.5, spark: [10, null, null, null] })).toEqual([
      'bad',
      'Stopped answering',
    ]);
  });

  it('is unknown without an engine, and where its rounds no longer come', () => {
    expect(labelOf({}, { phase: 'running' }, false)).toEqual(['waiting', 'State unknown']);
    expect(labelOf({ failure: { code: 'internal', reference: 'r-1' } })).toEqual(['waiting', 'State unknown']);
  });
});
