import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { factsWith, REST_MS, recordFlight, SEEN, START } from './test-flight-file.ts';

let folder: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-incident-'));
  clock = new VirtualClock(epochMilliseconds(START));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an incident in the file', () => {
  it('counts what this machine dropped since the minutes before it, not since recording began', () => {
    const { keeper, tell, reportOf } = recordFlight(clock, folder);
    tell(10, REST_MS, factsWith(0));
    tell(40, REST_MS, factsWith(500));
    // Told with the last round before the five minutes, so of before; one within them, and one in the incident.
    tell(40, REST_MS);
    tell(1, REST_MS, factsWith(501));
    const fromEpochMs = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
    tell(20, 1_000, factsWith(502));
    const [incident] = keeper.list(null).sessions.filter(({ flight }) => flight === 'incident');
    expect(reportOf(incident?.sessionId ?? '').localDrops).toBe(2);
    const toEpochMs = clock.wallNow();
    keeper.closeIncident({ pathId: 'path', toEpochMs, end: 'calm' });
    tell(3, REST_MS, factsWith(509));
    const rest = keeper.list(null).sessions.find(({ pathId }) => pathId === 'path');
    expect(reportOf(rest?.sessionId ?? '').localDrops).toBe(7);
  });

  it('has the failures of sending of its own time only', () => {
    const { keeper, path, tell } = recordFlight(clock, folder);
    const fail = () => path.recordFailureCause(epochMilliseconds(clock.wallNow()), 'no-route', 'ENETUNREACH');
    tell(20);
    for (let failure = 0; failure < 30; failure += 1) fail();
    tell(100);
    fail();
    const fromEpochMs = clock.wallNow();
    keeper.openIncident({ pathId: 'path', fromEpochMs, seen: SEEN });
    tell(20, 1_000);
    const [incident] = keeper.list(null).sessions.filter(({ flight }) => flight === 'incident');
    const piece = keeper.exportPiece({
      sessionId: incident?.sessionId ?? '',
      fromEpochMs: null,
      toEpochMs: null,
      lastMs: null,
      format: 'json',
      cursor: null,
      mask: null,
      by: { version: '1.2.3', ownAddresses: [] },
    });
    if (!piece.ok) throw new Error(piece.failure.code);
    const { sendFailures } = JSON.parse(piece.value.text) as { sendFailures: { spans: { count: number }[] } };
    expect(sendFailures.spans.map(({ count }) => count)).toEqual([1]);
  });
});
