import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import type { PathEvidence } from './path-evidence.ts';
import { addressOf, DESTINATION, evidenceOfPath, healthyPath, type PlaceOfTest } from './test-evidence.ts';

interface RefusedPath {
  readonly rounds: number;
  /** Round trips that ended in the error. */
  readonly errors: number;
  /** Hop limit of the router that sends it. */
  readonly hopLimit?: number;
  readonly code?: number;
  /** Whether the routers behind it answer as well. */
  readonly goesOn?: boolean;
}

/** A path of five hops to a destination that never answers; the router says so in its last answer. */
function refusedAt({ rounds, errors, hopLimit = 5, code = 13, goesOn = false }: RefusedPath): PathEvidence {
  const refusing = (): PlaceOfTest => ({ address: addressOf(hopLimit), rtt: () => 20, icmp: [3, code] });
  const silent = (): PlaceOfTest => ({ rtt: () => null });
  const behind = Array.from({ length: 5 - hopLimit }, (_, index) => [hopLimit + 1 + index, silent] as const);
  const changes = { ...(goesOn ? {} : Object.fromEntries(behind)), [hopLimit]: refusing };
  const evidence = evidenceOfPath({ ...healthyPath(1, 5, changes), destination: null, rounds });
  const roundTrip = { ...evidence.report.roundTrip, icmpErrors: errors };
  return { ...evidence, report: { ...evidence.report, roundTrip } };
}

function toldOf(evidence: PathEvidence) {
  return judge(evidence).map(({ id, hopLimit, severity, confidence }) => ({ id, hopLimit, severity, confidence }));
}

describe('a destination that never answered and of which a router says why', () => {
  it.each([
    { rounds: 3, errors: 3, confidence: 'low' },
    { rounds: 3, errors: 1, confidence: 'low' },
    { rounds: 6, errors: 6, confidence: 'medium' },
    { rounds: 60, errors: 20, confidence: 'high' },
  ])('is refused after $errors of $rounds probes, with $confidence confidence', ({ rounds, errors, confidence }) => {
    expect(toldOf(refusedAt({ rounds, errors }))).toEqual([
      { id: 'refused', hopLimit: 5, severity: 'critical', confidence },
    ]);
  });

  it('is unreachable in the same way', () => {
    expect(toldOf(refusedAt({ rounds: 3, errors: 1, code: 1 }))).toEqual([
      { id: 'unreachable', hopLimit: 5, severity: 'critical', confidence: 'low' },
    ]);
  });

  it('is so too when no probe of the round trip itself got the error, but none is heard beyond who sent it', () => {
    expect(toldOf(refusedAt({ rounds: 3, errors: 0, hopLimit: 4 })).map(({ id }) => id)).toEqual(['refused']);
    expect(toldOf(refusedAt({ rounds: 3, errors: 0, hopLimit: 4, goesOn: true })).map(({ id }) => id)).toEqual([
      'destination-silent',
    ]);
  });

  it('is told with how many of its probes were answered so, and once', () => {
    const [verdict, ...others] = judge(refusedAt({ rounds: 3, errors: 1 }));
    expect(others).toEqual([]);
    expect(verdict?.sentence).toBe(
      `The way to ${DESTINATION} is closed on purpose at hop 5: ${addressOf(5)} says that a rule forbids passing the packet on (ICMP type 3, code 13), in answer to 1 of 3 probes; nothing answered the others.`,
    );
  });
});

describe('a destination that answers most probes', () => {
  it('is not refused for one message, and is so at times for several', () => {
    const path = healthyPath(2, 5, {});
    const refusing = { address: addressOf(5), rtt: () => 20, icmp: [3, 13] as const };
    const evidence = evidenceOfPath({ ...path, hops: [...path.hops.slice(0, 4), refusing], rounds: 60 });
    const withErrors = (icmpErrors: number): PathEvidence => ({
      ...evidence,
      report: { ...evidence.report, roundTrip: { ...evidence.report.roundTrip, icmpErrors } },
    });
    expect(judge(withErrors(1)).map(({ id }) => id)).toEqual(['clean']);
    const [verdict] = judge(withErrors(4));
    expect(verdict).toMatchObject({ id: 'refused', severity: 'warning' });
    expect(verdict?.sentence).toContain('is at times closed on purpose');
  });
});
