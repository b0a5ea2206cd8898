import { Button, CopyButton } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatClock } from '../../format/time.ts';
import { CheckIcon, CopyIcon, RetryIcon } from '../../ui/icons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { AbilitiesCard } from './AbilitiesCard.tsx';
import classes from './DoctorView.module.css';
import { type Findings, findingsOf, reportText } from './doctor-findings.ts';
import { SelfTestCard } from './SelfTestCard.tsx';
import type { Doctor } from './use-doctor.ts';
import { WaysTable } from './WaysTable.tsx';

interface DoctorViewProps {
  readonly doctor: Doctor;
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly platform: Platform;
  /** Whether the engine is in a simulated internet. */
  readonly isSimulated: boolean;
}

/** What works on this machine, what does not, and the cure. */
export function DoctorView({ doctor, client, platform, isSimulated }: DoctorViewProps) {
  const isConnected = client !== null;
  const { report, checkedAtEpochMs, failure, isChecking, checkAgain } = doctor;
  const isOpened = useRef(false);
  useEffect(() => {
    if (isOpened.current) return;
    isOpened.current = true;
    // What was found out when the page was loaded may be long ago.
    if (checkedAtEpochMs !== null) checkAgain();
  }, [checkAgain, checkedAtEpochMs]);
  const findings = useMemo(() => (report === null ? null : findingsOf(report)), [report]);
  const announcement = useAnnouncement(findings?.sentence ?? '');
  return (
    <>
      <div className={classes.strip} data-tone={findings === null ? 'waiting' : toneOf(findings)}>
        <StatusBadge tone={findings === null ? 'waiting' : toneOf(findings)} label={labelOf(findings, isChecking)} />
        <p className={classes.sentence}>{findings?.sentence ?? 'Every way of sending is tried once.'}</p>
        {checkedAtEpochMs !== null && <span className={classes.time}>checked at {formatClock(checkedAtEpochMs)}</span>}
        <Button
          size="xs"
          variant="default"
          leftSection={<RetryIcon size={12} />}
          disabled={!isConnected}
          loading={isChecking}
          onClick={checkAgain}
        >
          Check again
        </Button>
      </div>
      {announcement}
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      {findings?.needed.map((explanation) => (
        <FailureNotice key={explanation.cure?.command ?? explanation.sentence} explanation={explanation} />
      ))}
      {findings !== null && report !== null && (
        <>
          <SelfTestCard client={client} platform={platform} isSimulated={isSimulated} />
          <WaysTable findings={findings} />
          {findings.gaps !== null && <AbilitiesCard gaps={findings.gaps} />}
          <section className={classes.card} aria-labelledby="this-machine">
            <header className={classes.head}>
              <h3 id="this-machine" className={classes.title}>
                This machine
              </h3>
              {'clipboard' in navigator && (
                <CopyButton value={reportText(report)}>
                  {({ copied, copy }) => (
                    <Button
                      size="compact-xs"
                      variant="default"
                      className={classes.copy}
                      leftSection={copied ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
                      onClick={copy}
                    >
                      <span aria-live="polite">{copied ? 'Copied' : 'Copy the whole report'}</span>
                    </Button>
                  )}
                </CopyButton>
              )}
            </header>
            <dl className={classes.facts}>
              {findings.facts.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        </>
      )}
    </>
  );
}

function toneOf({ canSend, isWhole }: Findings): 'good' | 'trouble' | 'bad' {
  if (!canSend) return 'bad';
  return isWhole ? 'good' : 'trouble';
}

function labelOf(findings: Findings | null, isChecking: boolean): string {
  if (findings === null) return isChecking ? 'Checking' : 'Not checked yet';
  if (!findings.canSend) return 'Cannot send';
  return findings.isWhole ? 'All well' : 'Partly';
}
