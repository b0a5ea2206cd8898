import { memo } from 'react';
import { formatRttTick } from '../../../../contract/chart/chart-scale.ts';
import classes from './RangeGraphic.module.css';
import { type RangeShape, type RangeTick, ROW_HEIGHT_PX, type Zone } from './range-geometry.ts';

const MIDDLE_PX = ROW_HEIGHT_PX / 2;
const LOSS_PX = 4;
const AXIS_PX = 20;

interface RangeGraphicProps {
  readonly shape: RangeShape;
  readonly zones: readonly Zone[];
  readonly ticks: readonly { readonly x: number }[];
  readonly widthPx: number;
  /** What it shows, in a sentence. */
  readonly description: string;
}

/** One row's round trips on the scale that all rows share. Draws what it is given. */
export const RangeGraphic = memo(function RangeGraphic(props: RangeGraphicProps) {
  const { shape, zones, ticks, widthPx, description } = props;
  const { whisker, meanX, lastX, lossWidth, isLossCarried, line } = shape;
  return (
    <svg className={classes.graphic} width={widthPx} height={ROW_HEIGHT_PX} role="img" aria-label={description}>
      {zones.map(({ tone, x, width }) => (
        <rect key={tone} x={x} y={0} width={width} height={ROW_HEIGHT_PX} className={classes.zone} data-tone={tone} />
      ))}
      {ticks.map(({ x }) => (
        <path key={x} d={`M${x} 0V${ROW_HEIGHT_PX}`} className={classes.grid} />
      ))}
      {lossWidth > 0 && (
        <rect
          x={ticks[0]?.x ?? 0}
          y={ROW_HEIGHT_PX - LOSS_PX - 1}
          width={lossWidth}
          height={LOSS_PX}
          className={classes.loss}
          data-carried={isLossCarried || undefined}
          data-mark="loss"
        />
      )}
      {line !== null && <polyline points={line} className={classes.line} />}
      {whisker !== null && (
        <g className={classes.whisker}>
          <path d={`M${whisker.x} ${MIDDLE_PX}h${whisker.width}M${whisker.x} ${MIDDLE_PX - 4}v8`} />
          <path
            d={
              whisker.isCut
                ? `M${whisker.x + whisker.width - 1} ${MIDDLE_PX - 4}l5 4l-5 4`
                : `M${whisker.x + whisker.width} ${MIDDLE_PX - 4}v8`
            }
          />
        </g>
      )}
      {meanX !== null && <circle cx={meanX} cy={MIDDLE_PX} r={3.6} className={classes.mean} />}
      {lastX !== null && <path d={`M${lastX - 3} ${MIDDLE_PX - 3}l6 6m0 -6l-6 6`} className={classes.last} />}
    </svg>
  );
});

interface RangeAxisProps {
  readonly ticks: readonly RangeTick[];
  readonly decimals: number;
  readonly widthPx: number;
}

/** The labels above the graphics. */
export const RangeAxis = memo(function RangeAxis({ ticks, decimals, widthPx }: RangeAxisProps) {
  return (
    <svg className={classes.graphic} width={widthPx} height={AXIS_PX} role="img" aria-label="Range, in milliseconds">
      {ticks.map(({ x, value, isLabelled }, place) => {
        const isLast = place === ticks.length - 1;
        if (!isLabelled) return null;
        return (
          <text
            key={value}
            x={isLast ? widthPx - 2 : x}
            y={AXIS_PX / 2}
            className={classes.tick}
            textAnchor={place === 0 ? 'start' : isLast ? 'end' : 'middle'}
          >
            {formatRttTick(value, decimals)}
            {isLast && ' ms'}
          </text>
        );
      })}
    </svg>
  );
});
