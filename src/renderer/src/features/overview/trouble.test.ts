import { describe, expect, it } from 'vitest';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { PathPulse } from '../../live-store/path-store.ts';
import { heatStrip, STRIP_BARS, STRIP_HEIGHT } from './heat-strip.ts';
import { findSort, orderPaths, type PulsedPath, tallyWords } from './trouble.ts';

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

  it('is as added among equals', () => {
    const equals = ['first', 'second', 'third'].map((pathId) => pathWith(pathId));
    expect(orderPaths(equals, 'trouble', 'linux')).toEqual(['first', 'second', 'third']);
    expect(orderPaths(equals, 'added', 'linux')).toEqual(['first', 'second', 'third']);
  });

  it('is by trouble where an unknown one was remembered', () => {
    expect([findSort('name'), findSort('by-luck')]).toEqual(['name', 'trouble']);
  });

  it('is told in numbers', () => {
    expect(tallyWords(paths, 'linux')).toBe('7 paths: 1 down, 2 losing probes, 2 well, 1 not known yet, 1 paused');
  });
});

describe('the strip of the last round trips', () => {
  it('draws loss as high as the strip, slow ones apart from usual ones, the newest at the right', () => {
    const strip = heatStrip([10, 40, null]);
    // Bars of 4 units, the gap of 1 included, at the places 57, 58 and 59.
    expect(strip.lost).toBe(`M${59 * 4},28v-28h3v28z`);
    expect(strip.slow).toMatch(/^M232,28v-24h3v24z$/);
    expect(strip.usual).toMatch(/^M228,28v-9h3v9z$/);
    expect(strip.words).toBe('Last 3 round trips: 1 lost, 1 slower than usual');
  });

  it('is empty before the first round trip and keeps the newest', () => {
    expect(heatStrip([])).toEqual({ usual: '', slow: '', lost: '', words: 'No round trip yet' });
    const long = heatStrip([null, ...Array<number>(STRIP_BARS).fill(5)]);
    expect([long.lost, long.usual.match(/M/g)?.length]).toEqual(['', STRIP_BARS]);
    expect(long.usual).toContain(`M0,${STRIP_HEIGHT}`);
  });
});
