import type { Outage } from '../../../contract/path.ts';

/** Consecutive probes without any answer that make an outage. */
const LEAST_LENGTH = 3;

/** Most outages kept of one stretch, the longest: who has more of them in a period has one trouble, not so many. */
const MOST_KEPT = 256;

/** Numbers that a packed one begins with, before three for each run. */
const PACKED_HEAD = 6;

/** A run of consecutive probes without any answer, from the round of the first to the round of the last. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly lost: number;
}

/**
 * Outages of a stretch of a series, which join with the stretch that follows. Told of each outcome in send order;
 * `segment` counts the gaps before a round, and no outage reaches across one. Bounded memory.
 */
export class OutageChain {
  #outcomes = 0;
  #firstSegment = 0;
  #lastSegment = 0;
  /** The run before anything else, once something followed it. */
  #prefix: Run | null = null;
  /** Runs long enough, between the two at the ends. */
  #inner: Run[] = [];
  /** The run that the last outcome belongs to. */
  #open: Run | null = null;
  /** Whether that run holds all outcomes. */
  #isAllOpen = false;

  /** @param isLost no answer of any kind came, not even an ICMP error */
  add(isLost: boolean, at: number, segment: number): void {
    const run = isLost ? { from: at, to: at, lost: 1 } : null;
    this.#meet(segment, run !== null);
    if (run !== null) this.#open = this.#open === null ? run : joined(this.#open, run);
    if (this.#outcomes === 0) {
      this.#firstSegment = segment;
      this.#isAllOpen = isLost;
    }
    this.#outcomes += 1;
    this.#lastSegment = segment;
  }

  /** Adds a stretch that follows this one; the other stays as it is. */
  append(other: OutageChain): void {
    if (other.#outcomes === 0) return;
    const first = other.#isAllOpen ? other.#open : other.#prefix;
    this.#meet(other.#firstSegment, first !== null);
    if (this.#outcomes === 0) {
      this.#firstSegment = other.#firstSegment;
      this.#isAllOpen = other.#isAllOpen;
      this.#prefix = other.#prefix;
      this.#open = other.#open;
    } else if (other.#isAllOpen) {
      this.#open = this.#open === null ? other.#open : joined(this.#open, other.#open as Run);
    } else {
      if (first !== null) this.#open = this.#open === null ? first : joined(this.#open, first);
      this.#close();
      this.#open = other.#open;
    }
    for (const run of other.#inner) this.#inner.push(run);
    this.#outcomes += other.#outcomes;
    this.#lastSegment = other.#lastSegment;
  }

  /** All of it as numbers. */
  pack(): Float64Array {
    const runs = [this.#prefix, this.#open, ...this.#inner];
    return new Float64Array([
      this.#outcomes,
      this.#firstSegment,
      this.#lastSegment,
      Number(this.#isAllOpen),
      Number(this.#prefix !== null),
      Number(this.#open !== null),
      ...runs.flatMap((run) => (run === null ? [] : [run.from, run.to, run.lost])),
    ]);
  }

  /** What was packed. */
  static unpack(packed: Float64Array): OutageChain {
    const chain = new OutageChain();
    const [outcomes = 0, firstSegment = 0, lastSegment = 0, isAllOpen = 0, hasPrefix = 0, hasOpen = 0] = packed;
    const runs: Run[] = [];
    for (let at = PACKED_HEAD; at + 2 < packed.length; at += 3) {
      const [from = 0, to = 0, lost = 0] = packed.subarray(at, at + 3);
      runs.push({ from, to, lost });
    }
    chain.#outcomes = outcomes;
    chain.#firstSegment = firstSegment;
    chain.#lastSegment = lastSegment;
    chain.#isAllOpen = isAllOpen === 1;
    chain.#prefix = hasPrefix === 1 ? (runs.shift() ?? null) : null;
    chain.#open = hasOpen === 1 ? (runs.shift() ?? null) : null;
    chain.#inner = runs;
    return chain;
  }

  /** Drops the shortest outages beyond those kept. */
  trim(): void {
    if (this.#inner.length <= MOST_KEPT) return;
    const longest = this.#inner.toSorted((a, b) => b.lost - a.lost || a.from - b.from).slice(0, MOST_KEPT);
    this.#inner = longest.sort((a, b) => a.from - b.from);
  }

  /**
   * The outages, oldest first. Each begins with the round of its first lost probe and ends an interval after that of
   * its last, but not after `end`; it is open when nothing followed it.
   */
  outages(interval: number, end: number): Outage[] {
    this.trim();
    const runs = [this.#prefix, ...this.#inner, this.#open];
    return runs
      .filter((run) => run !== null && run.lost >= LEAST_LENGTH)
      .map((run) => ({
        fromEpochMs: (run as Run).from,
        toEpochMs: Math.min((run as Run).to + interval, end),
        lostProbes: (run as Run).lost,
        isOpen: run === this.#open,
      }));
  }

  /** Ends the open run unless what comes next continues it. */
  #meet(segment: number, isLost: boolean): void {
    if (this.#outcomes > 0 && !(isLost && segment === this.#lastSegment)) this.#close();
  }

  #close(): void {
    const run = this.#open;
    this.#open = null;
    if (run === null) return;
    if (this.#isAllOpen) this.#prefix = run;
    else if (run.lost >= LEAST_LENGTH) this.#inner.push(run);
    this.#isAllOpen = false;
  }
}

function joined(before: Run, after: Run): Run {
  return { from: before.from, to: after.to, lost: before.lost + after.lost };
}
