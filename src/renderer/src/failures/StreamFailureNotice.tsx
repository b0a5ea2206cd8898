import { Button } from '@mantine/core';
import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { Platform } from '../../../contract/system.ts';
import { FailureNotice } from './FailureNotice.tsx';

interface StreamFailureNoticeProps {
  /** Why the stream is over; null while it goes on. */
  readonly failure: Failure | null;
  /** A sentence on what is missing on the screen because of it. */
  readonly consequence: string;
  readonly platform: Platform;
  readonly onRetry: () => void;
}

/** Says in place, to screen readers too, that something on the screen no longer follows the engine, and why. */
export function StreamFailureNotice({ failure, consequence, platform, onRetry }: StreamFailureNoticeProps) {
  if (failure === null) return null;
  const explanation = describeFailure(failure, platform);
  return (
    <div role="alert">
      <FailureNotice
        explanation={{ ...explanation, sentence: `${consequence} ${explanation.sentence}` }}
        action={
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
