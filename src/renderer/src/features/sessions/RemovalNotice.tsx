import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatQuantity } from '../../format/count.ts';
import { sessionTitle } from '../../format/session-words.ts';
import type { Removal } from '../../live-store/session-store.ts';
import classes from './SessionsView.module.css';

interface RemovalNoticeProps {
  readonly removal: Removal;
  /** Whether it has just happened here: what had the keyboard is gone with it. */
  readonly isNew: boolean;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** What was deleted last, as long as it can be taken back. */
export function RemovalNotice({ removal: { sessions }, isNew, onUndo, onDismiss }: RemovalNoticeProps) {
  const undoRef = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isNew) undoRef.current?.focus();
  }, [isNew]);
  const [first] = sessions;
  const what =
    sessions.length === 1 && first !== undefined
      ? `The session “${sessionTitle(first)}” is deleted.`
      : `${formatQuantity(sessions.length, 'session')} are deleted.`;
  return (
    <div className={classes.removal} role="status">
      <span>{what} It is gone for good a day later.</span>
      <Button ref={undoRef} size="compact-sm" variant="default" onClick={onUndo}>
        Undo
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  );
}
