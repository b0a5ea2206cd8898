import { VisuallyHidden } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { type PathStatus, pathStatus } from '../../live-store/path-status.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import { ToneMark } from '../../ui/StatusBadge.tsx';
import { sparkline } from './sparkline.ts';
import classes from './TargetRail.module.css';
import { usePulse, type WorkspaceStore } from './use-path-store.ts';

interface TargetRailProps {
  readonly paths: readonly PathMonitorInfo[];
  readonly chosenId: string | null;
  readonly store: WorkspaceStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly onChoose: (pathId: string) => void;
}

/** The targets under watch, each with how it is doing at a glance. */
export function TargetRail({ paths, chosenId, ...rest }: TargetRailProps) {
  return (
    <ul className={classes.rail} aria-label="Targets under watch">
      {paths.map((path) => (
        <RailItem key={path.pathId} path={path} isChosen={path.pathId === chosenId} {...rest} />
      ))}
    </ul>
  );
}

interface RailItemProps extends Omit<TargetRailProps, 'paths' | 'chosenId'> {
  readonly path: PathMonitorInfo;
  readonly isChosen: boolean;
}

const SPARK_WIDTH_PX = 58;
const SPARK_HEIGHT_PX = 18;

/** States in which the last numbers are those of now; in any other the state stands in their place. */
const NUMBERED: readonly PathStatus['tone'][] = ['good', 'trouble'];

const RailItem = memo(function RailItem({ path, isChosen, store, platform, connected, onChoose }: RailItemProps) {
  const pulse = usePulse(store, path.pathId);
  const status = pathStatus(path, pulse, platform, connected, useSettings());
  const spark = useMemo(() => sparkline(pulse.spark, SPARK_WIDTH_PX, SPARK_HEIGHT_PX), [pulse.spark]);
  return (
    <li>
      <button
        type="button"
        className={classes.item}
        aria-current={isChosen || undefined}
        onClick={() => onChoose(path.pathId)}
      >
        <span className={classes.mark} data-tone={status.tone} title={status.label}>
          <ToneMark tone={status.tone} />
        </span>
        <span className={classes.name} title={path.target}>
          {path.target}
        </span>
        {path.simulated !== null && (
          <span className={classes.simulated}>
            <SimulatedMark title={path.simulated.title} isTitled />
          </span>
        )}
        {NUMBERED.includes(status.tone) ? (
          <span className={classes.pulse}>
            <VisuallyHidden>{status.label}</VisuallyHidden>
            <svg
              className={classes.spark}
              width={SPARK_WIDTH_PX}
              height={SPARK_HEIGHT_PX}
              aria-hidden="true"
              focusable="false"
            >
              {spark.lost.map((x) => (
                <path key={x} d={`M${x} 0V${SPARK_HEIGHT_PX}`} className={classes.lost} />
              ))}
              <path d={spark.path} className={classes.line} />
            </svg>
            <span className={classes.rtt} title="Newest round trip">
              {formatRtt(pulse.lastRttMs)}
            </span>
            <span
              className={classes.loss}
              data-lossy={(pulse.lossRatio ?? 0) > 0 || undefined}
              title="Loss of the last 5 minutes"
            >
              {formatLoss(pulse.lossRatio)}
              <VisuallyHidden> lost</VisuallyHidden>
            </span>
          </span>
        ) : (
          <span className={classes.label}>{status.label}</span>
        )}
      </button>
    </li>
  );
});
