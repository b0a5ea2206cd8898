import { Menu } from '@mantine/core';
import { type MouseEvent, type ReactNode, useCallback, useState } from 'react';

/** Where a menu opens, in CSS pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface ContextMenuProps {
  /** Null while it is closed. */
  readonly place: MenuPlace | null;
  /** What a screen reader calls it. */
  readonly name: string;
  readonly onClose: () => void;
  /** Whether what was chosen takes the keyboard itself; else it goes back to where it was. */
  readonly takesFocus?: boolean;
  /** `Menu.Item`s. */
  readonly children: ReactNode;
}

/** The kit names a menu by what opens it, which here is nothing that has a name: an empty list takes that back. */
const NOT_BY_TARGET = { 'aria-labelledby': '' };

/** The menu of the right mouse button, of the menu key and of Shift + F10; Escape closes it and gives the keyboard back. */
export function ContextMenu({ place, name, onClose, takesFocus = false, children }: ContextMenuProps) {
  return (
    <Menu
      opened={place !== null}
      onClose={onClose}
      position="bottom-start"
      offset={2}
      shadow="md"
      width={230}
      returnFocus={!takesFocus}
    >
      <Menu.Target>
        <span
          aria-hidden="true"
          style={{
            position: 'fixed',
            left: place?.x ?? 0,
            top: place?.y ?? 0,
            width: 0,
            height: 0,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={name} {...NOT_BY_TARGET}>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The place of a context menu, and what opens it. A menu asked for with the keyboard opens below what has the focus. */
export function useContextMenu<Subject>() {
  const [open, setOpen] = useState<{ readonly place: MenuPlace; readonly subject: Subject } | null>(null);
  const openAt = useCallback((event: MouseEvent, subject: Subject) => {
    event.preventDefault();
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    const isByKeyboard = event.clientX === 0 && event.clientY === 0;
    setOpen({ place: isByKeyboard ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY }, subject });
  }, []);
  const close = useCallback(() => setOpen(null), []);
  return { open, openAt, close };
}
