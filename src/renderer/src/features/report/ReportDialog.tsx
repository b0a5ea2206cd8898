import { Button, Checkbox, NativeSelect, NumberInput, Radio, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { ExportFormat } from '../../../../contract/exports.ts';
import { MOST_MASKED_HOPS } from '../../../../contract/privacy-mask.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { MaskPreview } from './MaskPreview.tsx';
import classes from './ReportDialog.module.css';
import {
  canBeMasked,
  FORMATS,
  firstChoices,
  type ReportChoices,
  type ReportSubject,
  shownText,
} from './report-choices.ts';
import { useReport } from './use-report.ts';

interface ReportDialogProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly platform: Platform;
  readonly subject: ReportSubject;
  readonly onClose: () => void;
}

/** Saves a session, or what is looked at of it, as a file; before that it shows what of it is masked. */
export function ReportDialog({ client, platform, subject, onClose }: ReportDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  const [choices, setChoices] = useState<ReportChoices>(() => firstChoices(subject));
  const { found, masked, isPreviewed, failure, isSaving, save } = useReport(client, subject, choices);
  const change = (changed: Partial<ReportChoices>) => setChoices((before) => ({ ...before, ...changed }));
  const close = () => ref.current?.close();
  return (
    <dialog ref={ref} className={classes.dialog} aria-labelledby="report-title" onClose={onClose}>
      <h2 id="report-title" className={classes.title}>
        Report on {subject.title}
      </h2>
      {found.state === 'not-kept' && (
        <p className={classes.note}>
          Nothing of this path is kept, so there is nothing to report. The settings say whether paths are recorded;
          those of a simulated internet are not, unless Hopscope was started in it with --record.
        </p>
      )}
      <NativeSelect
        label="What to save"
        value={choices.format}
        onChange={(event) => change({ format: event.currentTarget.value as ExportFormat })}
        data={FORMATS.map(({ format, label }) => ({ value: format, label }))}
      />
      {subject.shown !== null && (
        <Radio.Group
          label="Period"
          value={choices.isWhole ? 'whole' : 'shown'}
          onChange={(value) => change({ isWhole: value === 'whole' })}
        >
          <div className={classes.radios}>
            <Radio value="whole" label="The whole session" />
            <Radio
              value="shown"
              label={`${subject.isIncident === true ? 'The incident' : 'What is shown'}: ${shownText(subject.shown)}`}
            />
          </div>
        </Radio.Group>
      )}
      {canBeMasked(choices.format) ? (
        <>
          <Checkbox
            label="Mask private addresses and those of this machine and its network"
            checked={choices.isMasked}
            onChange={(event) => change({ isMasked: event.currentTarget.checked })}
          />
          <div className={classes.pair}>
            <NumberInput
              label="First hops to mask too"
              min={0}
              max={MOST_MASKED_HOPS}
              clampBehavior="strict"
              allowDecimal={false}
              value={choices.firstHops}
              onChange={(value) => change({ firstHops: Number(value) || 0 })}
            />
            <TextInput
              label="Other addresses to mask"
              placeholder="your public address"
              value={choices.addresses}
              onChange={(event) => change({ addresses: event.currentTarget.value })}
            />
          </div>
          <MaskPreview
            masked={masked}
            isAsked={choices.isMasked || choices.firstHops > 0 || choices.addresses.trim() !== ''}
          />
        </>
      ) : (
        <p className={classes.note}>Nothing is masked in this form: it has every address as it was seen.</p>
      )}
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      <div className={classes.foot}>
        <Button size="xs" variant="default" onClick={close}>
          Close
        </Button>
        <Button
          size="xs"
          loading={isSaving}
          disabled={client === null || found.state !== 'found' || !isPreviewed}
          onClick={() => void save().then((isSaved) => isSaved && close())}
        >
          Save
        </Button>
      </div>
    </dialog>
  );
}
