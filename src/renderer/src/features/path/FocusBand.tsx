import classes from './FocusBand.module.css';
import type { Axis, Band } from './timeline-band.ts';

interface FocusBandProps {
  readonly axis: Axis;
  /** Null where none of the focus is shown. */
  readonly band: Band | null;
  readonly isDragged: boolean;
}

/** The focus behind all timelines: what is outside of it stands in the shade. Draws what it is given; the pointer goes through it. */
export function FocusBand({ axis: { leftPx, widthPx }, band, isDragged }: FocusBandProps) {
  const from = band?.leftPx ?? leftPx;
  const to = band === null ? leftPx : band.leftPx + band.widthPx;
  return (
    <div className={classes.layer} data-dragged={isDragged || undefined} data-testid="focus-band" aria-hidden="true">
      <div className={classes.outside} style={{ left: leftPx, width: Math.max(0, from - leftPx) }} />
      {band !== null && (
        <div className={classes.band} data-all={band.isAll || undefined} style={{ left: from, width: band.widthPx }}>
          <span className={classes.handle} />
        </div>
      )}
      <div className={classes.outside} style={{ left: to, width: Math.max(0, leftPx + widthPx - to) }} />
    </div>
  );
}
