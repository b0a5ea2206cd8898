import { SegmentedControl } from '@mantine/core';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Platform, SimulatedInternet } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { formatQuantity } from '../../format/count.ts';
import type { LiveStore } from '../../live-store/live-store.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { AddTargets } from './AddTargets.tsx';
import { EmptyState } from './EmptyState.tsx';
import { MonitorCard } from './MonitorCard.tsx';
import classes from './MonitorView.module.css';
import { DEFAULT_TIME_WINDOW, findTimeWindow, TIME_WINDOWS } from './time-window.ts';
import { type MonitorAction, useMonitorActions } from './use-monitor-actions.ts';

interface MonitorViewProps {
  /** Null while there is no engine. */
  readonly client: EngineClient | null;
  readonly store: LiveStore;
  readonly platform: Platform;
  /** Where ranges that were typed as targets can be swept. */
  readonly sweepHref: string;
  /** The simulated internet that the engine is in; null in the network. */
  readonly simulated: SimulatedInternet | null;
}

const WINDOW_SEGMENTS = TIME_WINDOWS.map(({ id, label }) => ({ value: id, label }));

/** The targets under watch, each with its chart and its numbers. */
export function MonitorView({ client, store, platform, sweepHref, simulated }: MonitorViewProps) {
  const monitors = useSyncExternalStore(store.subscribeMonitors, store.getMonitors);
  const [timeWindowId, chooseTimeWindow] = useRemembered('hopscope-time-window', DEFAULT_TIME_WINDOW.id);
  const timeWindow = findTimeWindow(timeWindowId);
  const { add, act, failures } = useMonitorActions(client);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const actAndKeepFocus = useCallback(
    async (monitorId: string, action: MonitorAction) => {
      // A card that goes takes the keyboard with it.
      if (action === 'remove') fieldRef.current?.focus();
      await act(monitorId, action);
    },
    [act],
  );
  const watched = monitors ?? [];
  return (
    <>
      <AddTargets
        disabled={client === null}
        fieldRef={fieldRef}
        watched={watched.map(({ target }) => target)}
        platform={platform}
        sweepHref={sweepHref}
        onAdd={add}
      />
      {monitors !== null && monitors.length === 0 && (
        <EmptyState disabled={client === null} simulated={simulated} onAdd={add} />
      )}
      {watched.length > 0 && (
        <>
          <div className={classes.toolbar}>
            <h2 className={classes.heading}>{formatQuantity(watched.length, 'target')}</h2>
            <SegmentedControl
              size="xs"
              aria-label="Period shown"
              data={WINDOW_SEGMENTS}
              value={timeWindow.id}
              onChange={chooseTimeWindow}
            />
          </div>
          <div className={classes.cards} data-many={watched.length > 3 || undefined}>
            {watched.map((monitor) => (
              <MonitorCard
                key={monitor.monitorId}
                monitor={monitor}
                store={store}
                platform={platform}
                internet={simulated?.title ?? null}
                timeWindow={timeWindow}
                dense={watched.length > 2}
                connected={client !== null}
                actionFailure={failures.get(monitor.monitorId) ?? null}
                onAct={actAndKeepFocus}
              />
            ))}
          </div>
        </>
      )}
    </>
  );
}
