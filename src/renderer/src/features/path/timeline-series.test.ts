import { describe, expect, it } from 'vitest';
import { columnsFor, timelineMarks, timelineSeries } from '../../../../contract/chart/timeline-series.ts';
import type { MachineChange } from '../../../../contract/machine-change.ts';
import type { PathEvent } from '../../../../contract/path.ts';
import { column, emptyColumn, lostColumn, NOON, report, timeline } from './test-reports.ts';

const SHOWN = { fromEpochMs: NOON - 100_000, toEpochMs: NOON };
const RHYTHM = { intervalMs: 1_000, timeoutMs: 2_000 };
const at = (place: number) => SHOWN.fromEpochMs + place * 10_000;
const places = Array.from({ length: 10 }, (_, place) => place);

describe('timelineSeries', () => {
  it('makes a point of each column, in its middle', () => {
    const { points, maxMs, lossBars, noData } = timelineSeries(
      timeline(places.map((place) => column(at(place), { p50Ms: place, maxMs: 40 + place }))),
      SHOWN,
      [],
      RHYTHM,
    );
    expect(points.map(({ atEpochMs, medianMs }) => [atEpochMs - SHOWN.fromEpochMs, medianMs])).toEqual(
      places.map((place) => [place * 10_000 + 5_000, place]),
    );
    expect({ maxMs, lossBars, noData }).toEqual({ maxMs: 49, lossBars: [], noData: [] });
  });

  it('interrupts the line where everything was lost, and makes one bar of neighbours', () => {
    const columns = places.map((place) => (place === 4 || place === 5 ? lostColumn(at(place)) : column(at(place))));
    const { points, lossBars } = timelineSeries(timeline(columns), SHOWN, [], RHYTHM);
    expect(points.map(({ medianMs }) => medianMs)).toEqual([20, 20, 20, 20, null, null, 20, 20, 20, 20]);
    expect(lossBars).toEqual([{ fromEpochMs: at(4), toEpochMs: at(6), ratio: 1 }]);
  });

  it('keeps the slightest loss, beside the line', () => {
    const columns = places.map((place) => column(at(place), place === 7 ? { lossRatio: 0.01 } : {}));
    const { points, lossBars } = timelineSeries(timeline(columns), SHOWN, [], RHYTHM);
    expect(points.every(({ medianMs }) => medianMs === 20)).toBe(true);
    expect(lossBars).toEqual([{ fromEpochMs: at(7), toEpochMs: at(8), ratio: 0.01 }]);
  });

  it('tells a stretch without rounds from loss, with its cause where a gap of the report explains it', () => {
    const columns = places.map((place) => ([2, 3, 6].includes(place) ? emptyColumn(at(place)) : column(at(place))));
    const gaps = [{ fromEpochMs: at(2) + 500, toEpochMs: at(4) - 500, cause: 'asleep' }] as const;
    const { points, lossBars, noData } = timelineSeries(timeline(columns), SHOWN, gaps, RHYTHM);
    expect(noData).toEqual([
      { fromEpochMs: at(2), toEpochMs: at(4), cause: 'asleep' },
      { fromEpochMs: at(6), toEpochMs: at(7), cause: null },
    ]);
    expect(lossBars).toEqual([]);
    expect(points.map(({ medianMs }) => medianMs)).toEqual([20, 20, null, null, 20, 20, null, 20, 20, 20]);
  });

  it('goes on over columns that only fell between two rounds', () => {
    // Columns of half a second at one round a second: every other one is empty.
    const half = (place: number) => SHOWN.fromEpochMs + place * 500;
    const columns = Array.from({ length: 200 }, (_, place) =>
      place % 2 === 0 ? column(half(place), { toEpochMs: half(place + 1) }) : emptyColumn(half(place), half(place + 1)),
    );
    const { points, noData } = timelineSeries(timeline(columns), SHOWN, [], RHYTHM);
    expect(noData).toEqual([]);
    expect(points).toHaveLength(100);
    expect(points.every(({ medianMs }) => medianMs === 20)).toBe(true);
  });

  it('does not call it a gap that the newest probes have no fate yet', () => {
    const seconds = Array.from({ length: 100 }, (_, place) => SHOWN.fromEpochMs + place * 1_000);
    const until = (open: number) =>
      timelineSeries(
        timeline(
          seconds.map((from, place) =>
            place < 100 - open ? column(from, { toEpochMs: from + 1_000 }) : emptyColumn(from, from + 1_000),
          ),
        ),
        SHOWN,
        [],
        RHYTHM,
      ).noData.length;
    // 2.5 intervals and a timeout of 2 s: 4 s are on their way, 5 s are a gap.
    expect([until(4), until(5)]).toEqual([0, 1]);
  });

  it('draws only what lies in the period, and cuts at its edges what begins before it', () => {
    const columns = [column(at(-2)), lostColumn(SHOWN.fromEpochMs - 4_000), column(SHOWN.fromEpochMs + 6_000)];
    const { points, lossBars } = timelineSeries(timeline(columns), SHOWN, [], RHYTHM);
    expect(points).toHaveLength(2);
    expect(lossBars).toEqual([{ fromEpochMs: SHOWN.fromEpochMs, toEpochMs: SHOWN.fromEpochMs + 6_000, ratio: 1 }]);
  });
});

describe('timelineMarks', () => {
  it('marks route changes and clock steps within the period, in order', () => {
    const change = (atEpochMs: number) => ({ atEpochMs, before: ['10.0.0.1'], after: ['10.0.0.2'] });
    const marks = timelineMarks(
      report({ routeChanges: [change(at(3)), change(at(-1))] }),
      [
        { kind: 'clock-stepped', atEpochMs: at(1), byMs: 500 },
        { kind: 'send-failed', atEpochMs: at(2), reason: 'no-route', osCode: 'ENETUNREACH' },
      ],
      SHOWN,
    );
    expect(marks).toEqual([
      { kind: 'clock-stepped', atEpochMs: at(1), label: 'clock' },
      { kind: 'route-change', atEpochMs: at(3), label: 'route' },
    ]);
  });
});

it('marks what changed around the machine, once for a VPN and all that it brings', () => {
  const changed = (atEpochMs: number, change: MachineChange): PathEvent => ({
    kind: 'machine-changed',
    atEpochMs,
    change,
    untold: 0,
  });
  const servers = (before: string, after: string): MachineChange => ({
    kind: 'name-servers',
    before: [before],
    after: [after],
  });
  const events = [
    changed(at(1), servers('192.0.2.1', '192.0.2.2')),
    changed(at(1) + 2_000, { kind: 'interface-up', interfaceName: 'tun0', tunnel: 'vpn', addresses: ['10.8.0.2/24'] }),
    changed(at(1) + 9_000, servers('192.0.2.2', '192.0.2.3')),
    changed(at(99), servers('192.0.2.3', '192.0.2.4')),
  ];
  const shown = { ...SHOWN, toEpochMs: at(1) + 10_000 };
  expect(timelineMarks(report(), events, shown)).toEqual([
    {
      kind: 'machine-changed',
      atEpochMs: at(1),
      label: 'VPN',
      title: 'DNS servers changed from 192.0.2.1 to 192.0.2.2. Interface tun0 (a VPN) came up with 10.8.0.2/24.',
    },
    {
      kind: 'machine-changed',
      atEpochMs: at(1) + 9_000,
      label: 'DNS',
      title: 'DNS servers changed from 192.0.2.2 to 192.0.2.3.',
    },
  ]);
});

it('marks moments of other kinds among those of the path', () => {
  const alert = (atEpochMs: number) => ({ kind: 'alert', atEpochMs, label: 'alert' }) as const;
  const change = { atEpochMs: at(3), before: ['10.0.0.1'], after: ['10.0.0.2'] };
  const marks = timelineMarks(report({ routeChanges: [change] }), [], SHOWN, [
    alert(at(4)),
    alert(at(-9)),
    alert(at(1)),
  ]);
  expect(marks.map(({ kind, atEpochMs }) => [kind, atEpochMs])).toEqual([
    ['alert', at(1)],
    ['route-change', at(3)],
    ['alert', at(4)],
  ]);
});

describe('columnsFor', () => {
  const minutes = (count: number) => count * 60_000;

  it('gives each round a column while there are few, and then more and more rounds', () => {
    // One more than fit, because a period touches one column more than its length says.
    expect([1, 2, 10, 60].map((length) => columnsFor(minutes(length), minutes(length), 1_000, 900))).toEqual([
      61, 121, 151, 151,
    ]);
  });

  it('asks for narrow columns while only a little of the period is recorded', () => {
    // Of an hour, 5 minutes are recorded: 300 rounds, two for a column, which would be 1,801 columns.
    expect(columnsFor(minutes(60), minutes(5), 1_000, 900)).toBe(300);
    expect(columnsFor(minutes(10), minutes(9), 1_000, 900)).toBe(151);
  });

  it('never asks for more than 300, nor for columns narrower than three pixels', () => {
    expect(columnsFor(minutes(10), minutes(1), 1_000, 5_000)).toBe(300);
    expect(columnsFor(minutes(10), minutes(1), 1_000, 600)).toBe(200);
    expect(columnsFor(0, 0, 1_000, 0)).toBe(1);
  });
});
