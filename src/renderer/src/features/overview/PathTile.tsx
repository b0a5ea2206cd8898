import { memo, useCallback, useMemo, useSyncExternalStore } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatLoss } from '../../format/loss.ts';
import { formatRtt } from '../../format/rtt.ts';
import { RECENT_COLUMNS } from '../../live-store/path-pulse.ts';
import { pathStatus } from '../../live-store/path-status.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import type { PulseBeat } from '../../live-store/pulse-beat.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { SimulatedMark } from '../../ui/SimulatedMark.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { BAR_WIDTH, heatStrip, STRIP_HEIGHT } from './heat-strip.ts';
import classes from './PathTile.module.css';

interface PathTileProps {
  readonly path: PathMonitorInfo;
  readonly store: PathStore;
  readonly beat: PulseBeat;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly pathsHref: string;
}

/** One path: how it is, its last round trips as bars, and the way to everything about it. */
export const PathTile = memo(function PathTile(props: PathTileProps) {
  const { path, store, beat, platform, connected, pathsHref } = props;
  const { pathId, target, destination } = path;
  const subscribe = useCallback((changed: () => void) => beat.subscribe(pathId, changed), [beat, pathId]);
  const read = useCallback(() => store.getPulse(pathId), [store, pathId]);
  const pulse = useSyncExternalStore(subscribe, read);
  const limits = useSettings();
  const status = useMemo(
    () => pathStatus(path, pulse, platform, connected, limits),
    [path, pulse, platform, connected, limits],
  );
  // The pulse is new whenever something was measured.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns are those at the time of the pulse
  const strip = useMemo(() => heatStrip(store.getRecent(pathId)), [store, pathId, pulse]);
  return (
    <li className={classes.tile} data-tone={status.tone}>
      <div className={classes.who}>
        <h3 className={classes.target} title={target}>
          <a href={pathsHref} onClick={() => store.choose(pathId)}>
            {target}
          </a>
        </h3>
        {destination !== null && destination !== target && <span className={classes.address}>{destination}</span>}
        {path.simulated !== null && <SimulatedMark title={path.simulated.title} isTitled />}
      </div>
      <div className={classes.state}>
        <StatusBadge tone={status.tone} label={status.label} />
      </div>
      <dl className={classes.numbers}>
        <div>
          <dt>Round trip</dt>
          <dd>{formatRtt(pulse.lastRttMs)}</dd>
        </div>
        <div data-lossy={(pulse.lossRatio ?? 0) > 0 || undefined}>
          <dt>Loss, 5 min</dt>
          <dd>{formatLoss(pulse.lossRatio)}</dd>
        </div>
      </dl>
      <div className={classes.strip}>
        <svg
          viewBox={`0 0 ${RECENT_COLUMNS * BAR_WIDTH} ${STRIP_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={strip.words}
        >
          <title>{strip.words}</title>
          <path className={classes.ground} d={strip.ground} />
          <path className={classes.usual} d={strip.usual} />
          <path className={classes.slow} d={strip.slow} />
          <path className={classes.lost} d={strip.lost} />
        </svg>
        <p className={classes.axis} aria-hidden="true">
          <span>−5 min</span>
          <span>4</span>
          <span>3</span>
          <span>2</span>
          <span>1</span>
          <span>now</span>
        </p>
      </div>
    </li>
  );
});
