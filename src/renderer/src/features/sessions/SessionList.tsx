import { Button, TextInput } from '@mantine/core';
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { Session } from '../../../../contract/sessions.ts';
import { formatQuantity } from '../../format/count.ts';
import type { SessionWords } from '../../live-store/session-store.ts';
import { useContextMenu } from '../../ui/ContextMenu.tsx';
import { useKeptEqual } from '../../ui/keep-equal.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { inOrderOfTime, wholeOf } from './compare-periods.ts';
import { SessionMenu } from './SessionMenu.tsx';
import classes from './SessionsView.module.css';
import { SessionTable } from './SessionTable.tsx';
import type { EditedField, RowActions } from './SessionTableRow.tsx';
import type { SessionHrefs } from './session-hrefs.ts';
import {
  deletable,
  formatOrder,
  isFound,
  orderAfter,
  orderSessions,
  parseOrder,
  type SessionRow,
  sessionRow,
} from './session-rows.ts';

interface SessionListProps {
  readonly sessions: readonly Session[];
  readonly connected: boolean;
  readonly hrefs: SessionHrefs;
  readonly onReport: (session: Session) => void;
  readonly onChange: (session: Session, words: SessionWords) => void;
  readonly onRemove: (sessions: readonly Session[]) => void;
}

/** Rows drawn at first, and with each press for more: few enough that typing in the search stays quick. */
const ROWS_STEP = 200;

/** The sessions with everything that is done to one or to several of them. */
export function SessionList({ sessions, connected, hrefs, onReport, onChange, onRemove }: SessionListProps) {
  const [remembered, rememberOrder] = useRemembered('hopscope-sessions-order', '-to');
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<{ readonly sessionId: string; readonly field: EditedField } | null>(null);
  const [mostRows, setMostRows] = useState(ROWS_STEP);
  const order = parseOrder(remembered);
  const found = useMemo(
    () => orderSessions(sessions, parseOrder(remembered)).filter((session) => isFound(session, sought)),
    [sessions, remembered, sought],
  );
  // A row that is as it was is not drawn again; the list comes anew each second while something is recorded.
  const rows = useKeptEqual(useMemo(() => found.slice(0, mostRows).map(sessionRow), [found, mostRows]));
  const chosenSessions = useMemo(() => found.filter(({ sessionId }) => chosen.has(sessionId)), [found, chosen]);
  const toDelete = deletable(chosenSessions);
  const { open: menu, openAt, close } = useContextMenu<SessionRow>();

  const newest = useRef({ onChange, onRemove });
  newest.current = { onChange, onRemove };
  const edit = useCallback(
    (row: SessionRow, field: EditedField | null) =>
      setEdited(field === null ? null : { sessionId: row.session.sessionId, field }),
    [],
  );
  const actions: RowActions = useMemo(
    () => ({
      choose: ({ session: { sessionId } }, isChosen) =>
        setChosen((before) => {
          const next = new Set(before);
          if (isChosen) next.add(sessionId);
          else next.delete(sessionId);
          return next;
        }),
      edit,
      change: ({ session }, words) => newest.current.onChange(session, words),
      remove: ({ session }) => newest.current.onRemove([session]),
      openMenu: (event: MouseEvent, row: SessionRow) => openAt(event, row),
    }),
    [edit, openAt],
  );
  const [first, second] = chosenSessions;
  const compareHref =
    first !== undefined && second !== undefined && chosenSessions.length === 2
      ? hrefs.compare(...inOrderOfTime(first, second))
      : hrefs.compare(first === undefined ? null : wholeOf(first), null);
  const removeChosen = () => {
    setChosen(new Set());
    onRemove(toDelete.sessions);
  };
  const shown =
    found.length === sessions.length
      ? formatQuantity(sessions.length, 'session')
      : `${found.length} of ${formatQuantity(sessions.length, 'session')}`;
  return (
    <section className={classes.card} aria-label="Recorded sessions">
      <div className={classes.toolbar}>
        <span className={classes.count} role="status">
          {chosenSessions.length === 0 ? shown : `${chosenSessions.length} chosen`}
        </span>
        <TextInput
          size="xs"
          type="search"
          className={classes.search}
          aria-label="Find a session"
          placeholder="Name, target, comment, verdict"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <div className={classes.tools}>
          <Button
            component="a"
            size="xs"
            variant="default"
            title="Compare two sessions that are chosen, or choose there"
            href={compareHref}
          >
            {chosenSessions.length === 2 ? 'Compare the two' : 'Compare…'}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!connected || toDelete.sessions.length === 0}
            title={toDelete.note ?? 'Delete the sessions that are chosen (Undo takes it back)'}
            onClick={removeChosen}
          >
            {toDelete.sessions.length > 1 ? `Delete ${toDelete.sessions.length}` : 'Delete'}
          </Button>
        </div>
      </div>
      {toDelete.note !== null && <p className={classes.hint}>{toDelete.note}</p>}
      {found.length === 0 ? (
        <p className={classes.none} role="status">
          No session has “{sought.trim()}” in its words.
        </p>
      ) : (
        <SessionTable
          rows={rows}
          order={order}
          chosen={chosen}
          edited={edited}
          hrefOf={hrefs.open}
          actions={actions}
          onOrder={(by) => rememberOrder(formatOrder(orderAfter(order, by)))}
          onChooseAll={(areChosen) => setChosen(new Set(areChosen ? rows.map(({ session }) => session.sessionId) : []))}
        />
      )}
      {found.length > rows.length && (
        <p className={classes.more}>
          <Button size="xs" variant="default" onClick={() => setMostRows(mostRows + ROWS_STEP)}>
            Show more of {formatQuantity(found.length, 'session')}
          </Button>
        </p>
      )}
      <SessionMenu
        menu={menu}
        connected={connected}
        hrefs={hrefs}
        onClose={close}
        onEdit={edit}
        onReport={onReport}
        onChange={onChange}
        onRemove={(session) => onRemove([session])}
      />
    </section>
  );
}
