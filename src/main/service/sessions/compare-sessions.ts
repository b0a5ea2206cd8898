import type { Comparison } from '../../../contract/comparison.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { type ComparedPeriod, comparePeriods } from '../../engine/compare/compare-periods.ts';
import { between, type Period } from '../period.ts';
import type { KeptSession } from './kept-session.ts';

/** A period of a session. */
export interface ComparedSession {
  readonly kept: KeptSession;
  readonly period: Period;
}

/** Compares two sessions, or two periods of one. */
export function compareSessions(before: ComparedSession, after: ComparedSession): Comparison {
  const [first, second] = [readPeriod(before), readPeriod(after)];
  const compared = comparePeriods(first, second);
  const seen = compared.hops.flatMap(({ beforeAddresses, afterAddresses }) => [...beforeAddresses, ...afterAddresses]);
  return {
    before: sideOf(before.kept, first),
    after: sideOf(after.kept, second),
    ...compared,
    names: [...new Set(seen)].flatMap((address) => {
      const name = after.kept.nameOf(address)?.name ?? before.kept.nameOf(address)?.name ?? null;
      return name === null ? [] : [{ address, name }];
    }),
  };
}

function readPeriod({ kept, period }: ComparedSession): ComparedPeriod {
  const { recording, measured } = kept;
  const now = measured.sessionNow();
  const { from, to } = between(period, now);
  return { recording, period: recording.query(from ?? recording.firstAt ?? now, to ?? epochMilliseconds(now + 1)) };
}

function sideOf({ row }: KeptSession, { period }: ComparedPeriod): Comparison['before'] {
  const { id, target, destination } = row;
  const { from, to, rounds } = period;
  return { sessionId: id, target, destination, fromEpochMs: from, toEpochMs: to, rounds };
}
