import { Checkbox } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { moveAmong } from '../../ui/grid-keys.ts';
import { SortIcon } from '../../ui/icons.tsx';
import classes from './SessionTable.module.css';
import { type EditedField, type RowActions, SessionTableRow } from './SessionTableRow.tsx';
import { SESSION_SORTS, type SessionOrder, type SessionRow, type SortKey } from './session-rows.ts';

interface SessionTableProps {
  readonly rows: readonly SessionRow[];
  readonly order: SessionOrder;
  readonly chosen: ReadonlySet<string>;
  /** What is being typed, and of which session; null: nothing. */
  readonly edited: { readonly sessionId: string; readonly field: EditedField } | null;
  readonly hrefOf: (sessionId: string) => string;
  readonly actions: RowActions;
  readonly onOrder: (by: SortKey) => void;
  readonly onChooseAll: (areChosen: boolean) => void;
}

const COLUMNS = Object.entries(SESSION_SORTS) as readonly [SortKey, string][];
const CLASS_OF: Readonly<Record<SortKey, string | undefined>> = {
  name: classes.session,
  from: classes.from,
  to: classes.to,
  samples: classes.samples,
  loss: classes.loss,
  verdict: classes.verdict,
  size: classes.size,
};

/** Sessions in rows. The arrow keys lead from one to the next. */
export function SessionTable(props: SessionTableProps) {
  const { rows, order, chosen, edited, hrefOf, actions, onOrder, onChooseAll } = props;
  const chosenHere = rows.filter(({ session }) => chosen.has(session.sessionId)).length;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (edited === null) moveAmong([...event.currentTarget.querySelectorAll('a')], event);
  };
  return (
    <table className={classes.table} aria-label="Sessions">
      <thead>
        <tr>
          <th scope="col" className={classes.choice}>
            <Checkbox
              size="xs"
              aria-label="Choose all that are listed"
              checked={rows.length > 0 && chosenHere === rows.length}
              indeterminate={chosenHere > 0 && chosenHere < rows.length}
              onChange={(event) => onChooseAll(event.currentTarget.checked)}
            />
          </th>
          {COLUMNS.map(([key, label]) => (
            <th
              key={key}
              scope="col"
              className={CLASS_OF[key]}
              aria-sort={order.by !== key ? undefined : order.isDescending ? 'descending' : 'ascending'}
            >
              <button type="button" className={classes.sort} onClick={() => onOrder(key)}>
                {label}
                <span className={classes.direction} data-on={order.by === key || undefined}>
                  <SortIcon size={11} isDescending={order.by === key ? order.isDescending : key !== 'name'} />
                </span>
              </button>
            </th>
          ))}
          <th scope="col" className={classes.actions}>
            <span className={classes.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {rows.map((row) => {
          const { sessionId } = row.session;
          return (
            <SessionTableRow
              key={sessionId}
              row={row}
              href={hrefOf(sessionId)}
              isChosen={chosen.has(sessionId)}
              edited={edited?.sessionId === sessionId ? edited.field : null}
              actions={actions}
            />
          );
        })}
      </tbody>
    </table>
  );
}
