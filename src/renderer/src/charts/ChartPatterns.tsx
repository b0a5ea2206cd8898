import type { Plot } from '../../../contract/chart/loss-scale.ts';

/** The hatchings and the clip of a chart, which `patternOf` names. */
export function ChartPatterns({ id, plot }: { readonly id: string; readonly plot: Plot }) {
  return (
    <defs>
      <clipPath id={`${id}plot`}>
        <rect x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
      </clipPath>
      <pattern id={`${id}lost`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--loss-fill)" />
        <path d="M0 0V6" stroke="var(--loss)" strokeWidth="2.4" />
      </pattern>
      <pattern id={`${id}gap`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="8" height="8" fill="var(--gap-fill)" />
        <path d="M0 0V8" stroke="var(--line)" strokeWidth="2" />
      </pattern>
      <pattern id={`${id}not-sent`} width="4" height="4" patternUnits="userSpaceOnUse">
        <path d="M0 2H4" stroke="var(--rest)" strokeWidth="1" />
      </pattern>
    </defs>
  );
}

/** How a pattern of a chart is asked for: `lost`, `gap`, `not-sent`; the clip is `plot`. */
export function patternOf(id: string, name: 'lost' | 'gap' | 'not-sent' | 'plot'): string {
  return `url(#${id}${name})`;
}

/** A bar of loss, with a line where it ends. */
export function LossBar({ bar, fill, stroke }: { readonly bar: Plot; readonly fill: string; readonly stroke: string }) {
  const { x, y, width, height } = bar;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} fill={fill} />
      <rect x={x} y={y + height - 1.5} width={width} height={1.5} fill={stroke} />
    </>
  );
}
