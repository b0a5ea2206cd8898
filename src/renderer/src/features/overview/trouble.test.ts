import { describe, expect, it } from 'vitest';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { PathPulse } from '../../live-store/path-store.ts';
import { findSort, isMatch, kindCounts, orderPaths, type PulsedPath, tallyWords } from './trouble.ts';

const QUIET: PathPulse = {
  lastRttMs: 10,
  lastFate: 'answered',
  lossRatio: 0,
  lost: 0,
  spark: [10, 10, 10, 10],
  events: [],
  failure: null,
};

function pathWith(
  pathId: string,
  pulse: Partial<PathPulse> = {},
  state: PathMonitorInfo['state'] = { phase: 'running' },
): PulsedPath {
  const path: PathMonitorInfo = {
    pathId,
    target: `${pathId}.example`,
    destination: '192.0.2.1',
    family: 4,
    transport: 'dgram',
    timestampSource: 'kernel',
    intervalMs: 1_000,
    timeoutMs: 2_000,
    addedAtEpochMs: 0,
    state,
    simulated: null,
    verdict: null,
  };
  return { path, pulse: { ...QUIET, ...pulse } };
}

describe('the order of the paths', () => {
  const paths = [
    pathWith('well'),
    pathWith('paused', {}, { phase: 'paused' }),
    pathWith('losing-little', { lossRatio: 0.01, spark: [10, null, 10] }),
    pathWith('slow', { spark: [10, 10, 30, 30] }),
    pathWith('down', { lastRttMs: null, lastFate: 'lost', lossRatio: 0.5, spark: [10, null, null, null] }),
    pathWith('losing-much', { lossRatio: 0.2, spark: [10, null, 10] }),
    pathWith('unborn', { lastRttMs: null, lastFate: null, lossRatio: null, spark: [] }),
  ];

  it('is by trouble: down, losing most, slow, well, not known, paused', () => {
    expect(orderPaths(paths, 'trouble', 'linux')).toEqual([
      'down',
      'losing-much',
      'losing-little',
      'slow',
      'well',
      'unborn',
      'paused',
    ]);
  });

  it('is by name, numbers by their size', () => {
    const numbered = ['host10', 'host9', 'a'].map((pathId) => pathWith(pathId));
    expect(orderPaths(numbered, 'name', 'linux')).toEqual(['a', 'host9', 'host10']);
  });

  it('is by loss or by round trip, those without one last', () => {
    const measured = [
      pathWith('unborn', { lastRttMs: null, lossRatio: null }),
      pathWith('near', { lastRttMs: 2, lossRatio: 0.3 }),
      pathWith('far', { lastRttMs: 200, lossRatio: 0.1 }),
    ];
    expect(orderPaths(measured, 'loss', 'linux')).toEqual(['near', 'far', 'unborn']);
    expect(orderPaths(measured, 'rtt', 'linux')).toEqual(['far', 'near', 'unborn']);
  });

  it('is as added among equals', () => {
    const equals = ['first', 'second', 'third'].map((pathId) => pathWith(pathId));
    expect(orderPaths(equals, 'trouble', 'linux')).toEqual(['first', 'second', 'third']);
    expect(orderPaths(equals, 'added', 'linux')).toEqual(['first', 'second', 'third']);
  });

  it('is by trouble where an unknown one was remembered', () => {
    expect([findSort('name'), findSort('by-luck')]).toEqual(['name', 'trouble']);
  });

  it('is told in numbers', () => {
    expect(kindCounts(paths, 'linux').slice(0, 2)).toEqual([
      { kind: 'bad', mark: 'bad', words: 'down', count: 1 },
      { kind: 'trouble', mark: 'trouble', words: 'losing probes', count: 2 },
    ]);
    expect(tallyWords(paths, 'linux')).toBe('7 paths: 1 down, 2 losing probes, 2 well, 1 not known yet, 1 paused');
  });
});

describe('looking for a path', () => {
  it('finds a part of the target or of its address, however it is written', () => {
    const { path } = pathWith('Gateway');
    expect(['', ' gate ', 'GATEWAY.EX', '192.0.2', 'other'].map((sought) => isMatch(path, sought))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
