import { Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type MouseEvent, memo, useCallback, useMemo, useRef, useState } from 'react';
import type { PathReport } from '../../../../contract/path.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { ContextMenu, useContextMenu } from '../../ui/ContextMenu.tsx';
import { useKeptEqual } from '../../ui/keep-equal.ts';
import { ColumnHead, ResizeHandle } from './ColumnHead.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import { CopyTableMenu, type TableForm, TableItems } from './CopyTableMenu.tsx';
import { HOP_WIDTH_PX, HOST, tableLayout } from './column-choice.ts';
import classes from './HopTable.module.css';
import { HopTableRow } from './HopTableRow.tsx';
import { type HopRow, hopRows, rowName } from './hop-rows.ts';
import { RangeAxis } from './RangeGraphic.tsx';
import { rangeScale, rangeShapes, rangeTicks, rangeZones } from './range-geometry.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { useTableCopy } from './use-table-copy.ts';

interface HopTableProps {
  readonly report: PathReport;
  /** Hop limits whose timelines are open. */
  readonly open: readonly number[];
  readonly onToggle: (hopLimit: number) => void;
}

/** Every hop of the path in its numbers and as a range graphic, and last the round trip. */
export const HopTable = memo(function HopTable({ report, open, onToggle }: HopTableProps) {
  const { ref, width } = useElementSize();
  const { choice, actions } = useColumnChoice();
  const { goodUntilMs, warnUntilMs } = useSettings();
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const layout = useMemo(() => tableLayout(choice, width), [choice, width]);
  const computed = useMemo(() => {
    const rows = hopRows(report, layout.columns, unfolded);
    const scale = rangeScale(rows);
    return {
      rows,
      scale,
      shapes: rangeShapes(rows, scale, layout.rangePx),
      zones: rangeZones(scale, layout.rangePx, { goodUntilMs, warnUntilMs }),
      ticks: rangeTicks(scale, layout.rangePx),
    };
  }, [report, layout, unfolded, goodUntilMs, warnUntilMs]);
  // A row that is as it was is not drawn again.
  const drawing = useKeptEqual(computed);

  const unfold = useCallback(
    (hopLimit: number) =>
      setUnfolded((before) => {
        const next = new Set(before);
        if (!next.delete(hopLimit)) next.add(hopLimit);
        return next;
      }),
    [],
  );

  const tableRef = useRef<HTMLTableElement>(null);
  const { columns } = layout;
  const table = useMemo(() => ({ report, columns, unfolded }), [report, columns, unfolded]);
  const { outcome, copyTable, copyRow, copyText } = useTableCopy(tableRef, table);
  const { open: menu, openAt, close } = useContextMenu<HopRow>();
  const openMenu = useCallback((event: MouseEvent, row: HopRow) => openAt(event, row), [openAt]);

  // Closed it need not be drawn with every number that moves.
  const rowMenu = useMemo(
    () => (
      <ContextMenu place={menu?.place ?? null} name={menu === null ? '' : rowName(menu.subject)} onClose={close}>
        {menu !== null && (
          <>
            <Menu.Item onClick={() => copyRow(menu.subject)}>Copy this row</Menu.Item>
            {(menu.subject.kind === 'hop' || menu.subject.kind === 'responder') && (
              <Menu.Item onClick={() => copyText(menu.subject.address ?? menu.subject.host)}>
                Copy the address
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Label>Whole table</Menu.Label>
            <TableItems onChoose={copyTable} />
          </>
        )}
      </ContextMenu>
    ),
    [menu, close, copyRow, copyText, copyTable],
  );

  return (
    <section className={classes.card} aria-label="Hops">
      <div ref={ref} className={classes.scroll}>
        {width > 0 && (
          <table ref={tableRef} className={classes.table}>
            <colgroup>
              <col style={{ width: HOP_WIDTH_PX }} />
              <col style={{ width: layout.hostPx }} />
              {layout.columns.map(({ id, widthPx }) => (
                <col key={id} style={{ width: widthPx }} />
              ))}
              <col style={{ width: layout.rangePx }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col" className={classes.number}>
                  Hop
                </th>
                <th scope="col" className={classes.hostHead}>
                  Host
                  <ColumnMenu choice={choice} shown={layout.columns} actions={actions} />
                  <ResizeHandle id={HOST} widthPx={layout.hostPx} actions={actions} />
                </th>
                {layout.columns.map(({ id, label, meaning, widthPx }) => (
                  <ColumnHead key={id} id={id} label={label} meaning={meaning} widthPx={widthPx} actions={actions} />
                ))}
                <th scope="col" className={classes.range}>
                  <RangeAxis ticks={drawing.ticks} decimals={drawing.scale.decimals} widthPx={layout.rangePx} />
                </th>
              </tr>
            </thead>
            <tbody>
              {drawing.rows.map((row, place) => (
                <HopTableRow
                  key={row.key}
                  row={row}
                  columns={layout.columns}
                  shape={drawing.shapes[place] ?? null}
                  zones={drawing.zones}
                  ticks={drawing.ticks}
                  rangePx={layout.rangePx}
                  isOpen={row.hopLimit !== null && open.includes(row.hopLimit)}
                  onToggle={onToggle}
                  onUnfold={unfold}
                  onMenu={openMenu}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {rowMenu}
      <HopLegend outcome={outcome} onCopy={copyTable} />
    </section>
  );
});

interface HopLegendProps {
  /** What became of the last copy. */
  readonly outcome: string;
  readonly onCopy: (form: TableForm) => void;
}

const HopLegend = memo(function HopLegend({ outcome, onCopy }: HopLegendProps) {
  return (
    <div className={classes.legend}>
      <span>
        <svg width="34" height="10" aria-hidden="true" focusable="false">
          <path d="M2 5H32M2 2V8M32 2V8" className={classes.whiskerKey} />
          <circle cx="14" cy="5" r="3" className={classes.meanKey} />
          <path d="M21 2l6 6M27 2l-6 6" className={classes.lastKey} />
        </svg>
        shortest to longest, mean, last
      </span>
      <span>
        <i className={classes.lossKey} />
        loss of 100 % in the whole width; hollow: the destination loses less
      </span>
      <span className={classes.hint}>Click a hop to see it over time.</span>
      <span role="status">{outcome}</span>
      <CopyTableMenu onChoose={onCopy} />
    </div>
  );
});
