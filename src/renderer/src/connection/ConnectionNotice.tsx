import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { Platform } from '../../../contract/system.ts';
import { FailureNotice } from '../failures/FailureNotice.tsx';
import { formatClock, formatDuration } from '../format/time.ts';
import { CheckIcon } from '../ui/icons.tsx';
import classes from './ConnectionNotice.module.css';
import type { ConnectionState } from './engine-connection.ts';

/** How long the good news stays. */
const RESTORED_SHOWN_MS = 8_000;

interface ConnectionNoticeProps {
  readonly state: ConnectionState;
  readonly platform: Platform;
  readonly onRetry: () => void;
}

/** Only a page in a browser can be refused, and only for one reason. */
const REFUSED: Explanation = {
  title: 'This page is not let in',
  sentence:
    'Open the address that Hopscope printed when it was started, with everything behind its “#”: that is the key, and each start has a new one.',
  cure: null,
};

/** Says that the engine is away and since when, or that it lets nobody in here, and for a while that it is back. */
export function ConnectionNotice({ state, platform, onRetry }: ConnectionNoticeProps) {
  return (
    <div role="status" className={classes.place}>
      {state.phase === 'lost' && <Lost state={state} platform={platform} onRetry={onRetry} />}
      {state.phase === 'refused' && <FailureNotice explanation={REFUSED} />}
      {state.phase === 'connected' && state.restoredAfterMs !== null && (
        <Restored key={state.restoredAfterMs} afterMs={state.restoredAfterMs} />
      )}
    </div>
  );
}

interface LostProps {
  readonly state: Extract<ConnectionState, { phase: 'lost' }>;
  readonly platform: Platform;
  readonly onRetry: () => void;
}

function Lost({ state, platform, onRetry }: LostProps) {
  const explanation = describeFailure({ code: 'connection-lost' }, platform);
  return (
    <FailureNotice
      explanation={{
        ...explanation,
        sentence: `${explanation.sentence} Lost at ${formatClock(state.sinceEpochMs)}; trying again by itself.`,
      }}
      action={
        <Button size="xs" variant="default" disabled={state.retryAtEpochMs === null} onClick={onRetry}>
          {state.retryAtEpochMs === null ? 'Trying…' : 'Try now'}
        </Button>
      }
    />
  );
}

function Restored({ afterMs }: { readonly afterMs: number }) {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), RESTORED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <p className={classes.restored}>
      <CheckIcon /> Connected again after {formatDuration(afterMs)}. What was measured meanwhile has been fetched.
    </p>
  );
}
