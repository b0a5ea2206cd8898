import { describe, expect, it } from 'vitest';
import type { TimelineColumn } from '../../../contract/timeline.ts';
import { timelineSvg } from './timeline-svg.ts';

const START = Date.UTC(2026, 10, 22, 12, 0, 0);

function column(place: number, rttMs: number | null): TimelineColumn {
  const times = { minMs: rttMs, p10Ms: rttMs, p25Ms: rttMs, p50Ms: rttMs, p75Ms: rttMs, p90Ms: rttMs, maxMs: rttMs };
  const [fromEpochMs, toEpochMs] = [START + place * 10_000, START + (place + 1) * 10_000];
  const received = rttMs === null ? 0 : 10;
  return {
    fromEpochMs,
    toEpochMs,
    rounds: 10,
    sent: 10,
    received,
    lossRatio: 1 - received / 10,
    ...times,
    jitterMs: 0,
  };
}

function drawn(columns: readonly TimelineColumn[], name = 'a chart'): string {
  const shown = { fromEpochMs: START, toEpochMs: START + 40_000 };
  const timeline = { hopLimit: 0, ...shown, columns: [...columns] };
  return timelineSvg({ timeline, name, shown, gaps: [], marks: [], intervalMs: 1_000 });
}

describe('a chart of a report', () => {
  it('draws the median through the middles of its columns, and breaks it where nothing answered', () => {
    // The plot: 856 wide from x = 52, 138 high from y = 18; 40 s and 10 ms across it (rttScale(10) ends at 10).
    // Middles at 5, 15 and 35 s: x = 159, 373, 801; 10 ms is its top, 5 ms its middle, y = 87.
    const svg = drawn([column(0, 10), column(1, 5), column(2, null), column(3, 10)]);
    expect(svg).toContain('<path class="median" d="M159,18L373,87M801,18"/>');
    // All lost from 20 to 30 s: x = 480 to 694, the whole height.
    expect(svg).toContain('<rect class="loss" x="480" y="18" width="214" height="138"/>');
  });

  it('labels its axis of time in UTC and is called by its name, whatever is in that', () => {
    const svg = drawn([column(0, 10), column(1, 5)], 'hop <b>"&');
    expect(svg).toContain('aria-label="hop &lt;b&gt;&quot;&amp;"');
    expect(svg).toContain('>12:00:00</text>');
  });
});
