import { useSyncExternalStore } from 'react';
import type { Platform } from '../../../../contract/system.ts';
import { StreamFailureNotice } from '../../failures/StreamFailureNotice.tsx';
import type { PathStore } from '../../live-store/path-store.ts';
import classes from './OverviewView.module.css';
import { Tiles } from './Tiles.tsx';

export interface OverviewViewProps {
  readonly store: PathStore;
  readonly platform: Platform;
  readonly connected: boolean;
  readonly pathsHref: string;
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
