import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { Platform } from '../../../contract/system.ts';
import type { Evidence, Verdict } from '../../../contract/verdict.ts';
import { textEvidence } from './evidence-items.ts';

/**
 * The verdict of a failure that kept the measurement from beginning: a name that does not resolve, or ICMP that may not
 * be sent. Null of any other failure, which says nothing of a path. The words are those of the failure itself.
 */
export function verdictOfFailure(failure: Failure, platform: Platform): Verdict | null {
  switch (failure.code) {
    case 'name-not-resolved':
      return verdictOf('name-not-resolved', failure, platform, [
        textEvidence('name that was looked up', failure.name),
        textEvidence('what the resolver said', failure.reason),
      ]);
    case 'icmp-not-permitted':
      return verdictOf(
        'not-permitted',
        failure,
        platform,
        failure.attempts.length === 0
          ? [textEvidence('ways of sending that were tried', 'none')]
          : failure.attempts.map(({ transport, osCode }) =>
              textEvidence(`what the system said to ${transport}`, osCode),
            ),
      );
    default:
      return null;
  }
}

function verdictOf(
  id: 'name-not-resolved' | 'not-permitted',
  failure: Failure,
  platform: Platform,
  evidence: Evidence[],
): Verdict {
  const { sentence, cure } = describeFailure(failure, platform);
  const advice =
    cure === null ? 'Try again.' : [cure.sentence, ...(cure.command === null ? [] : [cure.command])].join('\n');
  return {
    id,
    severity: 'critical',
    hopLimit: null,
    segment: 'local',
    sentence,
    confidence: 'high',
    surer: null,
    evidence,
    advice,
  };
}
