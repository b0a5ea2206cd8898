import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { verdictSchema } from '../../../contract/verdict.ts';
import { verdictOfFailure } from './failure-verdict.ts';

describe('the verdict of a failure', () => {
  it('tells a name that does not resolve in the words of the failure', () => {
    const failure = { code: 'name-not-resolved', name: 'shop.exmaple', reason: 'not-found' } as const;
    const { sentence, cure } = describeFailure(failure, 'linux');
    const verdict = verdictOfFailure(failure, 'linux');
    expect(verdictSchema['~standard'].validate(verdict)).not.toHaveProperty('issues');
    expect(verdict).toMatchObject({
      id: 'name-not-resolved',
      severity: 'critical',
      sentence,
      advice: cure?.sentence,
    });
  });

  it('tells what the system said to each way of sending, and the command that permits it', () => {
    const failure = {
      code: 'icmp-not-permitted',
      attempts: [
        { transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1\t0' },
        { transport: 'raw', osCode: 'EPERM', pingGroupRange: null },
      ],
    } as const;
    const verdict = verdictOfFailure({ ...failure, attempts: [...failure.attempts] }, 'linux');
    expect(verdict?.evidence.map(({ value }) => value)).toEqual(['EACCES', 'EPERM']);
    expect(verdict?.advice).toContain('sysctl');
    expect(verdict?.id).toBe('not-permitted');
  });

  it('has evidence even where no way of sending was tried', () => {
    expect(verdictOfFailure({ code: 'icmp-not-permitted', attempts: [] }, 'darwin')?.evidence).toHaveLength(1);
  });

  it('says nothing of a path for any other failure', () => {
    expect(verdictOfFailure({ code: 'connection-lost' }, 'linux')).toBeNull();
  });
});
