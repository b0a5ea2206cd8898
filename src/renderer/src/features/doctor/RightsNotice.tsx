import { Anchor, Button } from '@mantine/core';
import { describeAbility } from '../../../../contract/describe-transport.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { muteReason } from './doctor-findings.ts';
import classes from './RightsNotice.module.css';
import type { Doctor } from './use-doctor.ts';

interface RightsNoticeProps {
  readonly doctor: Doctor;
  /** Where the doctor is. */
  readonly doctorHref: string;
}

/** Above whatever is shown, while nothing can be sent from this machine: why, what to do, and the check that it was done. */
export function RightsNotice({ doctor, doctorHref }: RightsNoticeProps) {
  const { report, isChecking, checkAgain } = doctor;
  const announcement = useAnnouncement(report === null ? '' : describeAbility(report.transports));
  const reason = muteReason(report);
  return (
    <>
      {reason !== null && (
        <FailureNotice
          explanation={{
            ...reason,
            title: 'Nothing can be measured from here yet',
            sentence: `${reason.title}: ${reason.sentence}`,
          }}
          action={
            <div className={classes.actions}>
              <Button size="xs" loading={isChecking} onClick={checkAgain}>
                Check again
              </Button>
              <Anchor size="xs" href={doctorHref}>
                Open the doctor
              </Anchor>
            </div>
          }
        />
      )}
      {announcement}
    </>
  );
}
