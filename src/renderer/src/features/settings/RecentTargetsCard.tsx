import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import classes from './SettingsView.module.css';

interface RecentTargetsCardProps {
  readonly client: EngineClient | null;
  readonly platform: Platform;
}

/** What is remembered of targets typed before, and the way to have it forgotten. */
export function RecentTargetsCard({ client, platform }: RecentTargetsCardProps) {
  const [recent, setRecent] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void client?.targets.recent({}).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setRecent(answer.value.recent);
      else setFailure(answer.failure);
    });
    return () => {
      isCurrent = false;
    };
  }, [client]);
  const forget = async () => {
    const answer = await client?.targets.forgetRecent({});
    if (answer?.ok === true) setRecent([]);
    else setFailure(answer?.failure ?? { code: 'connection-lost' });
  };
  return (
    <section className={classes.card} aria-label="Recent targets">
      <h3 className={classes.title}>Recent targets</h3>
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      <div className={classes.row}>
        <p className={classes.explanation}>
          {recent === null || recent.length === 0
            ? 'None are remembered. Targets that you add are offered again where targets are typed; the last 20 are kept.'
            : `Offered again where targets are typed: ${recent.join(', ')}.`}
        </p>
        <Button
          size="compact-xs"
          variant="default"
          className={classes.back}
          disabled={client === null || recent === null || recent.length === 0}
          onClick={() => void forget()}
        >
          Forget them
        </Button>
      </div>
    </section>
  );
}
