import type { Outcome } from '../path/recording.ts';

/** Fewest spacings that show a pattern, and so many that they show it well. */
const LEAST_SPACINGS = { few: 12, many: 25 } as const;
/**
 * Greatest variance of the spacings beside that of chance. A token bucket gives two neighbouring lengths by turns, which
 * makes at most 0.07, and a little more when arrival times shake. Chance gives about 1, and less than these about once
 * in a thousand series of these lengths.
 */
const GREATEST_SHARE_OF_CHANCE = { few: 0.15, many: 0.3 } as const;

/** A responder that answers at a steady rate, whatever it is asked: the mark of a rate limit. */
export interface RateLimitSignature {
  /** Its answers per second in the long run. */
  readonly answersPerSecond: number;
  /** Variance of the spacings beside that of independent losses: 0 is perfectly regular, 1 is chance. */
  readonly regularity: number;
  readonly spacings: number;
}

/**
 * Looks whether answers (or, where fewer, losses) follow each other at even distances, as those of a token bucket do
 * (RFC 1812 §4.3.2.8, RFC 4443 §2.4 f). Lost independently, the distances would be geometric. Null when they are not
 * even, or too few to tell.
 */
export function rateLimitSignatureOf(outcomes: readonly Outcome[]): RateLimitSignature | null {
  const fates = outcomes.filter(({ fate }) => fate !== 'send-failed').map(({ fate }) => fate !== 'lost');
  const answers = fates.filter(Boolean).length;
  const isAnswerRarer = answers <= fates.length / 2;
  const places = fates.flatMap((isAnswer, place) => (isAnswer === isAnswerRarer ? [place] : []));
  // A full bucket lets the first probes through: the pattern begins with the first loss.
  const firstLoss = fates.indexOf(false);
  const spacings = distancesOf(places.filter((place) => place >= firstLoss));
  if (firstLoss < 0 || spacings.length < LEAST_SPACINGS.few) return null;
  const mean = spacings.reduce((sum, spacing) => sum + spacing, 0) / spacings.length;
  const variance = spacings.reduce((sum, spacing) => sum + (spacing - mean) ** 2, 0) / (spacings.length - 1);
  // A geometric distribution with mean m has the variance m (m − 1).
  const regularity = variance / (mean * (mean - 1));
  const first = outcomes[0];
  const last = outcomes.at(-1);
  const amount = spacings.length < LEAST_SPACINGS.many ? 'few' : 'many';
  if (!(regularity <= GREATEST_SHARE_OF_CHANCE[amount]) || first === undefined || last === undefined) return null;
  const answersPerSecond = (answers * 1_000) / Math.max(1, last.at - first.at);
  return { answersPerSecond, regularity, spacings: spacings.length };
}

function distancesOf(places: readonly number[]): number[] {
  return places.slice(1).map((place, index) => place - (places[index] ?? 0));
}
