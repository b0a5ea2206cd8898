import { VisuallyHidden } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, memo, type SyntheticEvent, useState } from 'react';
import { formatRtt } from '../../format/rtt.ts';
import { moveAmong } from '../../ui/grid-keys.ts';
import { useAnnouncement } from '../../ui/use-announcement.tsx';
import classes from './AddressGrid.module.css';
import type { Cell, CellGroup } from './sweep-ranges.ts';

interface AddressGridProps {
  readonly groups: readonly CellGroup[];
  /** Round trips of those that answered, by their place. */
  readonly rttMs: ReadonlyMap<number, number>;
  /** Places of names that have no address. */
  readonly unresolved: ReadonlySet<number>;
  /** Every address before this one has its outcome. */
  readonly nextIndex: number;
}

const POINT = 'Point at an address, or reach it with Tab and the arrow keys; a press copies it.';

/** Every address as a cell, those with the same beginning together. The whole grid is one stop of the Tab key. */
export function AddressGrid({ groups, rttMs, unresolved, nextIndex }: AddressGridProps) {
  const [told, setTold] = useState(POINT);
  const [copied, setCopied] = useState('');
  const announcement = useAnnouncement(copied);
  const tell = (event: SyntheticEvent<HTMLElement>) => setTold(cellAt(event)?.title ?? POINT);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    tell(event);
    const cell = cellAt(event);
    if (cell === null) return;
    // Tab comes back to where it left.
    for (const other of event.currentTarget.querySelectorAll<HTMLElement>('button[tabindex="0"]')) other.tabIndex = -1;
    cell.tabIndex = 0;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveAmong([...event.currentTarget.querySelectorAll('button')], event);
  };
  const onClick = (event: SyntheticEvent<HTMLElement>) => {
    const cell = cellAt(event);
    if (cell === null || !('clipboard' in navigator)) return;
    const say = (what: string) => {
      setTold(`${cell.title} · ${what}`);
      setCopied(`${cell.value} ${what}`);
    };
    void navigator.clipboard.writeText(cell.value).then(
      () => say('copied'),
      () => say('not copied: the browser refused'),
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its buttons are told
    <div
      className={classes.grid}
      onMouseOver={tell}
      onMouseLeave={() => setTold(POINT)}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <p className={classes.key} aria-hidden="true">
        <span className={classes.sample} data-state="answered" /> answered
        <span className={classes.sample} data-state="silent" /> no answer
        <span className={classes.sample} data-state="waiting" /> not known yet
        {unresolved.size > 0 && (
          <>
            <span className={classes.sample} data-state="unresolved" /> name not resolved
          </>
        )}
        <span className={classes.told}>{told}</span>
      </p>
      {groups.map(({ key, common, cells }) => (
        <section key={key} className={classes.group} aria-label={common === '' ? 'Names' : `${common}x`}>
          {common !== '' && (
            <p className={classes.common} aria-hidden="true">
              {common}x
            </p>
          )}
          <ul className={classes.cells} data-wide={common === '' || undefined}>
            {cells.map((cell) => (
              <AddressCell
                key={cell.index}
                cell={cell}
                rttMs={rttMs.get(cell.index) ?? null}
                isUnresolved={unresolved.has(cell.index)}
                isOver={cell.index < nextIndex}
              />
            ))}
          </ul>
        </section>
      ))}
      {announcement}
    </div>
  );
}

interface AddressCellProps {
  readonly cell: Cell;
  readonly rttMs: number | null;
  readonly isUnresolved: boolean;
  readonly isOver: boolean;
}

const AddressCell = memo(function AddressCell({ cell, rttMs, isUnresolved, isOver }: AddressCellProps) {
  const state = rttMs !== null ? 'answered' : isUnresolved ? 'unresolved' : isOver ? 'silent' : 'waiting';
  const words = `${cell.address}: ${rttMs !== null ? `answered in ${formatRtt(rttMs)}` : STATE_WORDS[state]}`;
  return (
    <li className={classes.place}>
      <button
        type="button"
        className={classes.cell}
        data-state={state}
        title={words}
        value={cell.address}
        tabIndex={cell.index === 0 ? 0 : -1}
      >
        <span aria-hidden="true">{cell.short}</span>
        <VisuallyHidden>{words}</VisuallyHidden>
      </button>
    </li>
  );
});

const STATE_WORDS = {
  answered: 'answered',
  unresolved: 'name not resolved',
  silent: 'no answer',
  waiting: 'not known yet',
} as const;

function cellAt({ target }: SyntheticEvent): HTMLButtonElement | null {
  return target instanceof Element ? target.closest('button') : null;
}
