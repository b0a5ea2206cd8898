import type { Gap, Outage } from '../../../contract/path.ts';
import type { EpochMilliseconds, Milliseconds } from '../../../contract/units.ts';
import type { Answer } from './recording.ts';

/**
 * The oracle: every number of a path's statistics worked out anew from a plain list of probes, as slowly and plainly
 * as the definitions read. It shares no code with the recording it is compared with.
 */

export interface SlowProbe {
  readonly round: number;
  readonly at: number;
  fate: 'in-flight' | 'answered' | 'late' | 'refused' | 'lost' | 'send-failed';
  rtt: number | null;
  answer: Answer | null;
  duplicates: number;
  /** Place of its answer among all answers of the series, in order of arrival. */
  arrival: number | null;
}

export class SlowRecording {
  readonly #interval: Milliseconds;
  readonly #rounds: EpochMilliseconds[] = [];
  readonly #series = new Map<number, Map<number, SlowProbe>>();
  readonly #gaps: Gap[] = [];
  #arrivals = 0;

  constructor(interval: Milliseconds) {
    this.#interval = interval;
  }

  openRound(at: EpochMilliseconds): number {
    this.#rounds.push(at);
    return this.#rounds.length - 1;
  }

  recordSent(round: number, hopLimit: number): void {
    const series = this.#series.get(hopLimit) ?? new Map<number, SlowProbe>();
    this.#series.set(hopLimit, series);
    const at = this.#rounds[round] ?? Number.NaN;
    series.set(round, { round, at, fate: 'in-flight', rtt: null, answer: null, duplicates: 0, arrival: null });
  }

  recordAnswer(round: number, hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    Object.assign(this.#probe(round, hopLimit), { fate: 'answered', rtt, answer, arrival: this.#arrivals++ });
  }

  recordRefusal(round: number, answer: Answer): void {
    Object.assign(this.#probe(round, 0), { fate: 'refused', answer });
  }

  recordTimeout(round: number, hopLimit: number): void {
    this.#probe(round, hopLimit).fate = 'lost';
  }

  recordSendFailure(round: number, hopLimit: number): void {
    this.#probe(round, hopLimit).fate = 'send-failed';
  }

  recordWithdrawn(round: number, hopLimit: number): void {
    this.#series.get(hopLimit)?.delete(round);
  }

  recordLate(round: number, hopLimit: number, answer: Answer): void {
    Object.assign(this.#probe(round, hopLimit), { fate: 'late', answer, arrival: this.#arrivals++ });
  }

  recordDuplicate(round: number, hopLimit: number): void {
    this.#probe(round, hopLimit).duplicates += 1;
  }

  recordGap(gap: Gap): void {
    this.#gaps.push(gap);
  }

  roundsIn(from: number, to: number): number {
    return this.#rounds.filter((at) => at >= from && at < to).length;
  }

  /** The probes of a series in a period, in send order. */
  probesIn(hopLimit: number, from: number, to: number): SlowProbe[] {
    const series = this.#series.get(hopLimit)?.values() ?? [];
    return [...series].filter((probe) => probe.at >= from && probe.at < to);
  }

  /** Those of a series of probes, in send order, whose round trips are outliers among the 120 before them. */
  outliers(probes: readonly SlowProbe[]): ReadonlySet<SlowProbe> {
    const answered = probes.filter((probe) => probe.fate === 'answered');
    return new Set(
      answered.filter((probe, index) => {
        const before = answered.slice(Math.max(0, index - 120), index).map((other) => other.rtt ?? Number.NaN);
        return before.length >= 10 && modifiedScore(probe.rtt ?? Number.NaN, before) > 3.5;
      }),
    );
  }

  /** Those of a series of probes, in send order, that were answered after one sent later had been (RFC 4737 §3.3). */
  reordered(probes: readonly SlowProbe[]): ReadonlySet<SlowProbe> {
    const reordered = new Set<SlowProbe>();
    let earliestOfLater = Number.POSITIVE_INFINITY;
    for (const probe of [...probes].reverse()) {
      if (probe.arrival === null) continue;
      if (earliestOfLater < probe.arrival) reordered.add(probe);
      earliestOfLater = Math.min(earliestOfLater, probe.arrival);
    }
    return reordered;
  }

  /** The series of each responder: what it answered, and the losses that the hop would have had it answer. */
  responders(hopLimit: number): Map<string, SlowProbe[]> {
    const all = this.probesIn(hopLimit, -Infinity, Infinity);
    const series = new Map<string, SlowProbe[]>();
    let current = all.map(responderOf).find((responder) => responder !== null) ?? null;
    for (const probe of all) {
      if (probe.fate === 'in-flight' || probe.fate === 'send-failed') continue;
      current = responderOf(probe) ?? current;
      if (current === null) continue;
      if (!series.has(current)) series.set(current, []);
      series.get(current)?.push(probe);
    }
    return series;
  }

  /** Whether nothing was measured somewhere between two probes. */
  isApart(before: SlowProbe, after: SlowProbe): boolean {
    return this.#gaps.some((gap) => gap.fromEpochMs >= before.at && gap.toEpochMs <= after.at);
  }

  /** Runs of consecutive losses; probes in flight and those that never left are not there. */
  lossRuns(probes: readonly SlowProbe[]): SlowProbe[][] {
    const runs: SlowProbe[][] = [];
    let previous: SlowProbe | null = null;
    for (const probe of settled(probes)) {
      const run = previous !== null && isLost(previous) && !this.isApart(previous, probe) ? runs.at(-1) : undefined;
      if (isLost(probe) && run !== undefined) run.push(probe);
      else if (isLost(probe)) runs.push([probe]);
      previous = probe;
    }
    return runs;
  }

  /** Differences of neighbouring round trips no more than five and a half intervals apart. */
  differences(probes: readonly SlowProbe[]): number[] {
    const answered = probes.filter((probe) => probe.fate === 'answered');
    return answered.slice(1).flatMap((probe, index) => {
      const before = answered[index];
      if (before === undefined || this.isApart(before, probe)) return [];
      if (probe.at - before.at > 5.5 * this.#interval) return [];
      return [Math.abs((probe.rtt ?? Number.NaN) - (before.rtt ?? Number.NaN))];
    });
  }

  /** Numbers of probes from one loss to the next, where nothing but probes lies between. */
  lossDistances(probes: readonly SlowProbe[]): number[] {
    const all = settled(probes);
    const lost = all.flatMap((probe, index) => (isLost(probe) ? [index] : []));
    return lost.slice(1).flatMap((place, index) => {
      const start = lost[index] ?? 0;
      const between = all.slice(start, place + 1);
      const isWhole = between.slice(1).every((probe, step) => !this.isApart(between[step] ?? probe, probe));
      return isWhole ? [place - start] : [];
    });
  }

  /**
   * Three or more probes in a row of the round trip that got no answer of any kind, each for an interval; open when
   * nothing came after. They tell of an outage only where the destination answered at some time of the recording.
   */
  outages(from: number, to: number): Outage[] {
    const hasAnswered = ({ fate }: SlowProbe) => fate === 'answered' || fate === 'late';
    if (!this.probesIn(0, -Infinity, Infinity).some(hasAnswered)) return [];
    const probes = this.probesIn(0, from, to);
    const newest = settled(probes).at(-1);
    return this.lossRuns(probes)
      .flatMap(silencesOf)
      .filter((run) => run.length >= 3)
      .map((run) => ({
        fromEpochMs: run[0]?.at ?? Number.NaN,
        toEpochMs: Math.min(to, (run.at(-1)?.at ?? Number.NaN) + this.#interval),
        lostProbes: run.length,
        isOpen: run.at(-1) === newest,
      }));
  }

  #probe(round: number, hopLimit: number): SlowProbe {
    const probe = this.#series.get(hopLimit)?.get(round);
    if (probe === undefined) throw new Error(`No probe of round ${round} at hop limit ${hopLimit}`);
    return probe;
  }
}

/** Who answered, as responders are told apart. */
export function responderOf({ answer, fate }: SlowProbe): string | null {
  if (answer === null || fate === 'refused') return null;
  return answer.responder;
}

export function isLost({ fate }: SlowProbe): boolean {
  return fate === 'lost' || fate === 'refused';
}

/** A run of losses cut where an ICMP error came in place of the reply: somebody did answer. */
function silencesOf(run: readonly SlowProbe[]): SlowProbe[][] {
  const silences: SlowProbe[][] = [[]];
  for (const probe of run) {
    if (probe.fate === 'refused') silences.push([]);
    else silences.at(-1)?.push(probe);
  }
  return silences;
}

function settled(probes: readonly SlowProbe[]): SlowProbe[] {
  return probes.filter((probe) => probe.fate !== 'in-flight' && probe.fate !== 'send-failed');
}

/** Iglewicz and Hoaglin (1993), with the mean absolute deviation where the median one is 0. */
function modifiedScore(value: number, before: readonly number[]): number {
  const median = quantile(before, 0.5);
  const deviations = before.map((other) => Math.abs(other - median));
  const medianDeviation = quantile(deviations, 0.5);
  const distance = Math.abs(value - median);
  if (medianDeviation > 0) return (0.6745 * distance) / medianDeviation;
  return (0.7979 * distance) / Math.max(mean(deviations), 0.001);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Type 7 of Hyndman and Fan (1996). */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * q;
  const lower = sorted[Math.floor(h)] ?? Number.NaN;
  const upper = sorted[Math.ceil(h)] ?? Number.NaN;
  return lower + (upper - lower) * (h - Math.floor(h));
}
