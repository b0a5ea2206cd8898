import { describe, expect, it } from 'vitest';
import { describeMeasurement, type Measurement } from './measurement.ts';

const running: Measurement = {
  family: 4,
  transport: 'dgram',
  timestampSource: 'kernel',
  intervalMs: 1_000,
  addedAtEpochMs: new Date(2026, 10, 22, 9, 5, 1).getTime(),
};

describe('describeMeasurement', () => {
  it('says how it is measured, and only what is known', () => {
    expect(describeMeasurement(running)).toBe(
      'since 09:05:01 · every 1 s · IPv4 · unprivileged socket · kernel timestamps',
    );
    expect(
      describeMeasurement({ ...running, intervalMs: 200, family: null, transport: null, timestampSource: null }),
    ).toBe('since 09:05:01 · every 200 ms');
  });
});
