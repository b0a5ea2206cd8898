/**
 * Chance that depends on nothing but its key: every packet has a key of its own and every purpose a salt of its own,
 * so that no packet's fate depends on how often somebody else asked.
 */

/** Mixes 32 bits so that a change of any of them changes about half of the result (lowbias32 of C. Wellons). */
export function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A number from 0 (included) to 1 (excluded) for a key. */
export function share(key: number): number {
  return mix(key) / 0x1_0000_0000;
}

/** A 32-bit key for a text: FNV-1a over its UTF-16 code units, mixed. */
export function keyOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return mix(hash);
}
