import { ActionIcon, Button } from '@mantine/core';
import { memo } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import { describeMeasurement } from '../../format/measurement.ts';
import type { PathStatus } from '../../live-store/path-status.ts';
import { PauseIcon, PlayIcon, RemoveIcon, RetryIcon } from '../../ui/icons.tsx';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import classes from './PathHeader.module.css';
import type { PathAction } from './use-path-actions.ts';

interface PathHeaderProps {
  readonly path: PathMonitorInfo;
  readonly status: PathStatus;
  readonly connected: boolean;
  readonly onAct: (pathId: string, action: PathAction) => Promise<void>;
  /** Null where there is nothing to report. */
  readonly onReport: (() => void) | null;
}

/** Who the chosen target is, how it is doing now, and what can be done to it. */
export const PathHeader = memo(function PathHeader({ path, status, connected, onAct, onReport }: PathHeaderProps) {
  const { pathId, target, destination } = path;
  const announcement = useAnnouncement(`${target}: ${status.label}`);
  const measurement = describeMeasurement(path);
  return (
    <header className={classes.header}>
      <h3 className={classes.target}>{target}</h3>
      {destination !== null && destination !== target && <span className={classes.address}>{destination}</span>}
      {path.simulated !== null && <SimulatedMark title={path.simulated.title} isTitled />}
      <StatusBadge tone={status.tone} label={status.label} />
      <div className={classes.tail}>
        <span className={classes.measurement} title={measurement}>
          {measurement}
        </span>
        <div className={classes.actions}>
          {onReport !== null && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={!connected}
              aria-label={`Report on ${target}`}
              onClick={onReport}
            >
              Report…
            </Button>
          )}
          <PhaseButton path={path} disabled={!connected} onAct={(action) => void onAct(pathId, action)} />
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            disabled={!connected}
            aria-label={`Remove ${target}`}
            title="Remove"
            onClick={() => void onAct(pathId, 'remove')}
          >
            <RemoveIcon />
          </ActionIcon>
        </div>
      </div>
      {announcement}
    </header>
  );
});

interface PhaseButtonProps {
  readonly path: PathMonitorInfo;
  readonly disabled: boolean;
  readonly onAct: (action: PathAction) => void;
}

/** Pause, Resume or Try again, whichever the phase allows; one width, so that nothing beside it moves. */
function PhaseButton({ path: { state, target }, disabled, onAct }: PhaseButtonProps) {
  const { action, label, name, icon } = CHOICES[state.phase];
  return (
    <Button
      size="compact-xs"
      variant="default"
      className={classes.phase}
      disabled={disabled}
      leftSection={icon}
      aria-label={name(target)}
      onClick={() => onAct(action)}
    >
      {label}
    </Button>
  );
}

const PAUSE = {
  action: 'pause',
  label: 'Pause',
  name: (target: string) => `Pause ${target}`,
  icon: <PauseIcon size={11} />,
} as const;

const CHOICES = {
  resolving: PAUSE,
  running: PAUSE,
  paused: {
    action: 'resume',
    label: 'Resume',
    name: (target: string) => `Resume ${target}`,
    icon: <PlayIcon size={11} />,
  },
  failed: {
    action: 'resume',
    label: 'Try again',
    name: (target: string) => `Try again: ${target}`,
    icon: <RetryIcon size={11} />,
  },
} as const;
