import { memo, useMemo } from 'react';
import type { Monitor } from '../../../../contract/monitor.ts';
import type { Statistics } from '../../../../contract/probe.ts';
import classes from './StatisticsPanel.module.css';
import { type StatisticsCell, statisticsRows } from './statistics-rows.ts';

interface StatisticsPanelProps {
  readonly monitor: Monitor;
  /** Null before the first outcome. */
  readonly statistics: Statistics | null;
}

/** The numbers beside a chart. They cover the whole time since the target was added, whatever the chart shows. */
export const StatisticsPanel = memo(function StatisticsPanel({ monitor, statistics }: StatisticsPanelProps) {
  const rows = useMemo(() => statisticsRows(statistics), [statistics]);
  return (
    <div className={classes.panel}>
      <p className={classes.since}>Since it was added, whatever the chart shows</p>
      <dl className={classes.numbers} aria-label={`Numbers of ${monitor.target} since it was added`}>
        <div className={classes.current}>
          <dt className={classes.label}>Current</dt>
          <dd className={classes.large}>
            <ValueAndUnit text={rows.current} />
          </dd>
        </div>
        <div className={classes.loss} data-lossy={rows.hasLoss || undefined}>
          <dt className={classes.label}>Loss, 95 % interval</dt>
          <dd
            className={classes.large}
            title="The true loss lies in the interval with 95 % confidence (Wilson). More probes make it narrower."
          >
            <ValueAndUnit text={rows.loss} />
            {rows.lossInterval !== null && <span className={classes.interval}>{rows.lossInterval}</span>}
          </dd>
          <dd className={classes.lossCount}>{rows.lossCount}</dd>
        </div>
        {rows.cells.map((cell) => (
          <Cell key={cell.label} cell={cell} />
        ))}
      </dl>
      {rows.notes.length > 0 && (
        <dl className={classes.notes}>
          {rows.notes.map(({ label, value, meaning }) => (
            <div key={label} title={meaning}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
});

function Cell({ cell: { label, value, meaning } }: { readonly cell: StatisticsCell }) {
  return (
    <div className={classes.cell} title={meaning}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        <ValueAndUnit text={value} />
      </dd>
    </div>
  );
}

/** `12.4 ms` with its unit set back. */
function ValueAndUnit({ text }: { readonly text: string }) {
  const [value, unit] = text.split(' ');
  return (
    <>
      {value}
      {unit !== undefined && <span className={classes.unit}> {unit}</span>}
    </>
  );
}
