import type { Monitor } from '../../../contract/monitor.ts';
import { formatClock } from './time.ts';

/** What is known of how a target is measured; the same for a single host and for a path. */
export type Measurement = Pick<Monitor, 'addedAtEpochMs' | 'intervalMs' | 'family' | 'transport' | 'timestampSource'>;

/** How a target is measured, for the small print: `since 17:07:05 · every 1 s · IPv4 · unprivileged socket · kernel timestamps`. */
export function describeMeasurement({
  addedAtEpochMs,
  intervalMs,
  family,
  transport,
  timestampSource,
}: Measurement): string {
  const parts = [`since ${formatClock(addedAtEpochMs)}`, `every ${formatInterval(intervalMs)}`];
  if (family !== null) parts.push(`IPv${family}`);
  if (transport !== null) parts.push(TRANSPORT_WORDS[transport]);
  if (timestampSource !== null) parts.push(TIMESTAMP_WORDS[timestampSource]);
  return parts.join(' · ');
}

const TRANSPORT_WORDS = {
  dgram: 'unprivileged socket',
  raw: 'raw socket',
  'echo-api': 'echo interface',
  simulated: 'simulated network',
} as const;

const TIMESTAMP_WORDS = {
  'kernel-transmit': 'kernel timestamps, both ways',
  kernel: 'kernel timestamps',
  user: 'program timestamps',
  'performance-counter': 'performance counter timestamps',
  milliseconds: 'whole milliseconds',
} as const;

function formatInterval(intervalMs: number): string {
  return intervalMs < 1_000 ? `${intervalMs} ms` : `${intervalMs / 1_000} s`;
}
