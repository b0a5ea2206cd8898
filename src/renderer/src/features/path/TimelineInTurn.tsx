import { useInTurn } from '../../ui/drawing-turns.ts';
import { useKeptEqual } from '../../ui/keep-equal.ts';
import { TimelineChart, type TimelineChartProps } from './TimelineChart.tsx';

/** A chart that is drawn anew when it is its turn, so that several that change at once do not hold up one frame. */
export function TimelineInTurn(props: TimelineChartProps) {
  return <TimelineChart {...useInTurn(useKeptEqual(props))} />;
}
