import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { PathStore } from '../../live-store/path-store.ts';
import { PulseBeat } from '../../live-store/pulse-beat.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import classes from './OverviewView.module.css';
import { PathTile } from './PathTile.tsx';
import { findSort, SORTS } from './trouble.ts';
import { useOrder } from './use-order.ts';

interface OverviewViewProps {
  readonly store: PathStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly pathsHref: string;
}

const FORMS = [
  { value: 'tiles', label: 'Tiles' },
  { value: 'rows', label: 'Rows' },
];
const SORT_CHOICES = SORTS.map(({ value, label }) => ({ value, label }));

function after(delayMs: number, callback: () => void): void {
  setTimeout(callback, delayMs);
}

/** Every path at a glance. */
export function OverviewView(props: OverviewViewProps) {
  const { store, platform, pathsHref } = props;
  const paths = useSyncExternalStore(store.subscribePaths, store.getPaths);
  const listFailure = useSyncExternalStore(store.subscribePaths, store.getListFailure);
  return (
    <>
      <StreamFailureNotice
        failure={listFailure}
        consequence="The list of paths is not kept up to date."
        platform={platform}
        onRetry={store.retryList}
      />
      {paths?.length === 0 && (
        <p className={classes.empty}>
          No path is being watched yet. <a href={pathsHref}>Add one under Paths</a>; here they all stand side by side.
        </p>
      )}
      {paths !== null && paths.length > 0 && <Tiles {...props} paths={paths} />}
    </>
  );
}

function Tiles({
  paths,
  store,
  platform,
  connected,
  pathsHref,
}: OverviewViewProps & { readonly paths: readonly PathMonitorInfo[] }) {
  const [remembered, chooseSort] = useRemembered('hopscope-overview-sort', 'trouble');
  const [form, chooseForm] = useRemembered('hopscope-overview-form', 'tiles');
  const beat = useMemo(() => new PulseBeat({ store, after }), [store]);
  const order = useOrder(store, paths, findSort(remembered), platform);
  return (
    <>
      <div className={classes.toolbar}>
        <p className={classes.tally}>{connected ? order.tally : 'The state is that before the connection was lost.'}</p>
        <p className={classes.key} aria-hidden="true">
          <span data-kind="usual" /> as usual <span data-kind="slow" /> slower <span data-kind="lost" /> lost
        </p>
        <NativeSelect
          size="xs"
          aria-label="Order"
          data={SORT_CHOICES}
          value={findSort(remembered)}
          onChange={(event) => chooseSort(event.currentTarget.value)}
        />
        <SegmentedControl size="xs" aria-label="Form" data={FORMS} value={form} onChange={chooseForm} />
      </div>
      <ul className={classes.tiles} data-form={form}>
        {order.paths.map((path) => (
          <PathTile
            key={path.pathId}
            path={path}
            store={store}
            beat={beat}
            platform={platform}
            connected={connected}
            pathsHref={pathsHref}
          />
        ))}
      </ul>
    </>
  );
}
