import { Tooltip } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import classes from './ColumnHead.module.css';
import { HOST } from './column-choice.ts';
import type { ColumnActions } from './use-column-choice.ts';

interface ColumnHeadProps {
  readonly id: string;
  readonly label: string;
  readonly meaning: string;
  readonly widthPx: number;
  readonly actions: ColumnActions;
}

/** What is dragged between two headings; other drags are not for them. */
const DRAGGED = 'application/x-hopscope-column';

/** One press of a key makes a column so much wider or narrower. */
const STEP_PX = 8;

/** A heading: pointing at it tells what the numbers mean; dragged, or with the arrow keys, the column moves. */
export const ColumnHead = memo(function ColumnHead({ id, label, meaning, widthPx, actions }: ColumnHeadProps) {
  const [isOver, setOver] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (direction !== 0 && event.shiftKey) actions.resize(id, widthPx + direction * STEP_PX);
    else if (direction !== 0) actions.move(id, direction);
    else if (event.key === 'Delete') actions.toggle(id);
    else return;
    event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    const dragged = event.dataTransfer.getData(DRAGGED);
    if (dragged === '') return;
    event.preventDefault();
    actions.place(dragged, id);
  };
  return (
    <th
      scope="col"
      className={classes.head}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Tooltip
        label={meaning}
        multiline
        w={260}
        openDelay={300}
        withArrow
        events={{ hover: true, focus: true, touch: true }}
      >
        <button
          type="button"
          className={classes.label}
          draggable
          aria-description={`${meaning} The arrow keys move the column, with Shift they change its width, Delete hides it.`}
          onDragStart={(event) => event.dataTransfer.setData(DRAGGED, id)}
          onKeyDown={onKeyDown}
        >
          {label}
        </button>
      </Tooltip>
      <ResizeHandle id={id} widthPx={widthPx} actions={actions} />
    </th>
  );
});

/** The right edge of a heading: dragging it changes the width, a double click gives the column its own again. */
export function ResizeHandle({ id, widthPx, actions }: Pick<ColumnHeadProps, 'id' | 'widthPx' | 'actions'>) {
  const begun = useRef<{ readonly x: number; readonly widthPx: number } | null>(null);
  const widthAt = (event: PointerEvent) => {
    const { current } = begun;
    return current === null ? null : current.widthPx + event.clientX - current.x;
  };
  return (
    // The keyboard has Shift and the arrow keys on the heading for it.
    <span
      className={classes.handle}
      data-testid={`resize ${id}`}
      data-host={id === HOST || undefined}
      aria-hidden="true"
      onPointerDown={(event) => {
        begun.current = { x: event.clientX, widthPx };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const tried = widthAt(event);
        if (tried !== null) actions.tryWidth({ id, widthPx: tried });
      }}
      onPointerUp={(event) => {
        const chosen = widthAt(event);
        begun.current = null;
        actions.tryWidth(null);
        if (chosen !== null && chosen !== widthPx) actions.resize(id, chosen);
      }}
      onPointerCancel={() => {
        begun.current = null;
        actions.tryWidth(null);
      }}
      onDoubleClick={() => actions.resize(id, null)}
    />
  );
}
