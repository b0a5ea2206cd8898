import { ActionIcon, Checkbox } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useRef } from 'react';
import { LONGEST_COMMENT, LONGEST_NAME } from '../../../../contract/sessions.ts';
import type { SessionWords } from '../../live-store/session-store.ts';
import { MoreIcon, PinIcon } from '../../ui/icons.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { InPlaceField } from './InPlaceField.tsx';
import { SessionMarks } from './SessionMarks.tsx';
import classes from './SessionTable.module.css';
import type { SessionRow } from './session-rows.ts';

/** What of a session is being typed. */
export type EditedField = 'name' | 'comment';

export interface RowActions {
  readonly choose: (row: SessionRow, isChosen: boolean) => void;
  /** Opens the field in the row; null closes it. */
  readonly edit: (row: SessionRow, field: EditedField | null) => void;
  readonly change: (row: SessionRow, words: SessionWords) => void;
  readonly remove: (row: SessionRow) => void;
  readonly openMenu: (event: MouseEvent, row: SessionRow) => void;
}

interface SessionTableRowProps {
  readonly row: SessionRow;
  readonly href: string;
  readonly isChosen: boolean;
  readonly edited: EditedField | null;
  readonly actions: RowActions;
}

/** One session: a press on its name opens it, F2 renames it, Delete deletes it. */
export const SessionTableRow = memo(function SessionTableRow(props: SessionTableRowProps) {
  const { row, href, isChosen, edited, actions } = props;
  const { session, title, subject, marks, verdict } = row;
  const linkRef = useRef<HTMLAnchorElement>(null);
  const wasEdited = useRef(false);
  // Who has typed goes on at the session.
  useEffect(() => {
    if (wasEdited.current && edited === null) linkRef.current?.focus();
    wasEdited.current = edited !== null;
  }, [edited]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') actions.edit(row, 'name');
    else if (event.key === 'Delete') actions.remove(row);
    else return;
    event.preventDefault();
  };
  const done = (field: EditedField) => (text: string | null) => {
    actions.edit(row, null);
    if (text !== null && text !== session[field]) actions.change(row, { [field]: text });
  };
  const pinWords = session.isPinned ? `Unpin ${title}` : `Pin ${title}`;
  return (
    <tr
      className={classes.row}
      data-chosen={isChosen || undefined}
      onContextMenu={(event) => {
        if (edited === null) actions.openMenu(event, row);
      }}
    >
      <td className={classes.choice}>
        <Checkbox
          size="xs"
          aria-label={`Choose ${title}`}
          checked={isChosen}
          onChange={(event) => actions.choose(row, event.currentTarget.checked)}
        />
      </td>
      <th scope="row" className={classes.session}>
        {edited === 'name' ? (
          <InPlaceField
            label={`Name of ${title}`}
            placeholder={session.target}
            value={session.name}
            longest={LONGEST_NAME}
            onDone={done('name')}
          />
        ) : (
          <a ref={linkRef} className={classes.title} href={href} aria-keyshortcuts="F2 Delete" onKeyDown={onKeyDown}>
            {title}
          </a>
        )}
        <div className={classes.subject}>
          <SessionMarks marks={marks} />
          {subject !== '' && <span>{subject}</span>}
        </div>
        {edited === 'comment' ? (
          <InPlaceField
            label={`Comment on ${title}`}
            placeholder="What was going on?"
            value={session.comment}
            longest={LONGEST_COMMENT}
            onDone={done('comment')}
          />
        ) : (
          session.comment !== '' && <p className={classes.comment}>{session.comment}</p>
        )}
        <p className={classes.narrow}>
          <span className={classes.times}>
            {row.from} – {row.to} ·{' '}
          </span>
          {row.samples} samples · {row.size}
        </p>
      </th>
      <td className={classes.from}>
        {row.from}
        <span className={classes.below}>{row.lasted}</span>
      </td>
      <td className={classes.to}>{row.to}</td>
      <td className={classes.samples}>{row.samples}</td>
      <td className={classes.loss}>{row.loss}</td>
      <td className={classes.verdict}>
        {verdict !== null && (
          <span className={classes.sentence} title={verdict.sentence}>
            <SeverityMark severity={verdict.severity} size={14} />
            <span className={classes.words}>{verdict.sentence}</span>
          </span>
        )}
      </td>
      <td className={classes.size}>{row.size}</td>
      <td className={classes.actions}>
        <ActionIcon
          size={24}
          variant="subtle"
          color={session.isPinned ? 'signal' : 'gray'}
          aria-label={pinWords}
          title={session.isPinned ? 'Pinned: kept whatever its age' : 'Pin: keep it whatever its age'}
          aria-pressed={session.isPinned}
          onClick={() => actions.change(row, { isPinned: !session.isPinned })}
        >
          <PinIcon size={14} isFilled={session.isPinned} />
        </ActionIcon>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${title}`}
          aria-haspopup="menu"
          title="Actions"
          onClick={(event) => actions.openMenu(event, row)}
        >
          <MoreIcon size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
});
