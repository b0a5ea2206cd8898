import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { ColumnsIcon } from '../../ui/icons.tsx';
import classes from './ColumnMenu.module.css';
import { HOP_COLUMNS, type HopColumn } from './hop-columns.ts';

interface ColumnMenuProps {
  readonly chosen: readonly string[];
  /** Those of the chosen that have room. */
  readonly shown: readonly HopColumn[];
  readonly onToggle: (id: string) => void;
  readonly onReset: () => void;
}

/** Which numbers the table shows, each with what it means. */
export function ColumnMenu({ chosen, shown, onToggle, onReset }: ColumnMenuProps) {
  const hasRoom = (id: string) => shown.some((column) => column.id === id);
  return (
    <Popover width={340} position="bottom-start" trapFocus returnFocus shadow="md">
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
        {HOP_COLUMNS.map(({ id, label, meaning }) => (
          <Checkbox
            key={id}
            size="xs"
            label={label}
            description={chosen.includes(id) && !hasRoom(id) ? `${meaning} – no room at this width` : meaning}
            checked={chosen.includes(id)}
            onChange={() => onToggle(id)}
          />
        ))}
        <Button size="xs" variant="default" onClick={onReset}>
          As at first
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
