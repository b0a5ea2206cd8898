import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { memo } from 'react';
import { ChevronDownIcon, ColumnsIcon } from '../../ui/icons.tsx';
import classes from './ColumnMenu.module.css';
import type { ColumnChoice } from './column-choice.ts';
import { HOP_COLUMNS, type HopColumn } from './hop-columns.ts';
import type { ColumnActions } from './use-column-choice.ts';

interface ColumnMenuProps {
  readonly choice: ColumnChoice;
  /** Those of the chosen that have room. */
  readonly shown: readonly HopColumn[];
  readonly actions: ColumnActions;
}

/** Which numbers the table shows and in which order, each with what it means. */
export const ColumnMenu = memo(function ColumnMenu({ choice: { columns }, shown, actions }: ColumnMenuProps) {
  const chosen = columns.flatMap(({ id }) => HOP_COLUMNS.find((column) => column.id === id) ?? []);
  const others = HOP_COLUMNS.filter((column) => !chosen.includes(column));
  const hasRoom = (id: string) => shown.some((column) => column.id === id);
  return (
    <Popover width={380} position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          className={classes.button}
          variant="subtle"
          color="gray"
          size={22}
          aria-label="Columns"
          title="Columns"
        >
          <ColumnsIcon size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label="Columns of the hop table">
        {[...chosen, ...others].map(({ id, label, meaning }, place) => (
          <div key={id} className={classes.item}>
            <Checkbox
              size="xs"
              label={label}
              description={place < chosen.length && !hasRoom(id) ? `${meaning} It has no room at this width.` : meaning}
              checked={place < chosen.length}
              onChange={() => actions.toggle(id)}
            />
            {place < chosen.length && (
              <span className={classes.moves}>
                <ActionIcon
                  size={20}
                  variant="subtle"
                  color="gray"
                  className={classes.up}
                  aria-label={`Move ${label} forward`}
                  disabled={place === 0}
                  onClick={() => actions.move(id, -1)}
                >
                  <ChevronDownIcon size={13} />
                </ActionIcon>
                <ActionIcon
                  size={20}
                  variant="subtle"
                  color="gray"
                  aria-label={`Move ${label} back`}
                  disabled={place === chosen.length - 1}
                  onClick={() => actions.move(id, 1)}
                >
                  <ChevronDownIcon size={13} />
                </ActionIcon>
              </span>
            )}
          </div>
        ))}
        <Button size="xs" variant="default" onClick={actions.reset}>
          As at first
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
});
