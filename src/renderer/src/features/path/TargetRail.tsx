import { Menu, VisuallyHidden } from '@mantine/core';
import { type MouseEvent, memo, useMemo } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { type PathStatus, pathStatus } from '../../live-store/path-status.ts';
import { PulseBeat } from '../../live-store/pulse-beat.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { ContextMenu, useContextMenu } from '../../ui/ContextMenu.tsx';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import { ToneMark } from '../../ui/StatusBadge.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { useIsVisible } from '../../ui/use-is-visible.ts';
import { sparkline } from './sparkline.ts';
import classes from './TargetRail.module.css';
import type { PathAction } from './use-path-actions.ts';
import { useBeatenPulse, type WorkspaceStore } from './use-path-store.ts';

interface TargetRailProps {
  readonly paths: readonly PathMonitorInfo[];
  readonly chosenId: string | null;
  readonly store: WorkspaceStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly onChoose: (pathId: string) => void;
  readonly onAct: (pathId: string, action: PathAction) => Promise<void>;
}

function after(delayMs: number, callback: () => void): void {
  setTimeout(callback, delayMs);
}

/** The targets under watch, each with how it is doing at a glance and a menu of what can be done to it. */
export const TargetRail = memo(function TargetRail({ paths, chosenId, onAct, ...rest }: TargetRailProps) {
  const { store, connected } = rest;
  const beat = useMemo(() => new PulseBeat({ store, after }), [store]);
  const { open, openAt, close } = useContextMenu<string>();
  const { outcome, copy } = useCopy();
  const subject = paths.find(({ pathId }) => pathId === open?.subject) ?? null;
  const isGoing = subject?.state.phase === 'running' || subject?.state.phase === 'resolving';
  return (
    <>
      <ul className={classes.rail} aria-label="Targets under watch">
        {paths.map((path) => (
          <RailItem
            key={path.pathId}
            path={path}
            isChosen={path.pathId === chosenId}
            beat={beat}
            onMenu={openAt}
            {...rest}
          />
        ))}
      </ul>
      <ContextMenu place={subject === null ? null : (open?.place ?? null)} name={subject?.target ?? ''} onClose={close}>
        {subject !== null && (
          <>
            <Menu.Item disabled={!connected} onClick={() => void onAct(subject.pathId, isGoing ? 'pause' : 'resume')}>
              {isGoing ? 'Pause' : subject.state.phase === 'failed' ? 'Try again' : 'Resume'}
            </Menu.Item>
            <Menu.Item
              onClick={() => void copy(subject.destination ?? subject.target, subject.destination ?? subject.target)}
            >
              Copy the address
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" disabled={!connected} onClick={() => void onAct(subject.pathId, 'remove')}>
              Remove
            </Menu.Item>
          </>
        )}
      </ContextMenu>
      <VisuallyHidden role="status">{outcome}</VisuallyHidden>
    </>
  );
});

interface RailItemProps extends Omit<TargetRailProps, 'paths' | 'chosenId' | 'onAct'> {
  readonly path: PathMonitorInfo;
  readonly isChosen: boolean;
  readonly beat: PulseBeat;
  readonly onMenu: (event: MouseEvent, pathId: string) => void;
}

const SPARK_WIDTH_PX = 58;
const SPARK_HEIGHT_PX = 18;

/** States in which the last numbers are those of now; in any other the state stands in their place. */
const NUMBERED: readonly PathStatus['tone'][] = ['good', 'trouble'];

const RailItem = memo(function RailItem(props: RailItemProps) {
  const { path, isChosen, store, beat, platform, connected, onChoose, onMenu } = props;
  const { ref, isVisible } = useIsVisible<HTMLLIElement>();
  const pulse = useBeatenPulse(store, beat, path.pathId, isVisible);
  const limits = useSettings();
  const status = useMemo(
    () => pathStatus(path, pulse, platform, connected, limits),
    [path, pulse, platform, connected, limits],
  );
  const spark = useMemo(() => sparkline(pulse.spark, SPARK_WIDTH_PX, SPARK_HEIGHT_PX), [pulse.spark]);
  return (
    <li ref={ref} className={classes.place}>
      <button
        type="button"
        className={classes.item}
        aria-current={isChosen || undefined}
        onClick={() => onChoose(path.pathId)}
        onContextMenu={(event) => onMenu(event, path.pathId)}
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
