import type { EpochMilliseconds } from '../../../contract/units.ts';
import type { SendFailureReason } from '../../icmp/probe-transport.ts';

/** How often one reason kept probes from leaving. */
export interface SendFailureCount {
  readonly reason: string;
  readonly osCode: string;
  readonly count: number;
}

/** All that is kept of failures, as values. */
export interface KeptFailures {
  readonly widthMs: number;
  readonly spans: readonly Span[];
}

interface Span {
  /** Number of the span of time since the epoch, in units of the current width. */
  place: number;
  readonly reason: SendFailureReason;
  readonly osCode: string;
  count: number;
}

const FIRST_WIDTH_MS = 60_000;
const MOST_SPANS = 500;
const ONE_SECOND_MS = 1_000;

/**
 * Probes that never left this machine, counted by reason and minute. Memory is bounded: when there are too many
 * counts, neighbouring spans of time become one of twice the width.
 */
export class SendFailures {
  #width: number;
  #spans: Span[];
  readonly #toldAt = new Map<string, EpochMilliseconds>();

  /** @param before what was kept of those before */
  constructor(before: KeptFailures | null = null) {
    this.#width = before?.widthMs ?? FIRST_WIDTH_MS;
    this.#spans = (before?.spans ?? []).map((span) => ({ ...span }));
  }

  /** All of them; null when there are none. */
  kept(): KeptFailures | null {
    return this.#spans.length === 0 ? null : { widthMs: this.#width, spans: this.#spans.map((span) => ({ ...span })) };
  }

  /** Counts one, and says whether it is to be told: each reason once a second at most. */
  record(at: EpochMilliseconds, reason: SendFailureReason, osCode: string): boolean {
    const span = this.#spanOf(Math.floor(at / this.#width), reason, osCode);
    span.count += 1;
    if (this.#spans.length > MOST_SPANS) this.#widen();
    const toldAt = this.#toldAt.get(reason);
    if (toldAt !== undefined && at - toldAt < ONE_SECOND_MS) return false;
    this.#toldAt.set(reason, at);
    return true;
  }

  /** Counts of the spans of time that overlap the period from `from` (included) to `to` (excluded), most frequent first. */
  between(from: EpochMilliseconds, to: EpochMilliseconds): SendFailureCount[] {
    const counts = new Map<string, { reason: string; osCode: string; count: number }>();
    for (const { place, reason, osCode, count } of this.#spans) {
      if ((place + 1) * this.#width <= from || place * this.#width >= to) continue;
      const key = `${reason} ${osCode}`;
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { reason, osCode, count });
      else known.count += count;
    }
    return [...counts.values()].sort((a, b) => b.count - a.count);
  }

  /** The last spans are those of now: the search begins at the end and ends with the first older one. */
  #spanOf(place: number, reason: SendFailureReason, osCode: string): Span {
    for (let index = this.#spans.length - 1; index >= 0; index -= 1) {
      const span = this.#spans[index] as Span;
      if (span.place !== place) break;
      if (span.reason === reason && span.osCode === osCode) return span;
    }
    const span = { place, reason, osCode, count: 0 };
    this.#spans.push(span);
    return span;
  }

  #widen(): void {
    const narrow = this.#spans;
    this.#spans = [];
    this.#width *= 2;
    for (const { place, reason, osCode, count } of narrow) {
      this.#spanOf(Math.floor(place / 2), reason, osCode).count += count;
    }
  }
}
