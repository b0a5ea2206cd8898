import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { formatRtt } from '../../format/rtt.ts';
import classes from './AddressGrid.module.css';
import type { Cell, CellGroup } from './sweep-ranges.ts';

interface AddressGridProps {
  readonly groups: readonly CellGroup[];
  /** Round trips of those that answered, by their place. */
  readonly rttMs: ReadonlyMap<number, number>;
  /** Every address before this one has its outcome. */
  readonly nextIndex: number;
}

/** Every address as a cell, those with the same beginning together. */
export function AddressGrid({ groups, rttMs, nextIndex }: AddressGridProps) {
  return (
    <div className={classes.grid}>
      <p className={classes.key} aria-hidden="true">
        <span className={classes.sample} data-state="answered" /> answered
        <span className={classes.sample} data-state="silent" /> no answer
        <span className={classes.sample} data-state="waiting" /> not known yet
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
                isOver={cell.index < nextIndex}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface AddressCellProps {
  readonly cell: Cell;
  readonly rttMs: number | null;
  readonly isOver: boolean;
}

const AddressCell = memo(function AddressCell({ cell, rttMs, isOver }: AddressCellProps) {
  const state = rttMs !== null ? 'answered' : isOver ? 'silent' : 'waiting';
  const words = `${cell.address}: ${rttMs !== null ? `answered in ${formatRtt(rttMs)}` : STATE_WORDS[state]}`;
  return (
    <li className={classes.cell} data-state={state} title={words}>
      <span aria-hidden="true">{cell.short}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </li>
  );
});

const STATE_WORDS = { answered: 'answered', silent: 'no answer', waiting: 'not known yet' } as const;
