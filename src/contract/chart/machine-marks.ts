import { describeMachineChange, machineChangeLabel } from '../describe-machine-change.ts';
import type { PathEvent } from '../path.ts';
import type { TimelineMark } from './timeline-series.ts';

/** Changes seen within so long are one happening: a VPN that comes up brings a gateway and DNS servers with it. */
const SAME_HAPPENING_MS = 5_000;

/** What changed around the machine, one mark for each happening. */
export function machineMarks(events: readonly PathEvent[]): readonly TimelineMark[] {
  const marks: { kind: 'machine-changed'; atEpochMs: number; label: string; title: string }[] = [];
  let lastEpochMs = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.kind !== 'machine-changed') continue;
    const { atEpochMs, change } = event;
    const [label, title] = [machineChangeLabel(change), describeMachineChange(change)];
    const mark = marks.at(-1);
    if (mark === undefined || atEpochMs - lastEpochMs > SAME_HAPPENING_MS) {
      marks.push({ kind: 'machine-changed', atEpochMs, label, title });
    } else {
      mark.title = `${mark.title} ${title}`;
      if (label === 'VPN') mark.label = label;
    }
    lastEpochMs = atEpochMs;
  }
  return marks;
}
