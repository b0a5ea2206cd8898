import { tellInstants } from '../../contract/instants.ts';

/** Moments as the reader's clock shows them. The time zone is that of the process, which Node takes from the system. */

/** `2026-11-22 14:03:20`, local time. */
export function formatLocal(epochMs: number): string {
  const local = new Date(epochMs - new Date(epochMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

/** How far local time is from UTC at a moment: `UTC+01:00`. */
export function formatOffset(epochMs: number): string {
  const east = -new Date(epochMs).getTimezoneOffset();
  const two = (value: number) => String(value).padStart(2, '0');
  return `UTC${east < 0 ? '-' : '+'}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`;
}

/** Lines with their moments in local time, and one more that tells its offset; without a moment they stay as they are. */
export function withLocalTimes(lines: readonly string[]): string[] {
  const offsets = new Set<string>();
  const told = lines.map((line) =>
    tellInstants(line, (epochMs) => {
      offsets.add(formatOffset(epochMs));
      return formatLocal(epochMs);
    }),
  );
  // Two where clocks were changed in between, in the order of the moments named.
  return offsets.size === 0 ? told : [...told, '', `Times are local, ${[...offsets].join(', then ')}.`];
}
