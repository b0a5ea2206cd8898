import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { Platform } from '../../../../contract/system.ts';
import { formatQuantity } from '../../format/count.ts';
import type { PathStore } from '../../live-store/path-store.ts';
import { PulseBeat } from '../../live-store/pulse-beat.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { CopyTextButton } from '../../ui/CopyTextButton.tsx';
import { moveAmong } from '../../ui/grid-keys.ts';
import { ToneMark } from '../../ui/StatusBadge.tsx';
import { useRemembered } from '../../ui/use-remembered.ts';
import classes from './OverviewView.module.css';
import { overviewText } from './overview-text.ts';
import { PathTile } from './PathTile.tsx';
import { findSort, isMatch, type Kind, kindCounts, kindOf, SORTS } from './trouble.ts';
import { useOrder } from './use-order.ts';

interface TilesProps {
  readonly paths: readonly PathMonitorInfo[];
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

/** The paths side by side, in an order and of a kind that can be chosen. */
export function Tiles({ paths, store, platform, connected, pathsHref }: TilesProps) {
  const [remembered, chooseSort] = useRemembered('hopscope-overview-sort', 'trouble');
  const [form, chooseForm] = useRemembered('hopscope-overview-form', 'tiles');
  const [sought, setSought] = useState('');
  const [kind, setKind] = useState<Kind | null>(null);
  const beat = useMemo(() => new PulseBeat({ store, after }), [store]);
  const limits = useSettings();
  const ordered = useOrder(store, paths, findSort(remembered), platform);
  const counts = useMemo(() => kindCounts(ordered, platform, limits), [ordered, platform, limits]);
  const shown = useMemo(
    () =>
      ordered.filter((one) => isMatch(one.path, sought) && (kind === null || kindOf(one, platform, limits) === kind)),
    [ordered, sought, kind, platform, limits],
  );
  const copied = useCallback(
    () =>
      overviewText(
        shown.map(({ path }) => ({ path, pulse: store.getPulse(path.pathId) })),
        platform,
        limits,
      ),
    [shown, store, platform, limits],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveAmong([...event.currentTarget.querySelectorAll('a')], event);
  };
  return (
    <>
      <div className={classes.toolbar}>
        <fieldset className={classes.tally} aria-label="Show only paths that are">
          <span className={classes.total}>{formatQuantity(paths.length, 'path')}</span>
          {connected
            ? counts.map((one) => (
                <button
                  key={one.kind}
                  type="button"
                  className={classes.count}
                  data-tone={one.mark ?? undefined}
                  aria-pressed={kind === one.kind}
                  onClick={() => setKind(kind === one.kind ? null : one.kind)}
                >
                  {one.mark !== null && <ToneMark tone={one.mark} />} {one.count} {one.words}
                </button>
              ))
            : ' · The state is that before the connection was lost.'}
        </fieldset>
        <TextInput
          size="xs"
          className={classes.search}
          aria-label="Find a path"
          placeholder="Find a target or address"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label="Order"
          data={SORT_CHOICES}
          value={findSort(remembered)}
          onChange={(event) => chooseSort(event.currentTarget.value)}
        />
        <SegmentedControl size="xs" aria-label="Form" data={FORMS} value={form} onChange={chooseForm} />
        <CopyTextButton text={copied} label="Copy as text" />
      </div>
      <p className={classes.key} aria-hidden="true">
        Last 5 minutes, one bar for 5 s as high as its longest round trip:
        <span>
          <i data-kind="usual" /> as usual
        </span>
        <span>
          <i data-kind="slow" /> slower
        </span>
        <span>
          <i data-kind="lost" /> lost, from the top
        </span>
      </p>
      {ordered.length > 0 && shown.length === 0 && (
        <p className={classes.empty} role="status">
          None of {formatQuantity(paths.length, 'path')} is like that now.{' '}
          <button
            type="button"
            className={classes.all}
            onClick={() => {
              setSought('');
              setKind(null);
            }}
          >
            Show all
          </button>
        </p>
      )}
      <ul className={classes.tiles} data-form={form} aria-label="Paths" onKeyDown={onKeyDown}>
        {shown.map(({ path }) => (
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
