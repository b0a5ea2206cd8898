import type { Queue } from '../../contract/scenario-properties.ts';

/** How full a queue is `sinceMs` after it began to fill: 0 (empty) to 1 (full). */
export function fillOf(queue: Queue, sinceMs: number): number {
  const rise = queue.riseS * 1000;
  if (sinceMs < rise) return sinceMs / rise;
  if (queue.holdS === undefined) return 1;
  const fall = (queue.fallS ?? 0) * 1000;
  const falling = sinceMs - rise - queue.holdS * 1000;
  if (falling < 0) return 1;
  return falling < fall ? 1 - falling / fall : 0;
}
