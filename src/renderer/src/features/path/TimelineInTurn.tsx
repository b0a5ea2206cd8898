import { useInTurn } from '../../ui/drawing-turns.ts';
import { useKeptEqual } from '../../ui/keep-equal.ts';
import { TimelineChart, type TimelineChartProps } from './TimelineChart.tsx';

/** A chart that is drawn anew when it is its turn, so that several that change at once do not hold up one frame. */
export function TimelineInTurn(props: TimelineChartProps) {
  const newest = useKeptEqual(props);
  const inTurn = useInTurn(newest);
  // One that does not fit into its place any more waits for nothing.
  const fits = inTurn.width === newest.width && inTurn.height === newest.height;
  return <TimelineChart {...(fits ? inTurn : newest)} />;
}
