import { describe, expect, it } from 'vitest';
import { responderHints } from './responder-hints.ts';
import { responder } from './test-reports.ts';

const wordsOf = (more: Parameters<typeof responder>[1], family: 4 | 6 = 4) =>
  responderHints(responder('192.0.2.1', more), family).map(({ word }) => word);

describe('the hints of a responder', () => {
  it('are none for a hop that says that time was exceeded, and for an echo reply', () => {
    expect(wordsOf({})).toEqual([]);
    expect(wordsOf({ icmpType: 0 })).toEqual([]);
    expect(wordsOf({ icmpType: 129 }, 6)).toEqual([]);
  });

  it('tell a refusal first, then an MTU, translation, labels and the interface', () => {
    const mpls = [{ label: 24_001, trafficClass: 0, isBottom: true, ttl: 1 }];
    const hints = responderHints(
      responder('192.0.2.1', {
        icmpType: 3,
        icmpCode: 13,
        mtuBytes: 1_400,
        isQuoteAltered: true,
        mpls,
        interfaceName: 'eth0',
      }),
      4,
    );
    expect(hints.map(({ word }) => word)).toEqual(['Filtered', 'MTU 1400', 'NAT', 'MPLS', 'eth0']);
    expect(hints.map(({ isTrouble }) => isTrouble)).toEqual([true, false, false, false, false]);
    expect(hints[3]?.meaning).toContain('label 24001, class 0, TTL 1');
  });
});
