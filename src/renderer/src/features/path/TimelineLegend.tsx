import { memo } from 'react';
import { formatDuration } from '../../format/time.ts';
import classes from './TimelineLegend.module.css';

/** What the marks of the timelines mean; `columnMs` is how much time one value stands for, null where it is one round. */
export const TimelineLegend = memo(function TimelineLegend({ columnMs }: { readonly columnMs: number | null }) {
  return (
    <p className={classes.legend}>
      <span>
        <i className={classes.medianKey} />
        median{columnMs === null ? '' : ` of each ${formatDuration(columnMs)}`}
      </span>
      <span>
        <i className={classes.smokeKey} />
        smoke: middle half, 80 %, all
      </span>
      <span>
        <i className={classes.lossKey} />
        loss, from the top
      </span>
      <span>
        <i className={classes.noDataKey} />
        no data
      </span>
      <span>
        <i className={classes.focusKey} />
        focus
      </span>
      <span className={classes.hint}>Drag: focus · wheel: zoom · Shift + drag: pan · more under ?</span>
    </p>
  );
});
