import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { Session } from '../../../../contract/sessions.ts';
import type { SessionWords } from '../../live-store/session-store.ts';
import { ContextMenu, type MenuPlace } from '../../ui/ContextMenu.tsx';
import { wholeOf } from './compare-periods.ts';
import type { EditedField } from './SessionTableRow.tsx';
import type { SessionHrefs } from './session-hrefs.ts';
import type { SessionRow } from './session-rows.ts';

interface SessionMenuProps {
  /** Of which session it is and where; null while it is closed. */
  readonly menu: { readonly place: MenuPlace; readonly subject: SessionRow } | null;
  readonly connected: boolean;
  readonly hrefs: SessionHrefs;
  readonly onClose: () => void;
  readonly onEdit: (row: SessionRow, field: EditedField) => void;
  readonly onReport: (session: Session) => void;
  readonly onChange: (session: Session, words: SessionWords) => void;
  readonly onRemove: (session: Session) => void;
}

/** Everything that can be done to one session. */
export function SessionMenu({
  menu,
  connected,
  hrefs,
  onClose,
  onEdit,
  onReport,
  onChange,
  onRemove,
}: SessionMenuProps) {
  // Of the opening in which a field was asked for: the field has the keyboard then.
  const [edited, setEdited] = useState<MenuPlace | null>(null);
  const [lastPlace, setLastPlace] = useState<MenuPlace | null>(null);
  if (menu !== null && menu.place !== lastPlace) setLastPlace(menu.place);
  return (
    <ContextMenu
      place={menu?.place ?? null}
      name={`Actions for ${menu?.subject.title ?? ''}`}
      onClose={onClose}
      takesFocus={edited !== null && edited === lastPlace}
    >
      {menu !== null && (
        <SessionItems
          row={menu.subject}
          connected={connected}
          hrefs={hrefs}
          onEdit={(row, field) => {
            setEdited(menu.place);
            onEdit(row, field);
          }}
          onReport={onReport}
          onChange={onChange}
          onRemove={onRemove}
        />
      )}
    </ContextMenu>
  );
}

interface SessionItemsProps
  extends Pick<SessionMenuProps, 'connected' | 'hrefs' | 'onEdit' | 'onReport' | 'onChange' | 'onRemove'> {
  readonly row: SessionRow;
}

function SessionItems({ row, connected, hrefs, onEdit, onReport, onChange, onRemove }: SessionItemsProps) {
  const { session } = row;
  const isLive = session.pathId !== null;
  return (
    <>
      <Menu.Item component="a" href={hrefs.open(session.sessionId)}>
        Open
      </Menu.Item>
      <Menu.Item component="a" href={hrefs.compare(wholeOf(session), null)}>
        Compare with…
      </Menu.Item>
      <Menu.Item disabled={!connected} onClick={() => onReport(session)}>
        Report or export…
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item disabled={!connected} onClick={() => onEdit(row, 'name')}>
        Rename (F2)
      </Menu.Item>
      <Menu.Item disabled={!connected} onClick={() => onEdit(row, 'comment')}>
        {session.comment === '' ? 'Add a comment' : 'Change the comment'}
      </Menu.Item>
      <Menu.Item disabled={!connected} onClick={() => onChange(session, { isPinned: !session.isPinned })}>
        {session.isPinned ? 'Unpin' : 'Pin: keep whatever its age'}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        disabled={!connected || isLive}
        title={isLive ? 'It is being recorded: remove its path first' : undefined}
        onClick={() => onRemove(session)}
      >
        Delete
      </Menu.Item>
    </>
  );
}
