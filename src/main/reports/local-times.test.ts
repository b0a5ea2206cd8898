import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatLocal, formatOffset, withLocalTimes } from './local-times.ts';

afterEach(() => vi.unstubAllEnvs());

/** 2023-11-14 22:13:20 UTC. */
const AUTUMN = 1_700_000_000_000;

describe('moments in the terminal', () => {
  it('are in local time, and tell the offset on either side of UTC', () => {
    vi.stubEnv('TZ', 'Asia/Kolkata');
    expect([formatLocal(AUTUMN), formatOffset(AUTUMN)]).toEqual(['2023-11-15 03:43:20', 'UTC+05:30']);
    vi.stubEnv('TZ', 'America/St_Johns');
    expect([formatLocal(AUTUMN), formatOffset(AUTUMN)]).toEqual(['2023-11-14 18:43:20', 'UTC-03:30']);
  });
});

describe('lines of a report', () => {
  beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));

  it('tell the offset once, in a line of its own', () => {
    expect(withLocalTimes(['Since 2023-11-14T22:13:20Z.', 'From 2023-11-14T22:13:21Z on.'])).toEqual([
      'Since 2023-11-14 23:13:20.',
      'From 2023-11-14 23:13:21 on.',
      '',
      'Times are local, UTC+01:00.',
    ]);
  });

  it('tell both offsets where the clocks were changed between two moments', () => {
    // In 2023 summer time ended on 29 October at 01:00 UTC.
    expect(withLocalTimes(['2023-10-29T00:59:59Z 2023-10-29T01:00:00Z'])).toEqual([
      '2023-10-29 02:59:59 2023-10-29 02:00:00',
      '',
      'Times are local, UTC+02:00, then UTC+01:00.',
    ]);
  });

  it('stay as they are without a moment', () => {
    expect(withLocalTimes(['All is well.'])).toEqual(['All is well.']);
  });
});
