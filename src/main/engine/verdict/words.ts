import type { PathReport } from '../../../contract/path.ts';

/** Pieces of the sentences. Numbers are rounded for people; the evidence has them in full. */

/** A ratio as a percentage: two figures below 10 %, whole numbers above. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  return `${value >= 9.95 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

/** A time: one decimal below 10 ms, whole milliseconds above. */
export function time(milliseconds: number): string {
  return `${milliseconds < 9.95 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`;
}

/** How long something lasted, given in milliseconds: "40 s", "12 min", "3.5 h". */
export function lasting(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3_600).toFixed(1))} h`;
}

/** A count with its noun: "1 probe", "1,200 probes". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** Several things in a row: "a, b and c". */
export function listed(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}

/** An address with its name before it, where that is known: "core1.example, 10.0.0.5". */
export function namedAddress({ address, name }: { readonly address: string; readonly name: string | null }): string {
  return name === null ? address : `${name}, ${address}`;
}

/** A sentence to go on with after a colon: no capital in front but that of an address or a name, no full stop. */
export function continued(sentence: string): string {
  const start = /^(The|This|There|No|An?|It)\b/.test(sentence) ? sentence.charAt(0).toLowerCase() : sentence.charAt(0);
  return `${start}${sentence.slice(1)}`.replace(/\.$/, '');
}

/** The destination as it was asked for, with its address where that is something else. */
export function destinationWords({ target, destination }: Pick<PathReport, 'target' | 'destination'>): string {
  return target === destination ? target : `${target} (${destination})`;
}
