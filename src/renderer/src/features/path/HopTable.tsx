import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useMemo, useState } from 'react';
import type { PathReport } from '../../../../contract/path.ts';
import { useSettings } from '../../live-store/settings-context.ts';
import { useRemembered } from '../../ui/use-remembered.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import classes from './HopTable.module.css';
import { HopTableRow } from './HopTableRow.tsx';
import { DEFAULT_COLUMNS, HOP_WIDTH_PX, parseColumns, tableLayout, toggleColumn } from './hop-columns.ts';
import { hopRows } from './hop-rows.ts';
import { RangeAxis } from './RangeGraphic.tsx';
import { rangeScale, rangeShapes, rangeTicks, rangeZones } from './range-geometry.ts';

interface HopTableProps {
  readonly report: PathReport;
  /** Hop limits whose timelines are open. */
  readonly open: readonly number[];
  readonly onToggle: (hopLimit: number) => void;
}

/** Every hop of the path in its numbers and as a range graphic, and last the round trip. */
export const HopTable = memo(function HopTable({ report, open, onToggle }: HopTableProps) {
  const { ref, width } = useElementSize();
  const [remembered, remember] = useRemembered('hopscope-hop-columns', DEFAULT_COLUMNS);
  const { goodUntilMs, warnUntilMs } = useSettings();
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const chosen = useMemo(() => parseColumns(remembered), [remembered]);
  const layout = useMemo(() => tableLayout(chosen, width), [chosen, width]);
  const drawing = useMemo(() => {
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

  const unfold = useCallback(
    (hopLimit: number) =>
      setUnfolded((before) => {
        const next = new Set(before);
        if (!next.delete(hopLimit)) next.add(hopLimit);
        return next;
      }),
    [],
  );

  return (
    <section className={classes.card} aria-label="Hops">
      <div ref={ref} className={classes.scroll}>
        {width > 0 && (
          <table className={classes.table}>
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
                  <ColumnMenu
                    chosen={chosen}
                    shown={layout.columns}
                    onToggle={(id) => remember(toggleColumn(chosen, id))}
                    onReset={() => remember(DEFAULT_COLUMNS)}
                  />
                </th>
                {layout.columns.map(({ id, label, meaning }) => (
                  <th key={id} scope="col" className={classes.cell} title={meaning}>
                    {label}
                  </th>
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
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <p className={classes.legend}>
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
          loss, the whole width is 100 %; grey where the destination loses less
        </span>
        <span className={classes.hint}>A click on a hop shows it over time.</span>
      </p>
    </section>
  );
});
