import { binomialUpperTail } from './binomial-tail.ts';
import { everydayLoss, type LossWitness } from './everyday-loss.ts';
import { isWithin, lastingOutages } from './lasting-outages.ts';
import { lonelyLosses } from './lonely-loss.ts';
import { type LossCount, ratioOf, sumOf } from './loss-count.ts';
import { nearerStart } from './nearer-start.ts';
import { oncePerEvidence } from './once-per-evidence.ts';
import type { PathEvidence } from './path-evidence.ts';

/** Loss of a sound path: one probe in a thousand goes missing anywhere, and nobody notices. */
const BACKGROUND_RATIO = 0.001;
/** Least loss that people feel: below half a percent a call does not suffer. */
const LEAST_RATIO = 0.005;
/** Level at which loss is more than that of a sound path: so unlucky is one once in 5,000 periods. */
const SIGNIFICANCE = 2e-4;
/** Level at which it still must be when the router that shows most of it is left out: that one may be reluctant. */
const SIGNIFICANCE_WITHOUT_ONE = 0.002;
/** Fewest separate runs of lost probes. One or two are an incident and no rate, however long they were. */
const LEAST_RUNS = 3;
/** Logarithm of how seldom a hop loses answers of its own: about one in twenty. */
const RELUCTANCE_PENALTY = 3;
/** Starts whose log-likelihood is this close to the best cannot be ruled out (half the 95 % point of χ² with 1 degree). */
const PLAUSIBLE_WITHIN = 1.92;
/** By how much a second start must raise the log-likelihood: a chance of about 1 in 10,000 without one. */
const SECOND_START_GAIN = 8;
/** Least loss that a second start must add, and by how much it must raise it. */
const LEAST_ADDED = { ratio: 0.03, factor: 2 } as const;

/** Loss that starts somewhere and is carried to the destination. */
export interface CarriedLoss {
  /** The nearest witness that shows it. */
  readonly first: LossWitness;
  /** The last one before it that does not, or null when the first one there is shows it. */
  readonly before: LossWitness | null;
  /** Those who show it, the destination among them. */
  readonly bearers: readonly LossWitness[];
  /** What the bearers lost, and what those before them lost. */
  readonly loss: LossCount;
  readonly lossBefore: LossCount;
  readonly destination: LossWitness;
  /** What the last of the bearers lost, most often the destination: the figure that stands in a table beside it. */
  readonly last: LossWitness;
  /** Whether people feel it. What is too little for that, and yet no chance, is a remark. */
  readonly isFelt: boolean;
  /** Whether other starts explain the numbers nearly as well; then the nearest and the farthest of them. */
  readonly plausible: readonly [LossWitness, LossWitness];
}

/**
 * Where loss that reaches the destination starts: the change point over the hops that explains all counts best, each
 * hop before it losing as a sound path does, each from it on losing alike. Any hop may lose answers of its own on top
 * at a price, so that a reluctant router does not pull the start towards itself. With a second significant rise farther
 * on there are two losses.
 */
export const carriedLosses = oncePerEvidence((evidence): CarriedLoss[] => {
  const all = everydayLoss(evidence);
  const lonely = new Set(lonelyLosses(all).map(({ witness }) => witness));
  const witnesses = all.filter((witness) => !lonely.has(witness));
  const destination = witnesses.at(-1);
  if (!destination?.isDestination || destination.lost === 0) return [];
  const { index, plausible } = bestStart(witnesses);
  if (!isReal(evidence, witnesses.slice(index), destination)) return [];
  const pair = earlierStart(evidence, witnesses, index) ?? laterStart(witnesses, index);
  if (pair === null) return [lossFrom(witnesses, index, plausible, destination)];
  const [near, far] = pair;
  return [
    lossFrom(witnesses.slice(0, far), near, [near, near], destination),
    lossFrom(witnesses, far, [far, far], destination),
  ];
});

/** A smaller loss that starts nearer and that the hops up to the main start all show; two of them, since one may be reluctant. */
function earlierStart(
  evidence: PathEvidence,
  witnesses: readonly LossWitness[],
  main: number,
): readonly [number, number] | null {
  const near = witnesses.slice(0, main);
  const { index } = bestStart(near);
  const bearers = near.slice(index);
  const last = bearers.at(-1);
  if (bearers.length < 2 || last === undefined || !isReal(evidence, bearers, last) || !isFelt(bearers, last))
    return null;
  return rises(witnesses, index, main) === null ? null : [index, main];
}

function lossFrom(
  witnesses: readonly LossWitness[],
  index: number,
  plausible: readonly [number, number],
  destination: LossWitness,
): CarriedLoss {
  const bearers = witnesses.slice(index);
  const first = bearers[0] ?? destination;
  return {
    first,
    before: witnesses[index - 1] ?? null,
    bearers,
    loss: sumOf(bearers),
    lossBefore: sumOf(witnesses.slice(0, index)),
    destination,
    last: bearers.at(-1) ?? destination,
    isFelt: isFelt(bearers, destination),
    plausible: [witnesses[plausible[0]] ?? first, witnesses[plausible[1]] ?? first],
  };
}

/** Whether what the bearers lost, the destination among them, is more than a sound path loses, and more than an incident. */
function isReal(evidence: PathEvidence, bearers: readonly LossWitness[], destination: LossWitness): boolean {
  const routers = bearers.filter((bearer) => bearer !== destination).sort((a, b) => ratioOf(b) - ratioOf(a));
  return (
    separateLosses(evidence, bearers) >= LEAST_RUNS &&
    (isFelt(bearers, destination) || 2 * ratioOf(destination) >= ratioOf(sumOf(bearers))) &&
    chanceOf(bearers) < SIGNIFICANCE &&
    chanceOf([...routers.slice(1), destination]) < SIGNIFICANCE_WITHOUT_ONE
  );
}

/** Whether all of them together, and the destination at least half as much, lose enough for that. */
function isFelt(bearers: readonly LossWitness[], destination: LossWitness): boolean {
  return Math.min(ratioOf(sumOf(bearers)), 2 * ratioOf(destination)) >= LEAST_RATIO;
}

/** How probable it is that a sound path loses as much as these did. */
function chanceOf(bearers: readonly LossWitness[]): number {
  const { lost, probes } = sumOf(bearers);
  const burstiness = Math.max(...bearers.map((bearer) => bearer.burstiness));
  const hits = Math.round(lost / burstiness);
  return binomialUpperTail(hits, Math.max(hits, Math.round(probes / burstiness)), BACKGROUND_RATIO);
}

/**
 * Separate runs of rounds in which any of the bearers lost its probe: each probe meets the loss for itself, so with few
 * rounds the losses of one fault are spread over the hops. As many as the one with the most has, where probes are not
 * known one by one.
 */
function separateLosses(evidence: PathEvidence, bearers: readonly LossWitness[]): number {
  const most = Math.max(...bearers.map(({ runs }) => runs));
  if (most >= LEAST_RUNS) return most;
  const outages = lastingOutages(evidence);
  const rounds = new Set<number>();
  for (const { hopLimit, isDestination } of bearers) {
    for (const { round, at, fate } of evidence.outcomes(isDestination ? 0 : hopLimit)) {
      if (fate === 'lost' && !isWithin(outages, at, evidence.report.intervalMs)) rounds.add(round);
    }
  }
  return [...rounds].filter((round) => !rounds.has(round - 1)).length;
}

function bestStart(witnesses: readonly LossWitness[]): { index: number; plausible: readonly [number, number] } {
  const fits = witnesses.map((_, index) => fitOf(witnesses, index));
  const best = Math.max(...fits);
  const plausible = fits.flatMap((fit, index) => (fit >= best - PLAUSIBLE_WITHIN ? [index] : []));
  const index = nearerStart(witnesses, fits.indexOf(best), BACKGROUND_RATIO);
  return { index, plausible: [Math.min(index, plausible[0] ?? index), plausible.at(-1) ?? index] };
}

/** Log-likelihood of all counts if the loss starts at the witness of that index. */
function fitOf(witnesses: readonly LossWitness[], start: number): number {
  const carried = ratioOf(sumOf(witnesses.slice(start)));
  return witnesses.reduce(
    (sum, witness, index) => sum + fitOfWitness(witness, index < start ? BACKGROUND_RATIO : carried),
    0,
  );
}

function fitOfWitness(witness: LossWitness, ratio: number): number {
  const own = ratioOf(witness);
  const expected = logLikelihood(witness, ratio);
  if (own <= ratio || witness.isDestination) return expected;
  return Math.max(expected, logLikelihood(witness, own) - RELUCTANCE_PENALTY);
}

function laterStart(witnesses: readonly LossWitness[], first: number): readonly [number, number] | null {
  let best: { readonly index: number; readonly gain: number } | null = null;
  for (let index = first + 1; index < witnesses.length; index += 1) {
    const gain = rises(witnesses, first, index);
    if (gain !== null && gain > (best?.gain ?? 0)) best = { index, gain };
  }
  return best === null ? null : [first, best.index];
}

/** By how much a second rise at an index raises the log-likelihood, or null when it is none worth telling. */
function rises(witnesses: readonly LossWitness[], first: number, index: number): number | null {
  const near = sumOf(witnesses.slice(first, index));
  const far = sumOf(witnesses.slice(index));
  const added = ratioOf(far) - ratioOf(near);
  if (added < LEAST_ADDED.ratio || ratioOf(far) < LEAST_ADDED.factor * ratioOf(near)) return null;
  const burstiness = Math.max(...witnesses.slice(first).map((witness) => witness.burstiness));
  const together = ratioOf(sumOf([near, far]));
  const apart = logOf(near, ratioOf(near)) + logOf(far, ratioOf(far));
  const gain = (apart - logOf(near, together) - logOf(far, together)) / burstiness;
  return gain < SECOND_START_GAIN ? null : gain;
}

function logLikelihood(witness: LossWitness, ratio: number): number {
  return logOf(witness, ratio) / witness.burstiness;
}

function logOf({ lost, probes }: LossCount, ratio: number): number {
  const certain = Math.min(1 - 1e-9, Math.max(1e-9, ratio));
  return lost * Math.log(certain) + (probes - lost) * Math.log1p(-certain);
}
