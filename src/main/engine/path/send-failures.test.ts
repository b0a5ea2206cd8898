import { describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { SendFailures } from './send-failures.ts';

const DAY = 86_400_000;
const at = (seconds: number) => epochMilliseconds(1_000 * DAY + seconds * 1_000);

describe('send failures', () => {
  it('are counted by reason and code within a period, most frequent first', () => {
    const failures = new SendFailures();
    for (let second = 0; second < 180; second += 1) failures.record(at(second), 'no-route', 'ENETUNREACH');
    for (let second = 60; second < 80; second += 1) failures.record(at(second), 'no-route', 'EHOSTUNREACH');
    expect(failures.between(at(0), at(180))).toEqual([
      { reason: 'no-route', osCode: 'ENETUNREACH', count: 180 },
      { reason: 'no-route', osCode: 'EHOSTUNREACH', count: 20 },
    ]);
    expect(failures.between(at(120), at(180))).toEqual([{ reason: 'no-route', osCode: 'ENETUNREACH', count: 60 }]);
    expect(failures.between(at(180), at(900))).toEqual([]);
  });

  it('are told once a second for each reason', () => {
    const failures = new SendFailures();
    const told = (second: number, reason: 'no-route' | 'too-big') => failures.record(at(second), reason, 'X');
    expect([told(0, 'no-route'), told(0.5, 'no-route'), told(0.5, 'too-big'), told(1, 'no-route')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('lose none in a year, with coarser times and bounded memory', () => {
    const failures = new SendFailures();
    const hours = 365 * 24;
    for (let hour = 0; hour < hours; hour += 1) failures.record(at(hour * 3_600), 'interface-gone', 'ENODEV');
    expect(failures.between(at(0), at(hours * 3_600))[0]?.count).toBe(hours);
    const lastWeek = failures.between(at((hours - 168) * 3_600), at(hours * 3_600))[0]?.count ?? 0;
    expect(lastWeek).toBeGreaterThanOrEqual(168);
    expect(lastWeek).toBeLessThan(168 + 48);
  });
});
