import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { memo, useId, useMemo, useRef } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { Monitor } from '../../../../contract/monitor.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import { describeMeasurement } from '../../format/measurement.ts';
import { formatClock, formatDay } from '../../format/time.ts';
import type { LiveStore } from '../../live-store/live-store.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { PauseIcon, PlayIcon, RemoveIcon, RetryIcon } from '../../ui/icons.tsx';
import { PictureMenu } from '../../ui/PictureMenu.tsx';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { type PictureForm, takePicture } from '../../ui/take-picture.ts';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { ChartArea } from './ChartArea.tsx';
import classes from './MonitorCard.module.css';
import { monitorStatus, UNKNOWN_STATUS } from './monitor-status.ts';
import { StatisticsPanel } from './StatisticsPanel.tsx';
import type { TimeWindow } from './time-window.ts';
import { useHistory } from './use-history.ts';
import type { MonitorAction } from './use-monitor-actions.ts';

interface MonitorCardProps {
  readonly monitor: Monitor;
  readonly store: LiveStore;
  readonly platform: Platform;
  /** Title of the simulated internet that it is in; null in the network. */
  readonly internet: string | null;
  readonly timeWindow: TimeWindow;
  /** Whether many cards share the page, so that each is lower. */
  readonly dense: boolean;
  readonly connected: boolean;
  /** Why the last action on this monitor failed. */
  readonly actionFailure: Failure | null;
  readonly onAct: (monitorId: string, action: MonitorAction) => Promise<void>;
}

/** One target: who it is, how it is doing, its chart and its numbers. */
export const MonitorCard = memo(function MonitorCard(props: MonitorCardProps) {
  const { monitor, store, platform, internet, timeWindow, dense, connected, actionFailure, onAct } = props;
  const limits = useSettings();
  const history = useHistory(store, monitor.monitorId);
  // What its last samples say of a running monitor is out of date once no more of them come.
  const known = connected && (history.failure === null || monitor.state.phase !== 'running');
  const status = useMemo(
    () => (known ? monitorStatus(monitor, history.samples, platform, limits) : UNKNOWN_STATUS),
    [known, monitor, history, platform, limits],
  );
  const announcement = useAnnouncement(`${monitor.target}: ${status.label}`);
  const titleId = useId();
  const drawnRef = useRef<HTMLDivElement>(null);
  const copying = useCopy();
  const savePicture = (form: PictureForm) =>
    void takePicture(copying, drawnRef.current, form, {
      caption: `${monitor.transport === 'simulated' ? 'Simulated internet, ' : ''}${monitor.target}, ${timeWindow.name}, until ${formatDay(history.drawnAtEpochMs)}, ${formatClock(history.drawnAtEpochMs)}`,
      what: `the round trips of ${monitor.target} as a picture`,
      fileName: ['round trips of', monitor.target],
    });
  const act = (action: MonitorAction) => void onAct(monitor.monitorId, action);
  const measurement = describeMeasurement(monitor);
  const measured = history.samples.length > 0;
  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <h3 id={titleId} className={classes.target}>
          {monitor.target}
        </h3>
        {monitor.destination !== null && monitor.destination !== monitor.target && (
          <span className={classes.address}>{monitor.destination}</span>
        )}
        {monitor.transport === 'simulated' && <SimulatedMark title={internet} isTitled />}
        <StatusBadge tone={status.tone} label={status.label} />
        <div className={classes.tail}>
          <span className={classes.measurement} title={measurement}>
            {measurement}
          </span>
          <div className={classes.actions}>
            <PhaseButton monitor={monitor} disabled={!connected} onAct={act} />
            {measured && <PictureMenu isSmall name={`Picture of ${monitor.target}`} onChoose={savePicture} />}
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              disabled={!connected}
              aria-label={`Remove ${monitor.target}`}
              title="Remove"
              onClick={() => act('remove')}
            >
              <RemoveIcon />
            </ActionIcon>
          </div>
        </div>
      </header>
      {actionFailure !== null && <FailureNotice explanation={describeFailure(actionFailure, platform)} />}
      <StreamFailureNotice
        failure={history.failure}
        consequence="What is measured does not arrive here, so the chart and the numbers are out of date."
        platform={platform}
        onRetry={() => store.retryHistory(monitor.monitorId)}
      />
      {status.explanation !== null && <FailureNotice explanation={status.explanation} />}
      {(measured || monitor.state.phase !== 'failed') && (
        <div ref={drawnRef} className={classes.body}>
          <ChartArea monitor={monitor} history={history} timeWindow={timeWindow} height={dense ? 196 : 280} />
          <StatisticsPanel statistics={history.statistics} monitor={monitor} />
        </div>
      )}
      <VisuallyHidden role="status">{copying.outcome}</VisuallyHidden>
      {announcement}
    </article>
  );
});

interface PhaseButtonProps {
  readonly monitor: Monitor;
  readonly disabled: boolean;
  readonly onAct: (action: MonitorAction) => void;
}

/** Pause, Resume or Try again, whichever the phase allows; one width, so that nothing beside it moves. */
function PhaseButton({ monitor, disabled, onAct }: PhaseButtonProps) {
  const common = { size: 'compact-xs', variant: 'default', className: classes.phase, disabled } as const;
  switch (monitor.state.phase) {
    case 'resolving':
    case 'running':
      return (
        <Button
          {...common}
          leftSection={<PauseIcon size={11} />}
          aria-label={`Pause ${monitor.target}`}
          onClick={() => onAct('pause')}
        >
          Pause
        </Button>
      );
    case 'paused':
      return (
        <Button
          {...common}
          leftSection={<PlayIcon size={11} />}
          aria-label={`Resume ${monitor.target}`}
          onClick={() => onAct('resume')}
        >
          Resume
        </Button>
      );
    case 'failed':
      return (
        <Button
          {...common}
          leftSection={<RetryIcon size={11} />}
          aria-label={`Try again: ${monitor.target}`}
          onClick={() => onAct('resume')}
        >
          Try again
        </Button>
      );
  }
}
