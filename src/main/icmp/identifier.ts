import { randomInt } from 'node:crypto';

/** Identifier of this process, as the usual `id` of a request; `ICMPRequest` takes it modulo 65,536. */
export const PID = process.pid;

let last: number | null = null;

/**
 * An ICMP identifier that this process has not lately used, 0 to 65,535. The first is drawn by chance: unlike with the
 * seed's process id, two programs started after each other do not use the same ones.
 */
export function uniqueIdentifier(): number {
  last = last === null ? randomInt(0x1_0000) : (last + 1) & 0xffff;
  return last;
}
